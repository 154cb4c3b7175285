"""What someone wrote, as far as the viewer may see it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from forum.accounts.models.user import User
from forum.categories.policies import Viewer
from forum.core.paging import Page, page
from forum.topics.models.post import REGULAR, Post
from forum.topics.policies import listed_to, post_visible_to


def posts_by(
    viewer: Viewer, author: User, *, after: str | None = None, replies: bool = True
) -> Page:
    """Someone's posts with their topics, latest first."""
    statement: Any = (
        select(Post)
        .join(Post.topic)
        .where(
            Post.author_id == author.id,
            Post.kind == REGULAR,
            Post.deleted_at.is_(None),
            listed_to(viewer),
            post_visible_to(viewer),
        )
        .options(contains_eager(Post.topic), joinedload(Post.author))
    )
    if replies:
        statement = statement.where(Post.number > 1)
    return page(statement, Post.created_at.desc(), Post.id.desc(), after=after)


def latest(viewer: Viewer, *, after: str | None = None) -> Page:
    """The latest posts of all topics the viewer may list."""
    statement: Any = (
        select(Post)
        .join(Post.topic)
        .where(
            Post.kind == REGULAR,
            Post.deleted_at.is_(None),
            listed_to(viewer),
        )
        .options(contains_eager(Post.topic), joinedload(Post.author))
    )
    return page(statement, Post.created_at.desc(), Post.id.desc(), after=after)
