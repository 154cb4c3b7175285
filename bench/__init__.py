"""Bench: how much a page and a reply cost, beside an empty Flask page on the same server."""
