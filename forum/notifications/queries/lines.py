"""Notifications as their reader sees them: only what he may see at this moment."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select
from sqlalchemy.orm import contains_eager, load_only

from forum.accounts.models.user import User
from forum.categories.policies import Viewer
from forum.core import text
from forum.core.database import session
from forum.core.paging import Page, page
from forum.notifications.models import LIKED, Notification
from forum.topics import policies
from forum.topics.models.post import Post
from forum.topics.models.reading import NORMAL, WATCHING, TopicReading
from forum.topics.models.topic import Topic

EXCERPT_LENGTH = 160


@dataclass(frozen=True)
class Line:
    """A notification with all that its drawing needs."""

    notification: Notification
    words: str  # the beginning of the post
    words_lang: str
    others: int  # who liked it besides the one named
    level: int  # how closely the reader follows the topic

    @property
    def topic(self) -> Topic:
        return self.notification.topic

    @property
    def actor(self) -> User:
        return self.notification.actor


def listed(
    viewer: User,
    *,
    kinds: Collection[str] = (),
    unread: bool = False,
    after: str | None = None,
    size: int = 30,
) -> Page:
    """The viewer's notifications as lines, latest first; perhaps only some kinds, or the unread."""
    statement = (
        _visible(
            viewer,
            select(
                Notification,
                func.substr(Post.text, 1, EXCERPT_LENGTH * 2).label("words"),
                Post.lang,
                Post.like_count,
                TopicReading.level,
            ),
        )
        .join(Notification.actor)
        .outerjoin(
            TopicReading,
            and_(TopicReading.topic_id == Topic.id, TopicReading.user_id == viewer.id),
        )
        .options(
            contains_eager(Notification.actor),
            contains_eager(Notification.topic).options(
                load_only(Topic.id, Topic.slug, Topic.title, Topic.lang)
            ),
        )
    )
    if kinds:
        statement = statement.where(Notification.kind.in_(kinds))
    if unread:
        statement = statement.where(Notification.read_at.is_(None))
    order = (Notification.created_at.desc(), Notification.id.desc())
    found = page(statement, *order, after=after, size=size)
    return replace(found, items=[_line(row) for row in found])


def counts(viewer: User) -> dict[str, tuple[int, int]]:
    """Kind to (all, unread), in one statement."""
    unread = func.count().filter(Notification.read_at.is_(None))
    statement: Any = select(Notification.kind, func.count(), unread)
    rows = session.execute(_visible(viewer, statement).group_by(Notification.kind))
    return {kind: (every, new) for kind, every, new in rows}


def unread_count(viewer: Viewer) -> int:
    """How many the viewer has not read, in one statement; what he may no longer see counts not."""
    if viewer.is_guest:
        return 0
    seen = policies.visible_to(viewer), policies.post_visible_to_asker(viewer)
    return session.scalar(_unread(*seen), {"viewer_id": viewer.id}) or 0


@lru_cache(maxsize=policies.MOST_KEPT)
def _unread(*seen: ColumnElement[bool]) -> Select[Any]:
    return (
        _of_topics(select(func.count(Notification.id)))
        .where(Notification.user_id == bindparam("viewer_id"), *seen)
        .where(Notification.read_at.is_(None))
    )


def followed_topics(viewer: User) -> int:
    """How many topics the viewer watches."""
    return (
        session.scalar(
            select(func.count())
            .select_from(TopicReading)
            .join(Topic, Topic.id == TopicReading.topic_id)
            .where(
                TopicReading.user_id == viewer.id,
                TopicReading.level == WATCHING,
                policies.visible_to(viewer),
            )
        )
        or 0
    )


def _visible(viewer: Viewer, statement: Select[Any]) -> Select[Any]:
    return _of_topics(statement).where(
        Notification.user_id == viewer.id,
        policies.visible_to(viewer),
        policies.post_visible_to(viewer),
    )


def _of_topics(statement: Select[Any]) -> Select[Any]:
    return (
        statement.select_from(Notification)
        .join(Notification.topic)
        .join(Post, Post.id == Notification.post_id)
    )


def _line(row: Any) -> Line:
    notification: Notification = row.Notification
    likes = row.like_count if notification.kind == LIKED else 1
    return Line(
        notification=notification,
        words=text.excerpt(row.words, EXCERPT_LENGTH),
        words_lang=row.lang,
        others=max(0, likes - 1),
        level=NORMAL if row.level is None else row.level,
    )
