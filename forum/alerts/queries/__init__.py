"""Reading saved searches, what they found, and what waits to be asked or told."""
