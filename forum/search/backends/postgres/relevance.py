"""How well posts fit the words that are sought: one by one, and their topic as a whole.

In plain floating point: PostgreSQL's exact numbers take ten times as long, for each hit.
"""

import math
import operator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Double,
    FromClause,
    Select,
    case,
    cast,
    func,
    literal,
    select,
)

from forum.core import clock
from forum.search import ranking
from forum.search.backends.postgres import worth
from forum.search.backends.postgres.sought import KNOWN, Sought, numbered, table_of
from forum.search.backends.postgres.tables import document
from forum.search.backends.postgres.tables import topic as topics_table

DAY_SECONDS = 86_400
# Posts of a usual topic.
USUAL_TOPIC = 6


@dataclass(frozen=True)
class Beside:
    """What topics earn as a whole, beside their best post, by the words of these numbers."""

    words: Sequence[int]
    share: float

    def of_posts(self, each: FromClause) -> Iterator[ColumnElement[Any]]:
        """How often each word is in a post, and its weight there: more as it was typed."""
        for word in self.words:
            of_word = each.c.word == word
            yield func.sum(each.c.often).filter(of_word).label(f"often_{word}")
            yield func.max(each.c.weight).filter(of_word).label(f"weight_{word}")

    def of_topics(self, posts: FromClause) -> Iterator[ColumnElement[Any]]:
        """The same of topics."""
        for word in self.words:
            yield func.sum(posts.c[f"often_{word}"]).label(f"often_{word}")
            yield func.max(posts.c[f"weight_{word}"]).label(f"weight_{word}")

    def held(self, topics: FromClause) -> ColumnElement[Any]:
        """What is held against a topic of many posts."""
        # Looked up one by one: joined, PostgreSQL would read the table of all topics there are.
        posts = (
            select(cast(func.greatest(topics_table.c.posts, 1), Double))
            .where(topics_table.c.topic_id == topics.c.topic_id)
            .scalar_subquery()
        )
        length = ranking.TOPIC_LENGTH
        return _real(ranking.K1) * (_real(1 - length) + _real(length / USUAL_TOPIC) * posts)

    def worth(self, topics: FromClause, held: ColumnElement[Any]) -> ColumnElement[Any]:
        """The words' worth as if each topic were one long post."""
        of_words = (
            topics.c[f"weight_{word}"]
            * topics.c[f"often_{word}"]
            / (topics.c[f"often_{word}"] + held)
            for word in self.words
        )
        worth = reduce(operator.add, (func.coalesce(one, _real(0)) for one in of_words))
        return worth * _real(self.share * (ranking.K1 + 1))


def by_relevance(sought: Sought) -> tuple[Select[Any], Beside | None]:
    """All that fit, with what they earn in sum, equals newest first; and what topics earn beside."""
    parts = sought.parts()
    standing, newest = _standing().label("standing"), document.c.created.label("tie")
    if not parts:
        return sought.rows(_standing().label("place"), newest), None
    part = table_of(parts)
    earns = document.c.words.bool_op("@@")(part.c.query)
    if not sought.covered:
        return _by_any_relevance(sought, part, earns), None
    columns = (part.c.worth, part.c.share, part.c.word, part.c.often, part.c.weight)
    looked = select(*KNOWN, newest, standing, *columns).join(part, earns).where(*sought.tests)
    each = sought.among(looked).cte("each")
    total, held = func.sum(each.c.worth), func.sum(each.c.share)
    words = {n for one, n in zip(parts, numbered(parts), strict=True) if one.often}
    share = ranking.WHOLE_TOPIC / max(ranking.FEW_WORDS, len(sought.said))
    beside = Beside(sorted(words), share)
    found = select(
        each.c.post_id,
        func.max(each.c.topic_id).label("topic_id"),
        (_with_all(total, held, sought) * func.max(each.c.standing)).label("place"),
        func.max(each.c.tie).label("tie"),
        *beside.of_posts(each),
    ).group_by(each.c.post_id)
    if sought.long_part is not None:
        found = found.having(held >= worth.least_share(sought.long_part, sought.rarity))
    return found, beside if words else None


def _by_any_relevance(sought: Sought, part: FromClause, earns: ColumnElement[bool]) -> Select[Any]:
    """The same where posts may fit that have none of the words."""
    earned = (
        select(document.c.post_id, func.sum(part.c.worth).label("worth"))
        .join(part, earns)
        .group_by(document.c.post_id)
        .subquery("earned")
    )
    rows = sought.rows(_standing().label("standing"), document.c.created.label("tie"))
    found = rows.subquery("fitting")
    place = (_real(1) + func.coalesce(earned.c.worth, _real(0))) * found.c.standing
    return select(found.c.post_id, found.c.topic_id, place.label("place"), found.c.tie).outerjoin(
        earned, earned.c.post_id == found.c.post_id
    )


def _with_all(
    total: ColumnElement[Any], held: ColumnElement[Any], sought: Sought
) -> ColumnElement[Any]:
    """What is earned; of a long question, having all of it counts beside."""
    if sought.long_part is None:
        return total
    whole = worth.least_share(sought.long_part, sought.rarity) / ranking.ENOUGH
    share = func.least(_real(1), held / _real(whole or 1))
    return total * (_real(1) + _real(ranking.ALL_OF_IT_BOOST) * (share - _real(1)))


def _standing() -> ColumnElement[float]:
    """What members have made of a post, and how fresh it is; see `ranking.freshness`."""
    age = _real(clock.now().timestamp()) - cast(document.c.created, Double)
    halves = case(
        *(
            (document.c.kind == kind, _halves(days))
            for kind, days in ranking.HALF_LIFE_DAYS.items()
        ),
        else_=_halves(ranking.USUAL_HALF_LIFE_DAYS),
    )
    left = func.exp(-func.greatest(_real(0), age) * halves)
    return document.c.merit * (_real(ranking.STALE) + _real(1 - ranking.STALE) * left)


def _halves(days: float) -> ColumnElement[float]:
    """How much of its freshness a post loses a second, as an exponent."""
    return _real(math.log(2) / (days * DAY_SECONDS))


def _real(number: float) -> ColumnElement[float]:
    return literal(float(number), Double)
