"""Reading drafts."""

import json
from typing import Any

from sqlalchemy import select

from forum.categories.policies import Viewer
from forum.core.database import session
from forum.tags.models import Tag
from forum.topics.models.draft import Draft
from forum.topics.models.topic import TopicTag


def find(viewer: Viewer, key: str) -> dict[str, Any] | None:
    """A member's draft: its fields, sequence and time."""
    draft = session.scalar(select(Draft).where(Draft.user_id == (viewer.id or 0), Draft.key == key))
    if draft is None:
        return None
    return {
        "key": draft.key,
        "fields": json.loads(draft.content),
        "sequence": draft.sequence,
        "updated_at": draft.updated_at.isoformat(),
    }


def all_of(viewer: Viewer) -> list[Draft]:
    """Everything a member has begun, latest first."""
    return list(
        session.scalars(
            select(Draft)
            .where(Draft.user_id == (viewer.id or 0))
            .order_by(Draft.updated_at.desc())
            .limit(100)
        )
    )


def tag_names(topic_id: int) -> list[str]:
    """The names of a topic's tags."""
    return list(
        session.scalars(
            select(Tag.name)
            .join(TopicTag, TopicTag.tag_id == Tag.id)
            .where(TopicTag.topic_id == topic_id)
            .order_by(Tag.name)
        )
    )
