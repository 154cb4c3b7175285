"""Archives of mailing lists and newsgroups."""
