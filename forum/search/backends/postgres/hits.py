"""The posts that fit a question, and the page of topics that they make."""

from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Double,
    Float,
    Select,
    Text,
    case,
    cast,
    column,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.engine import Connection

from forum.core import clock
from forum.search import ranking
from forum.search.backend import FOLDED, Hit, Hits
from forum.search.backends.postgres.conditions import meant
from forum.search.backends.postgres.rarity import Rarity
from forum.search.backends.postgres.sought import Sought
from forum.search.backends.postgres.tables import document
from forum.search.backends.postgres.worth import Part, share_of, words_of
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
    sought = Sought.of(question)
    if question.order == RELEVANCE:
        words = words_of(sought.node)
        rarity = Rarity.read(connection, words, question.visible_category_ids)
        found = _by_relevance(sought, rarity)
    else:
        place, tie = _PLACES.get(question.order, _NEWEST)
        found = _found(place, tie).where(sought.rows)
    rows = connection.execute(_folded(found, question)).all()
    shown = groupby((row for row in rows if row.post_id), key=lambda row: row.topic_id)
    return Hits([_hit([*posts]) for _topic, posts in shown], rows[0].topics, int(rows[0].posts))


def _hit(posts: list[Any]) -> Hit:
    best, *others = posts
    return Hit(best.post_id, best.topic_id, best.place, tuple(post.post_id for post in others))


def _found(place: ColumnElement[Any], tie: ColumnElement[Any]) -> Select[Any]:
    return select(
        document.c.post_id, document.c.topic_id, place.label("place"), tie.label("tie")
    ).select_from(document)


def _by_relevance(sought: Sought, rarity: Rarity) -> Select[Any]:
    """All that fit, with what they earn in sum. Equals come newest first."""
    parts = sought.parts(rarity)
    if not parts:
        return _found(_standing(), document.c.created).where(sought.rows)
    part = _table_of(parts)
    earns = document.c.words.bool_op("@@")(part.c.query)
    if sought.covered:
        total, held = func.sum(part.c.worth), func.sum(part.c.share)
        found = (
            _found(_worth(total, held, sought, rarity) * _standing(), document.c.created)
            .join(part, earns)
            .where(*sought.conditions)
            .group_by(document.c.post_id)
        )
        return found.having(held >= _least(sought, rarity)) if sought.long_part else found
    earned = (
        select(document.c.post_id, func.sum(part.c.worth).label("worth"))
        .join_from(document, part, earns)
        .group_by(document.c.post_id)
        .subquery("earned")
    )
    return (
        _found((1 + func.coalesce(earned.c.worth, 0)) * _standing(), document.c.created)
        .outerjoin(earned, earned.c.post_id == document.c.post_id)
        .where(sought.rows)
    )


def _table_of(parts: list[Part]) -> Any:
    queries = cast(literal([part.query for part in parts], ARRAY(Text)), ARRAY(TSQUERY))
    worths = literal([part.worth for part in parts], ARRAY(Double))
    shares = literal([part.share for part in parts], ARRAY(Double))
    return (
        func.unnest(queries, worths, shares)
        .table_valued(
            column("query", TSQUERY), column("worth", Double), column("share", Double), name="part"
        )
        .render_derived()
    )


def _worth(
    total: ColumnElement[Any], held: ColumnElement[Any], sought: Sought, rarity: Rarity
) -> ColumnElement[Any]:
    """What is earned; of a long question, having all of it counts beside."""
    if not sought.long_part:
        return total
    share = func.least(1.0, held / (_whole(sought, rarity) or 1.0))
    return total * (1 + ranking.ALL_OF_IT_BOOST * (share - 1))


def _whole(sought: Sought, rarity: Rarity) -> float:
    nodes = sought.long_part.nodes if sought.long_part else ()
    return sum(share_of(node, rarity) for node in meant(nodes))


def _least(sought: Sought, rarity: Rarity) -> float:
    return _whole(sought, rarity) * ranking.ENOUGH


def _standing() -> ColumnElement[float]:
    """What members have made of a post, and how fresh it is; see `ranking.freshness`."""
    days = func.greatest(0, clock.now().timestamp() - document.c.created) / DAY_SECONDS
    half_life = case(
        *((document.c.kind == kind, days) for kind, days in ranking.HALF_LIFE_DAYS.items()),
        else_=ranking.USUAL_HALF_LIFE_DAYS,
    )
    lost = func.power(0.5, cast(days / half_life, Double))
    return document.c.merit * cast(ranking.STALE + (1 - ranking.STALE) * lost, Float)


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
