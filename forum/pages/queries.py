"""What the mixed pages read."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select

from forum.accounts.models.user import User
from forum.categories.policies import Viewer
from forum.core import clock
from forum.core.database import session
from forum.topics.models.topic import Topic
from forum.topics.policies import listed_to, visible_to
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


@dataclass(frozen=True)
class DraftLine:
    """A draft as its page shows it."""

    key: str
    title: str
    beginning: str
    path: str
    updated_at: datetime


def drafts(viewer: Viewer) -> list[DraftLine]:
    """A member's drafts with where each goes on; a topic he may no longer see gives no title."""
    kept = draft_queries.all_of(viewer)
    ids = {
        int(draft.key.removeprefix("topic_")) for draft in kept if draft.key.startswith("topic_")
    }
    rows = session.scalars(select(Topic).where(Topic.id.in_(ids), visible_to(viewer)))
    topics = {topic.id: topic for topic in rows}
    lines = []
    for draft in kept:
        fields = json.loads(draft.content)
        title, path = str(fields.get("title", "")), "/new-topic"
        if draft.key == "new_opportunity":
            path = "/opportunities/new"
        elif draft.key.startswith("topic_"):
            topic = topics.get(int(draft.key.removeprefix("topic_")))
            title, path = (topic.title, topic.path) if topic else ("", "")
        elif draft.key.startswith("post_"):
            path = f"/posts/{draft.key.removeprefix('post_')}/edit"
        lines.append(
            DraftLine(draft.key, title, str(fields.get("raw", ""))[:240], path, draft.updated_at)
        )
    return lines
