"""Reading what search speaks of, always as far as the viewer may see."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager, defer, joinedload

from forum.accounts import policies as people
from forum.accounts.models.user import User
from forum.categories.policies import Viewer
from forum.core.database import session
from forum.search.question import LATEST_TOPIC, OLDEST_TOPIC, VIEWS
from forum.tags.models import Tag
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic, TopicTag
from forum.topics.policies import listed_to, post_visible_to
from forum.topics.queries import labels

PART = 5_000


def posts(viewer: Viewer, post_ids: Collection[int]) -> dict[int, Post]:
    """Those of the posts that the viewer may find, with topic and author, without their HTML."""
    rows = session.scalars(
        select(Post)
        .join(Post.topic)
        .where(Post.id.in_(post_ids), listed_to(viewer), post_visible_to(viewer))
        .options(
            contains_eager(Post.topic).selectinload(Topic.tags),
            joinedload(Post.author),
            defer(Post.raw, raiseload=True),
            defer(Post.cooked, raiseload=True),
        )
    )
    return {post.id: post for post in rows}


def lines(viewer: Viewer, post_ids: Collection[int]) -> dict[int, Row[Any]]:
    """As much of posts as a line shows of each, for those that the viewer may find."""
    rows = session.execute(
        select(
            Post.id,
            Post.topic_id,
            Post.number,
            Post.created_at,
            Post.lang,
            Post.text,
            func.coalesce(func.nullif(User.name, ""), User.username).label("author"),
        )
        .join(Post.topic)
        .join(Post.author)
        .where(Post.id.in_(post_ids), listed_to(viewer), post_visible_to(viewer))
    )
    return {row.id: row for row in rows}


@dataclass(frozen=True)
class Opening:
    """What the opening post of a topic says, and the ids of its tags and know-how."""

    text: str
    tag_ids: list[str]
    term_ids: list[str]


def opening(topic_id: int) -> Opening:
    """Of a topic whose visibility was already asked."""
    row = session.execute(
        select(Post.text, labels.tag_ids(), labels.term_ids())
        .join(Topic, Topic.id == Post.topic_id)
        .where(Topic.id == topic_id, Post.number == 1)
    ).one()
    return Opening(row.text, _parted(row.tag_ids), _parted(row.term_ids))


def _parted(ids: str | None) -> list[str]:
    return ids.split(",") if ids else []


def ids(statement: Select[Any]) -> set[int]:
    """The ids that a statement names."""
    return set(session.scalars(statement))


def in_order(topic_ids: Sequence[int], order: str) -> list[int]:
    """The topics as their table orders them: the most read first, the newest, the oldest."""
    places: dict[int, float] = {}
    for start in range(0, len(topic_ids), PART):
        part = topic_ids[start : start + PART]
        rows = session.execute(
            select(Topic.id, Topic.views, Topic.created_at).where(Topic.id.in_(part))
        )
        places.update({row.id: _PLACES[order](row) for row in rows})
    return sorted(topic_ids, key=lambda topic_id: (places.get(topic_id, 0), topic_id))


_PLACES: dict[str, Callable[[Any], float]] = {
    VIEWS: lambda row: -row.views,
    LATEST_TOPIC: lambda row: -row.created_at.timestamp(),
    OLDEST_TOPIC: lambda row: row.created_at.timestamp(),
}


def authors(viewer: Viewer, user_ids: Collection[int]) -> list[User]:
    """Several members by id, as far as the viewer may know them."""
    return list(session.scalars(select(User).where(User.id.in_(user_ids), known_to(viewer))))


def known_to(viewer: Viewer) -> ColumnElement[bool]:
    """Whom search may name: not who has yet to confirm, and whom an import brought where he is read."""
    readable = (
        exists()
        .where(Post.author_id == User.id, Post.topic_id == Topic.id)
        .where(listed_to(viewer), Post.deleted_at.is_(None))
    )
    return and_(people.visible_to(viewer), or_(User.staged.is_(False), readable))


def tags_in_sight(viewer: Viewer, tag_ids: Collection[int]) -> set[int]:
    """Those of the tags that a topic has which the viewer may see."""
    used = exists().where(
        TopicTag.tag_id == Tag.id, Topic.id == TopicTag.topic_id, listed_to(viewer)
    )
    return set(session.scalars(select(Tag.id).where(Tag.id.in_(tag_ids), used)))
