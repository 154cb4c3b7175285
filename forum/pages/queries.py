"""What the mixed pages read."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select

from forum.accounts.models.user import User
from forum.categories.policies import Viewer
from forum.core import clock
from forum.core.database import session
from forum.topics.models.draft import Draft
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic
from forum.topics.policies import listed_to, post_visible_to, visible_to
from forum.topics.queries import drafts as draft_queries


@dataclass(frozen=True)
class Figures:
    """How lively the place is, counting only what the viewer may see."""

    members: int
    topics: int
    posts: int
    topics_this_week: int


def figures(viewer: Viewer) -> Figures:
    """Members, topics and posts, in two statements."""
    week = clock.now() - timedelta(days=7)
    topics, posts, fresh = session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(Topic.posts_count), 0),
            func.count().filter(Topic.created_at > week),
        ).where(listed_to(viewer))
    ).one()
    members = session.scalar(select(func.count()).select_from(User).where(~User.staged))
    return Figures(members or 0, topics, posts, fresh)


def team() -> list[User]:
    """Who keeps the place."""
    keeps = or_(User.is_admin, User.is_moderator, User.is_animateur)
    return list(session.scalars(select(User).where(keeps).order_by(User.username_lower).limit(30)))


# Where what has no place yet is written.
BEGINNINGS = {"new_topic": "/new-topic", "new_opportunity": "/opportunities/new"}


@dataclass(frozen=True)
class DraftLine:
    """A draft as its page shows it; `kind` is `topic` for a reply to one, `post` for an edit."""

    key: str
    kind: str
    title: str
    beginning: str
    path: str
    updated_at: datetime


def drafts(viewer: Viewer) -> list[DraftLine]:
    """A member's drafts with where each goes on; a topic he may no longer see gives no title."""
    kept = [(*_place(draft), draft) for draft in draft_queries.all_of(viewer)]
    paths = {
        "topic": _topics(viewer, [number for kind, number, _ in kept if kind == "topic"]),
        "post": _edits(viewer, [number for kind, number, _ in kept if kind == "post"]),
    }
    lines = []
    for kind, number, draft in kept:
        fields = json.loads(draft.content)
        title, path = str(fields.get("title", "")), BEGINNINGS.get(kind, "")
        if kind in paths:
            title, path = paths[kind].get(number, ("", ""))
        beginning = str(fields.get("raw", ""))[:240]
        lines.append(DraftLine(draft.key, kind, title, beginning, path, draft.updated_at))
    return lines


def _place(draft: Draft) -> tuple[str, int]:
    kind, _, number = draft.key.partition("_")
    return (kind, int(number)) if number.isdigit() else (draft.key, 0)


def _topics(viewer: Viewer, ids: Collection[int]) -> dict[int, tuple[str, str]]:
    rows = session.scalars(select(Topic).where(Topic.id.in_(ids), visible_to(viewer)))
    return {topic.id: (topic.title, topic.path) for topic in rows}


def _edits(viewer: Viewer, ids: Collection[int]) -> dict[int, tuple[str, str]]:
    rows = session.execute(
        select(Post.id, Topic.title)
        .join(Post.topic)
        .where(Post.id.in_(ids), visible_to(viewer), post_visible_to(viewer))
    )
    return {post_id: (title, f"/posts/{post_id}/edit") for post_id, title in rows}
