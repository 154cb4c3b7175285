"""Some posts of a topic, with what the viewer made of them, in one statement."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, bindparam, exists, select
from sqlalchemy.orm.attributes import set_committed_value

from forum.categories.policies import Viewer
from forum.core.database import session
from forum.topics.models.post import Attachment, Post
from forum.topics.models.reaction import Like
from forum.topics.policies import MOST_KEPT, post_visible_to_asker

FROM, BEFORE, ONLY = "from", "before", "only"
Posts = tuple[list[Post], frozenset[int]]


def posts_from(viewer: Viewer, topic_id: int, number: int, most: int) -> Posts:
    """The posts from a number on, in order, and the ids of those that the viewer likes."""
    return _read(viewer, topic_id, FROM, number, most)


def posts_before(viewer: Viewer, topic_id: int, number: int, most: int) -> Posts:
    """The last posts before a number."""
    return _read(viewer, topic_id, BEFORE, number, most)


def chosen_posts(viewer: Viewer, topic_id: int, numbers: Sequence[int]) -> Posts:
    """Chosen ones."""
    return _read(viewer, topic_id, ONLY, [*numbers], len(numbers))


def _read(viewer: Viewer, topic_id: int, which: str, number: Any, most: int) -> Posts:
    """Of a topic that the viewer may see: asked by the caller."""
    given = {
        "topic_id": topic_id,
        "viewer_id": viewer.id or 0,
        "number": number,
        "most": most,
    }
    rows = session.execute(_statement(post_visible_to_asker(viewer), which), given).all()
    rows = sorted(rows, key=lambda row: row.Post.number)
    _load_attachments([row.Post for row in rows], any(row.attached for row in rows))
    return [row.Post for row in rows], frozenset(row.Post.id for row in rows if row.liked)


@lru_cache(maxsize=MOST_KEPT)
def _statement(seen: ColumnElement[bool], which: str) -> Select[Any]:
    statement: Any = (
        select(Post, _liked().label("liked"), _attached().label("attached"))
        .where(Post.topic_id == bindparam("topic_id"), seen)
        .limit(bindparam("most"))
    )
    number: Any = bindparam("number", expanding=which == ONLY)
    if which == FROM:
        return statement.where(Post.number >= number).order_by(Post.number)
    if which == BEFORE:
        return statement.where(Post.number < number).order_by(Post.number.desc())
    return statement.where(Post.number.in_(number))


@cache
def _liked() -> ScalarSelect[int]:
    """By the viewer; a guest likes nothing."""
    mine = Like.user_id == bindparam("viewer_id")
    return select(Like.post_id).where(Like.post_id == Post.id, mine).scalar_subquery()


@cache
def _attached() -> ScalarSelect[bool]:
    return select(exists().where(Attachment.post_id == Post.id)).scalar_subquery()


def _load_attachments(posts: list[Post], there_are_some: bool) -> None:  # noqa: FBT001
    """Ask for files only where there are any: most pages have none."""
    files: dict[int, list[Attachment]] = {post.id: [] for post in posts}
    if there_are_some:
        found = select(Attachment).where(Attachment.post_id.in_(files)).order_by(Attachment.id)
        for file in session.scalars(found):
            files[file.post_id].append(file)
    for post in posts:
        set_committed_value(post, "attachments", files[post.id])
