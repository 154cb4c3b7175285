"""The query language: what people type, read into a question."""
