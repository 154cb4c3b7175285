"""What someone wrote, as far as the viewer may see it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from forum.accounts.models.user import User
from forum.accounts.written import Written
from forum.categories.policies import Viewer
from forum.core.database import session
from forum.core.paging import Page, page
from forum.topics.models.post import REGULAR, Post
from forum.topics.models.topic import Topic
from forum.topics.policies import listed_to, post_visible_to
from forum.topics.queries import lists


def posts_by(
    viewer: Viewer, author: User, *, after: str | None = None, replies: bool = True
) -> Page:
    """Someone's posts with their topics, latest first."""
    statement: Any = _by(viewer, author, select(Post), replies=replies).options(
        contains_eager(Post.topic), joinedload(Post.author)
    )
    return page(statement, Post.created_at.desc(), Post.id.desc(), after=after)


def written_by(viewer: Viewer, author: User) -> Written:
    """How many topics and replies the lists of them hold, in one statement."""
    replies = _by(viewer, author, select(func.count()).select_from(Post), replies=True)
    topics = lists.number_by(viewer, author)
    statement = select(topics.scalar_subquery(), replies.scalar_subquery())
    return Written(*session.execute(statement, {"viewer_id": viewer.id or 0}).one())


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


def _by(viewer: Viewer, author: User, chosen: Select[Any], *, replies: bool) -> Select[Any]:
    found = chosen.join(Post.topic).where(
        Post.author_id == author.id,
        Post.kind == REGULAR,
        Post.deleted_at.is_(None),
        listed_to(viewer),
        post_visible_to(viewer),
    )
    return found.where(Post.number > 1) if replies else found
