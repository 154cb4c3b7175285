"""What someone wrote, as far as the viewer may see it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from forum.accounts.models.user import User
from forum.categories.policies import Viewer
from forum.core.database import session
from forum.core.paging import Page, page
from forum.topics.models.post import REGULAR, Post
from forum.topics.models.topic import Topic
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


def settled_by(viewer: Viewer, author: User, most: int) -> Sequence[Post]:
    """Someone's answers that were chosen, the best liked first, with their topics."""
    return session.scalars(
        select(Post)
        .join(Topic, Topic.accepted_post_id == Post.id)
        .where(Post.author_id == author.id, Post.deleted_at.is_(None), listed_to(viewer))
        .order_by(Post.like_count.desc(), Post.id.desc())
        .limit(most)
        .options(contains_eager(Post.topic))
    ).all()


def discussed_of(viewer: Viewer, author: User, most: int) -> Sequence[Topic]:
    """Someone's topics that were answered most."""
    return session.scalars(
        select(Topic)
        .where(Topic.author_id == author.id, listed_to(viewer))
        .order_by(Topic.posts_count.desc(), Topic.id.desc())
        .limit(most)
    ).all()


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
