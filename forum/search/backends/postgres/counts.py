"""How many topics have each value of each facet, as the other facets are ticked."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import CTE, Select, Text, cast, func, literal, select, union_all
from sqlalchemy.engine import Connection

from forum.search.backend import Counts
from forum.search.backends.postgres.sought import Sought
from forum.search.backends.postgres.tables import document
from forum.search.question import FACETS, Question

# What all posts of a topic share: so it is counted among topics, which are fewer.
OF_TOPICS = {
    "category": document.c.category_id,
    "kind": document.c.kind,
    "tag": document.c.tags,
    "market": document.c.markets,
    "knowhow": document.c.knowhow,
}
OF_POSTS = {"lang": document.c.lang, "year": document.c.year, "author": document.c.author_id}
LISTS = {"tag", "market", "knowhow"}
NUMBERS = {"category", "tag", "knowhow", "year", "author"}
# Nobody reads more values of a facet; the most frequent are told.
MOST_VALUES = 500


def counts(connection: Connection, question: Question) -> Counts:
    """All facets in one statement."""
    ticked = [facet for facet in FACETS if question.chosen.get(facet)]
    others = [facet for facet in FACETS if facet not in ticked]
    statements = [*_counted(others, Sought.read(connection, question))]
    for facet in ticked:
        statements += _counted([facet], Sought.read(connection, question, but=facet), but=facet)
    found: dict[str, dict[int | str, int]] = defaultdict(dict)
    for facet, value, topics in connection.execute(union_all(*statements)):
        found[facet][int(value) if facet in NUMBERS else value] = topics
    return {facet: found[facet] for facet in FACETS}


def _counted(facets: Sequence[str], sought: Sought, *, but: str = "") -> Iterator[Select[Any]]:
    columns = [(OF_TOPICS | OF_POSTS)[facet].label(facet) for facet in facets]
    posts = sought.rows(*columns).cte(f"posts{but}")
    shared = [facet for facet in facets if facet in OF_TOPICS]
    if shared:
        # They differ for a moment at most, while a topic is being indexed anew.
        topics = (
            select(posts.c.topic_id, *(func.max(posts.c[facet]).label(facet) for facet in shared))
            .group_by(posts.c.topic_id)
            .cte(f"topics{but}")
        )
        yield from (_of_topics(facet, topics) for facet in shared)
    yield from (_of_posts(facet, posts) for facet in facets if facet in OF_POSTS)


def _of_topics(facet: str, topics: CTE) -> Select[Any]:
    value = topics.c[facet]
    values = select((func.unnest(value) if facet in LISTS else value).label("value"))
    return _most_frequent(facet, values.select_from(topics))


def _of_posts(facet: str, posts: CTE) -> Select[Any]:
    return _most_frequent(facet, select(posts.c[facet].label("value"), posts.c.topic_id).distinct())


def _most_frequent(facet: str, values: Select[Any]) -> Select[Any]:
    each = values.subquery()
    topics = func.count().label("topics")
    counted = (
        select(literal(facet).label("facet"), cast(each.c.value, Text).label("value"), topics)
        .group_by(each.c.value)
        .order_by(topics.desc(), each.c.value)
        .limit(MOST_VALUES)
        .subquery()
    )
    return select(counted)
