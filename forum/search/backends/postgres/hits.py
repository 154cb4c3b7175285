"""The posts that fit a question, and the page of topics that they make."""

import math
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
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
from forum.search.backend import FOLDED, Hit, Hits
from forum.search.backends.postgres import worth
from forum.search.backends.postgres.sought import KNOWN, Sought, table_of
from forum.search.backends.postgres.tables import document
from forum.search.question import LIKES, OLDEST, RELEVANCE, Question

DAY_SECONDS = 86_400
# Of rows that stand equal, the newer one comes first, or else the one with the lower number.
_PLACES: dict[str, tuple[ColumnElement[Any], ColumnElement[Any]]] = {
    OLDEST: (-document.c.created, -document.c.post_id),
    LIKES: (document.c.likes, -document.c.post_id),
}
_NEWEST = (document.c.created, document.c.post_id)


def page(connection: Connection, question: Question) -> Hits:
    """The page of topics that is asked for, best first."""
    sought = Sought.read(connection, question)
    if question.order == RELEVANCE:
        found = _by_relevance(sought)
    else:
        place, tie = _PLACES.get(question.order, _NEWEST)
        found = sought.rows(place.label("place"), tie.label("tie"))
    rows = connection.execute(_folded(found, question)).all()
    shown = groupby((row for row in rows if row.post_id), key=lambda row: row.topic_id)
    return Hits([_hit([*posts]) for _topic, posts in shown], rows[0].topics, int(rows[0].posts))


def _hit(posts: list[Any]) -> Hit:
    best, *others = posts
    return Hit(best.post_id, best.topic_id, best.place, tuple(post.post_id for post in others))


def _by_relevance(sought: Sought) -> Select[Any]:
    """All that fit, with what they earn in sum. Equals come newest first."""
    parts = sought.parts()
    standing, newest = _standing().label("standing"), document.c.created.label("tie")
    if not parts:
        return sought.rows(_standing().label("place"), newest)
    part = table_of(parts)
    earns = document.c.words.bool_op("@@")(part.c.query)
    if not sought.covered:
        return _by_any_relevance(sought, part, earns)
    looked = (
        select(*KNOWN, newest, standing, part.c.worth, part.c.share)
        .join(part, earns)
        .where(*sought.tests)
    )
    each = sought.among(looked).subquery("each")
    total, held = func.sum(each.c.worth), func.sum(each.c.share)
    found = select(
        each.c.post_id,
        func.max(each.c.topic_id).label("topic_id"),
        (_with_all(total, held, sought) * func.max(each.c.standing)).label("place"),
        func.max(each.c.tie).label("tie"),
    ).group_by(each.c.post_id)
    if sought.long_part is None:
        return found
    return found.having(held >= worth.least_share(sought.long_part, sought.rarity))


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
    one, nothing = literal(1.0, Double), literal(0.0, Double)
    place = (one + func.coalesce(earned.c.worth, nothing)) * found.c.standing
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
    one, most = literal(1.0, Double), literal(ranking.ALL_OF_IT_BOOST, Double)
    return total * (one + most * (func.least(one, held / literal(whole or 1.0, Double)) - one))


def _standing() -> ColumnElement[float]:
    """What members have made of a post, and how fresh it is; see `ranking.freshness`.

    In plain floating point: PostgreSQL's exact numbers take ten times as long, for each hit.
    """
    age = literal(clock.now().timestamp(), Double) - cast(document.c.created, Double)
    halves = case(
        *(
            (document.c.kind == kind, _halves(days))
            for kind, days in ranking.HALF_LIFE_DAYS.items()
        ),
        else_=_halves(ranking.USUAL_HALF_LIFE_DAYS),
    )
    left = func.exp(-func.greatest(literal(0.0, Double), age) * halves)
    stale, fresh = literal(ranking.STALE, Double), literal(1 - ranking.STALE, Double)
    return document.c.merit * (stale + fresh * left)


def _halves(days: float) -> ColumnElement[float]:
    """How much of its freshness a post loses a second, as an exponent."""
    return literal(math.log(2) / (days * DAY_SECONDS), Double)


def _folded(found: Select[Any], question: Question) -> Select[Any]:
    """One hit a topic: its best posts stand together, and all of it is counted."""
    posts = found.cte("found")
    best = (func.max(posts.c.place).label("place"), func.max(posts.c.tie).label("tie"))
    topics = (
        select(posts.c.topic_id, *best, func.count().label("posts"))
        .group_by(posts.c.topic_id)
        .cte("topics")
    )
    totals = select(
        func.count().label("topics"), func.coalesce(func.sum(topics.c.posts), 0).label("posts")
    ).subquery("totals")
    first = (
        select(topics)
        .order_by(topics.c.place.desc(), topics.c.tie.desc(), topics.c.topic_id)
        .offset(question.offset)
        .limit(question.limit)
        .subquery("first")
    )
    within = func.row_number().over(
        partition_by=posts.c.topic_id,
        order_by=(posts.c.place.desc(), posts.c.tie.desc(), posts.c.post_id),
    )
    shown = (
        select(
            posts, first.c.place.label("topic_place"), first.c.tie.label("topic_tie"),
            within.label("within"),
        )
        .join(first, first.c.topic_id == posts.c.topic_id)
        .subquery("shown")
    )  # fmt: skip
    return (
        select(totals, shown.c.post_id, shown.c.topic_id, shown.c.place)
        .select_from(totals.outerjoin(shown, shown.c.within <= 1 + FOLDED))
        .order_by(
            shown.c.topic_place.desc(), shown.c.topic_tie.desc(), shown.c.topic_id, shown.c.within
        )
    )
