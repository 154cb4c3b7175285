"""What saved searches found, as far as their owner may see it at this moment."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import contains_eager

from forum.alerts import policies
from forum.alerts.models import SavedSearch, SearchHit
from forum.categories.policies import Viewer
from forum.core.database import session
from forum.core.paging import Page, page
from forum.topics.models.post import Post
from forum.topics.models.reading import TopicReading
from forum.topics.models.topic import Topic
from forum.topics.policies import listed_to, post_visible_to

SHOWN = 3


def new_counts(viewer: Viewer) -> dict[int, int]:
    """Saved search to how much of what it found is new to its owner."""
    statement: Any = select(SearchHit.saved_search_id, func.count(SearchHit.id))
    rows = session.execute(_new(viewer, statement).group_by(SearchHit.saved_search_id))
    return {row[0]: row[1] for row in rows}


def new_among(hits: Collection[SearchHit], viewer: Viewer) -> set[int]:
    """Those of the viewer's that are new to him."""
    ids = [hit.id for hit in hits]
    return set(session.scalars(_new(viewer, select(SearchHit.id)).where(SearchHit.id.in_(ids))))


def latest(viewer: Viewer) -> dict[int, list[SearchHit]]:
    """Saved search to the latest few it found, in one statement."""
    place = func.row_number().over(
        partition_by=SearchHit.saved_search_id, order_by=SearchHit.id.desc()
    )
    ranked = (
        _joined(select(SearchHit.id, place.label("place")))
        .join(SearchHit.saved_search)
        .where(visible_to(viewer), policies.visible_to(viewer))
        .subquery()
    )
    rows = session.scalars(
        drawn(select(SearchHit))
        .join(ranked, ranked.c.id == SearchHit.id)
        .where(ranked.c.place <= SHOWN)
        .order_by(SearchHit.id.desc())
    )
    found: dict[int, list[SearchHit]] = {}
    for hit in rows:
        found.setdefault(hit.saved_search_id, []).append(hit)
    return found


def found_by(saved: SavedSearch, viewer: Viewer, *, after: str | None = None) -> Page:
    """All that a saved search of the viewer's found, latest first."""
    rows = drawn(select(SearchHit)).where(SearchHit.saved_search_id == saved.id, visible_to(viewer))
    return page(rows, SearchHit.id.desc(), after=after)


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Only what the viewer may find: rights may have gone since it was found."""
    return and_(listed_to(viewer), post_visible_to(viewer), Post.deleted_at.is_(None))


def drawn(statement: Select[Any]) -> Select[Any]:
    """With all that drawing a line needs."""
    return (
        _joined(statement)
        .join(Post.author)
        .options(
            contains_eager(SearchHit.topic),
            contains_eager(SearchHit.post).options(
                contains_eager(Post.author), contains_eager(Post.topic)
            ),
        )
    )


def _new(viewer: Viewer, statement: Select[Any]) -> Select[Any]:
    """What the viewer has neither read in its topic nor said to have seen."""
    return (
        _joined(statement)
        .join(SearchHit.saved_search)
        .outerjoin(
            TopicReading,
            and_(TopicReading.topic_id == Topic.id, TopicReading.user_id == viewer.id),
        )
        .where(
            visible_to(viewer),
            policies.visible_to(viewer),
            SearchHit.first_seen_at > SavedSearch.looked_at,
            func.coalesce(TopicReading.last_read_number, 0) < Post.number,
        )
    )


def _joined(statement: Select[Any]) -> Select[Any]:
    return statement.select_from(SearchHit).join(SearchHit.topic).join(SearchHit.post)
