"""The posts that fit a question, and the page of topics that they make."""

from itertools import groupby
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, Select, func, select

from forum.search.backend import FOLDED, Hit, Hits
from forum.search.backends.postgres.relevance import Beside, by_relevance
from forum.search.backends.postgres.sought import Sought
from forum.search.backends.postgres.tables import document
from forum.search.question import LIKES, OLDEST, RELEVANCE, Question

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
        found, beside = by_relevance(sought)
    else:
        beside = None
        place, tie = _PLACES.get(question.order, _NEWEST)
        found = sought.rows(place.label("place"), tie.label("tie"))
    rows = connection.execute(_folded(found, beside, question)).all()
    shown = groupby((row for row in rows if row.post_id), key=lambda row: row.topic_id)
    return Hits([_hit([*posts]) for _topic, posts in shown], rows[0].topics, int(rows[0].posts))


def _hit(posts: list[Any]) -> Hit:
    best, *others = posts
    return Hit(
        best.post_id, best.topic_id, best.topic_place, tuple(post.post_id for post in others)
    )


def _folded(found: Select[Any], beside: Beside | None, question: Question) -> Select[Any]:
    """One hit a topic: its best posts stand together, and all of it is counted."""
    posts = found.cte("found")
    topics = _topics(posts, beside).cte("topics")
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
        select(totals, shown.c.post_id, shown.c.topic_id, shown.c.topic_place)
        .select_from(totals.outerjoin(shown, shown.c.within <= 1 + FOLDED))
        .order_by(
            shown.c.topic_place.desc(), shown.c.topic_tie.desc(), shown.c.topic_id, shown.c.within
        )
    )


def _topics(posts: CTE, beside: Beside | None) -> Select[Any]:
    """Each with the place of its best post, and what it is worth as a whole."""
    best = (func.max(posts.c.place).label("place"), func.max(posts.c.tie).label("tie"))
    of_words = beside.of_topics(posts) if beside else ()
    columns = (posts.c.topic_id, *best, func.count().label("posts"), *of_words)
    topics = select(*columns).group_by(posts.c.topic_id)
    if beside is None:
        return topics
    known = topics.subquery("known")
    held = select(known, beside.held(known).label("held")).cte("held").prefix_with("MATERIALIZED")
    place = held.c.place + beside.worth(held, held.c.held)
    return select(held.c.topic_id, place.label("place"), held.c.tie, held.c.posts)
