"""The numbers of search."""

from forum.core.limits import Limit
from forum.core.settings import Setting

PER_PAGE = Setting("search.per_page", 20, "Topics on a page of search results.")
LAST_PAGE = Setting("search.last_page", 50, "Last page of search results that is shown.")
LONGEST_QUERY = Setting("search.longest_query", 300, "Longest query, in characters.")
MOST_PARTS = Setting("search.most_parts", 24, "Most words and operators of a query.")
DEEPEST = Setting("search.deepest", 5, "How deep parentheses of a query may lie in each other.")
FARTHEST = Setting("search.farthest", 50, "Most words between those of “…”~3.")
MOST_VALUES = Setting("search.most_values", 10, "Most values of one operator, with commas.")
EXCERPT_LENGTH = Setting(
    "search.excerpt_length", 240, "Length of a result's excerpt, in characters."
)
FOLDED_LENGTH = Setting(
    "search.folded_length", 110, "Length of an excerpt of a folded post, in characters."
)
GAP_PEOPLE = Setting(
    "search.gap_people",
    3,
    "How many people must have sought the same in vain before staff are told of it.",
)
LOG_DAYS = Setting("search.log_days", 365, "Days that what was sought is kept.")
MOST_LOGGED = Setting("search.most_logged", 3000, "Most different searches that are kept of a day.")

BY_MEMBER = Limit("search.member", "30 per minute")
BY_GUEST = Limit("search.guest", "2 per second; 15 per minute")
FACETS_MEMBER = Limit("search.facets_member", "30 per minute")
FACETS_GUEST = Limit("search.facets_guest", "2 per second; 15 per minute")
# Asked while someone types, so about twice a second at most.
SUGGEST_MEMBER = Limit("search.suggest_member", "5 per second; 120 per minute")
SUGGEST_GUEST = Limit("search.suggest_guest", "5 per second; 60 per minute")
