"""Opportunities: topics with a card, the offers and requests of business, technology, partnership."""
