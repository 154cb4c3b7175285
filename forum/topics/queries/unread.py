"""*New* and *unread* as Discourse defines them.

New: begun within some days (and since the member joined), never opened by him. Unread: followed
(tracking or watching) with posts beyond his mark.
"""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, literal, select, union_all

from forum.accounts.models.user import User
from forum.categories.policies import Viewer
from forum.core import clock
from forum.core.database import session
from forum.topics import settings
from forum.topics.models.reading import TRACKING, TopicReading
from forum.topics.models.topic import Topic
from forum.topics.policies import MOST_KEPT, listed_in_order_to


def since(viewer: Viewer) -> datetime:
    """From when on a topic can be new to someone."""
    start = clock.now() - timedelta(days=settings.NEW_DAYS())
    return max(start, viewer.created_at) if isinstance(viewer, User) else start


def is_new(viewer: User) -> ColumnElement[bool]:
    """Of a topic outer-joined with the member's reading marks."""
    return _is_new(viewer.id, since(viewer))


def is_unread() -> ColumnElement[bool]:
    """Of a topic outer-joined with the member's reading marks."""
    return and_(
        TopicReading.level >= TRACKING,
        TopicReading.last_read_number < Topic.highest_post_number,
    )


def of_this_request(viewer: Viewer) -> dict[int, tuple[int, int]]:
    """The same counts, asked once however many parts of a page want them."""
    if viewer.unread_counts is None:
        viewer.unread_counts = counts_by_category(viewer)
    return viewer.unread_counts


def totals(viewer: Viewer) -> dict[int, int]:
    """Category id to how many of its topics are new or unread."""
    return {place: new + unread for place, (new, unread) in of_this_request(viewer).items()}


def counts_by_category(viewer: Viewer) -> dict[int, tuple[int, int]]:
    """Category id to (new, unread), in one statement; empty for guests."""
    if not isinstance(viewer, User):
        return {}
    rows = session.execute(
        _counted(listed_in_order_to(viewer)), {"viewer_id": viewer.id, "since": since(viewer)}
    )
    return {category_id: (new, unread) for category_id, new, unread in rows}


@lru_cache(maxsize=MOST_KEPT)
def _counted(listed: ColumnElement[bool]) -> Select[Any]:
    viewer_id: Any = bindparam("viewer_id")
    new = (
        select(Topic.category_id, literal(1).label("new"), literal(0).label("unread"))
        .outerjoin(
            TopicReading,
            and_(TopicReading.topic_id == Topic.id, TopicReading.user_id == viewer_id),
        )
        .where(listed, _is_new(viewer_id, bindparam("since")))
    )
    unread = (
        select(Topic.category_id, literal(0), literal(1))
        .join(TopicReading, TopicReading.topic_id == Topic.id)
        .where(listed, TopicReading.user_id == viewer_id, is_unread())
    )
    # Apart, each finds its few topics by an index; together they would look at all there are.
    both = union_all(new, unread).subquery()
    return select(both.c.category_id, func.sum(both.c.new), func.sum(both.c.unread)).group_by(
        both.c.category_id
    )


def _is_new(viewer_id: Any, since: Any) -> ColumnElement[bool]:
    return and_(
        TopicReading.user_id.is_(None), Topic.created_at > since, Topic.author_id != viewer_id
    )
