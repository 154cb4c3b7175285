"""Tags: words on topics, with a label in each language and synonyms."""
