"""Whoosh, embedded: an index in files, searched in this process. The only door to the library.

Only what Whoosh 2.7.4 has is used, so that any of its forks will do. Whoosh keeps and merges the
lists of words; finding and ranking in them is ours (`matching`), since its own scoring takes a call
or two for every posting.
"""
