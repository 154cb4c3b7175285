"""What the viewer has read, liked and follows: `in:seen`, `in:likes`, `in:watching`."""

from sqlalchemy import and_, select

from forum.categories.policies import Viewer
from forum.core.i18n import _
from forum.search.grammar.operators import Meaning, Place
from forum.search.grammar.values import require_member
from forum.search.question import Among, Node, Not
from forum.topics.models.post import Post
from forum.topics.models.reaction import Like
from forum.topics.models.reading import TRACKING, WATCHING, TopicReading


def _seen(viewer: Viewer) -> Meaning:
    return Meaning(_("read by me"), _read_by(viewer))


def _unseen(viewer: Viewer) -> Meaning:
    unread: Node = Not(_read_by(viewer))
    return Meaning(_("not yet read by me"), unread)


def _read_by(viewer: Viewer) -> Node:
    """Posts up to the viewer's mark in their topics."""
    require_member(viewer)
    mark = and_(
        TopicReading.topic_id == Post.topic_id, TopicReading.last_read_number >= Post.number
    )
    read = select(Post.id).join(TopicReading, mark).where(TopicReading.user_id == viewer.id)
    return Among("post", read)


def _liked(viewer: Viewer) -> Meaning:
    require_member(viewer)
    liked = select(Like.post_id).where(Like.user_id == viewer.id)
    return Meaning(_("liked by me"), Among("post", liked))


def _watched(viewer: Viewer) -> Meaning:
    return Meaning(_("watched by me"), _followed(viewer, WATCHING))


def _tracked(viewer: Viewer) -> Meaning:
    return Meaning(_("followed by me"), _followed(viewer, TRACKING))


def _followed(viewer: Viewer, level: int) -> Node:
    require_member(viewer)
    followed = select(TopicReading.topic_id).where(
        TopicReading.user_id == viewer.id, TopicReading.level >= level
    )
    return Among("topic", followed)


PLACES = (
    Place("seen", "lus", _seen, also=("lu",)),
    Place("unseen", "non-lus", _unseen, also=("non-lu",)),
    Place("likes", "aimés", _liked, also=("aimé", "liked")),
    Place("watching", "surveillés", _watched, also=("surveillé",)),
    Place("tracking", "suivis", _tracked, also=("suivi",)),
)
