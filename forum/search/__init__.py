"""Finding things: an index built from the facts, a query language, and pages that show results."""
