"""How well posts fit the words that are sought: one by one, and their topic as a whole.

In plain floating point: PostgreSQL's exact numbers take ten times as long, for each hit.
"""

import math
from typing import Any

from sqlalchemy import (
    CTE,
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
from forum.search.backends.postgres.sought import KNOWN, Sought, table_of
from forum.search.backends.postgres.tables import document
from forum.search.backends.postgres.tables import topic as topics_table

DAY_SECONDS = 86_400
# Posts of a usual topic.
USUAL_TOPIC = 6


def by_relevance(sought: Sought) -> tuple[Select[Any], Select[Any] | None]:
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
    found = select(
        each.c.post_id,
        func.max(each.c.topic_id).label("topic_id"),
        (_with_all(total, held, sought) * func.max(each.c.standing)).label("place"),
        func.max(each.c.tie).label("tie"),
    ).group_by(each.c.post_id)
    if sought.long_part is not None:
        found = found.having(held >= worth.least_share(sought.long_part, sought.rarity))
    return found, _as_a_whole(each, sought)


def _as_a_whole(each: CTE, sought: Sought) -> Select[Any]:
    """What the words are worth in a topic as if it were one long post."""
    by_word = (
        select(
            each.c.topic_id,
            func.sum(each.c.often).label("often"),
            func.max(each.c.weight).label("weight"),
        )
        .where(each.c.often > 0)
        .group_by(each.c.topic_id, each.c.word)
        .subquery("by_word")
    )
    k1, length = ranking.K1, ranking.TOPIC_LENGTH
    posts = cast(func.greatest(topics_table.c.posts, 1), Double)
    held = _real(1 - length) + _real(length / USUAL_TOPIC) * posts
    saturated = by_word.c.often * _real(k1 + 1) / (by_word.c.often + _real(k1) * held)
    share = ranking.WHOLE_TOPIC / max(ranking.FEW_WORDS, len(sought.said))
    return (
        select(
            by_word.c.topic_id,
            (func.sum(by_word.c.weight * saturated) * _real(share)).label("worth"),
        )
        .join(topics_table, topics_table.c.topic_id == by_word.c.topic_id)
        .group_by(by_word.c.topic_id)
    )


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
