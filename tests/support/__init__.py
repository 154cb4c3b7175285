"""What tests lean on: visitors, listeners, browsers, and the real servers they talk to."""
