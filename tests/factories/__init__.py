"""Making things for tests: one file per feature."""
