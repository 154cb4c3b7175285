"""What makes one post a better answer than another: the numbers and formulas of every engine."""

import math

# BM25F: how soon a repeated word stops counting, and how much a long field is held against it.
K1 = 1.2
TITLE_LENGTH, BODY_LENGTH = 0.3, 0.75
# A word repeated more often than this counts no more (Discourse's cap).
MOST_REPEATS = 6
TITLE_BOOST = 1.3
# What the form that was typed counts more than another of the word's.
EXACT_BOOST = 0.4
# A title made of nothing but what was sought.
WHOLE_TITLE_BOOST = 0.2
# A post that has all the words side by side.
SIDE_BY_SIDE_BOOST = 0.25
# Of a long question, the share of its weight that a post must hold, rare words weighing more.
ENOUGH = 0.05
# What a topic's posts are worth together, beside the best of them, over the number of words: a few
# words name a subject, which a whole topic is about; many describe a passage. And what is held
# against many posts.
WHOLE_TOPIC, FEW_WORDS, TOPIC_LENGTH = 20.0, 4, 0.5
# A post that has all of it, against one that has the same in parts.
ALL_OF_IT_BOOST = 0.7

# A word in so few posts may be a slip, if another like it is in so many times more of them.
RARE_AS_A_SLIP, SLIPS_ARE_RARER = 2, 5
SLIP = 0.6

FIRST_POST, ANSWER = 1.1, 1.25
CLOSED, ARCHIVED = 0.9, 0.85  # Discourse's defaults
LIKES_WEIGHT, MOST_LIKES = 0.04, 50
# Days after which half of a post's freshness is gone, and what never goes.
HALF_LIFE_DAYS = {"opportunity": 120}
USUAL_HALF_LIFE_DAYS = 720
STALE = 0.85


def rarity(posts: int, of: int) -> float:
    """BM25's weight of a word that so many of all posts have."""
    return math.log(1 + (of - posts + 0.5) / (posts + 0.5))


def telling(posts: int, of: int) -> float:
    """A word's part in a question: more for a rare one, but something for one that all posts have."""
    return math.log(1 + of / posts) if posts else 0.0


def saturated(frequency: float) -> float:
    """What a word's frequency in a post, weighed by field and length, is worth: 0 to K1 + 1."""
    return frequency * (K1 + 1) / (frequency + K1)


def merit(*, first: bool, answer: bool, closed: bool, archived: bool, likes: int) -> float:
    """A factor for what members have made of a post and its topic."""
    factor = 1 + LIKES_WEIGHT * math.log2(1 + min(likes, MOST_LIKES))
    for is_so, weight in (
        (first, FIRST_POST),
        (answer, ANSWER),
        (closed, CLOSED),
        (archived, ARCHIVED),
    ):
        if is_so:
            factor *= weight
    return factor


def freshness(kind: str, age_days: float) -> float:
    """A factor for the age of a post, by the kind of its topic: an offer ages sooner than advice."""
    half_life = HALF_LIFE_DAYS.get(kind, USUAL_HALF_LIFE_DAYS)
    return float(STALE + (1 - STALE) * 0.5 ** (max(age_days, 0.0) / half_life))
