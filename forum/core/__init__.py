"""Core: what every feature stands on; it knows no request and no feature."""
