"""The numbers of opportunities."""

from forum.core.settings import Setting

DEFAULT_DAYS = Setting("opportunities.default_days", 90, "Days an opportunity runs by default.")
MOST_DAYS = Setting("opportunities.most_days", 365, "Longest run of an opportunity, in days.")
MOST_KNOWHOW = Setting("opportunities.most_knowhow", 5, "Most know-how terms on a card.")
MOST_MARKETS = Setting("opportunities.most_markets", 60, "Most countries on a card.")
SOON_DAYS = Setting("opportunities.soon_days", 7, "Days before the end that count as soon.")
