"""PostgreSQL as the engine: the index is tables beside those of the forum, in a schema of their own."""
