"""Web: what every page and every JSON answer stands on; it knows requests but no feature."""
