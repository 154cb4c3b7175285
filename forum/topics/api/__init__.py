"""Discussions as JSON, with Discourse's addresses and field names."""
