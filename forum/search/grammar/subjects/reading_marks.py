"""What the viewer has read, liked and follows: `in:seen`, `in:likes`, `in:watching`."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, and_, select

from forum.categories.policies import Viewer
from forum.core.i18n import _, lazy
from forum.search.grammar.operators import Meaning, Place
from forum.search.grammar.values import own, require_member
from forum.search.question import Among, Node, Not
from forum.topics.models.post import Post
from forum.topics.models.reaction import Like
from forum.topics.models.reading import TRACKING, WATCHING, TopicReading


def _read_by(viewer: Viewer) -> Select[Any]:
    """Posts up to the viewer's mark in their topics."""
    mark = and_(
        TopicReading.topic_id == Post.topic_id, TopicReading.last_read_number >= Post.number
    )
    return select(Post.id).join(TopicReading, mark).where(TopicReading.user_id == viewer.id)


def _unseen(viewer: Viewer) -> Meaning:
    """What was read is named: it is less than what was not."""
    require_member(viewer)
    unread: Node = Not(Among("post", _read_by(viewer)))
    return Meaning(_("not yet read by me"), unread)


def _liked_by(viewer: Viewer) -> Select[Any]:
    return select(Like.post_id).where(Like.user_id == viewer.id)


def _followed(level: int) -> Callable[[Viewer], Select[Any]]:
    return lambda viewer: select(TopicReading.topic_id).where(
        TopicReading.user_id == viewer.id, TopicReading.level >= level
    )


PLACES = (
    Place("seen", "lus", own(lazy("read by me"), "post", _read_by), also=("lu",)),
    Place("unseen", "non-lus", _unseen, also=("non-lu",)),
    Place(
        "likes", "aimés", own(lazy("liked by me"), "post", _liked_by), also=("aimé", "liked")
    ),
    Place(
        "watching", "surveillés", own(lazy("watched by me"), "topic", _followed(WATCHING)),
        also=("surveillé",),
    ),
    Place(
        "tracking", "suivis", own(lazy("followed by me"), "topic", _followed(TRACKING)),
        also=("suivi",),
    ),
)  # fmt: skip
