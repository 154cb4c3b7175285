"""The staff screens of search: the glossary, what was not found, the index."""
