"""Closing, pinning, archiving, unlisting, accepting an answer."""

from forum.accounts.models.user import User
from forum.core import clock
from forum.core.database import session
from forum.core.errors import require
from forum.core.signals import announce
from forum.topics import counters, policies
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic
from forum.topics.service import posts
from forum.topics.signals import AnswerAccepted, TopicChanged


def close(topic: Topic, *, by: User, reason: str = "") -> None:
    """Take no more replies but from staff."""
    _moderate(topic, by)
    if topic.closed_at is None:
        topic.closed_at = clock.now()
        _tell(topic, by, "closed.enabled", reason)


def reopen(topic: Topic, *, by: User, reason: str = "") -> None:
    """Take replies again."""
    _moderate(topic, by)
    if topic.closed_at is not None:
        topic.closed_at = None
        _tell(topic, by, "closed.disabled", reason)


def archive(topic: Topic, *, by: User) -> None:
    """Freeze a topic: no reply, no edit, no like."""
    _moderate(topic, by)
    if topic.archived_at is None:
        topic.archived_at = clock.now()
        _tell(topic, by, "archived.enabled")


def unarchive(topic: Topic, *, by: User) -> None:
    """Let a topic live again."""
    _moderate(topic, by)
    if topic.archived_at is not None:
        topic.archived_at = None
        _tell(topic, by, "archived.disabled")


def pin(topic: Topic, *, by: User, everywhere: bool = False) -> None:
    """Keep a topic at the head of its category, or of all lists."""
    _moderate(topic, by)
    topic.pinned_at, topic.pinned_globally = clock.now(), everywhere
    _tell(topic, by, "pinned_globally.enabled" if everywhere else "pinned.enabled")


def unpin(topic: Topic, *, by: User) -> None:
    """Let a topic go its way down."""
    _moderate(topic, by)
    if topic.pinned_at is not None:
        topic.pinned_at, topic.pinned_globally = None, False
        _tell(topic, by, "pinned.disabled")


def unlist(topic: Topic, *, by: User) -> None:
    """Leave a topic out of lists and search; its address still works."""
    _moderate(topic, by)
    if topic.listed:
        with counters.counted_anew(topic):
            topic.listed = False
        _tell(topic, by, "visible.disabled")


def relist(topic: Topic, *, by: User) -> None:
    """Show a topic in lists and search again."""
    _moderate(topic, by)
    if not topic.listed:
        with counters.counted_anew(topic):
            topic.listed = True
        _tell(topic, by, "visible.enabled")


def accept(post: Post, topic: Topic, *, by: User) -> None:
    """Say that a post answers the question."""
    posts.lock(topic)
    require(policies.can_accept_answer(by, post, topic))
    topic.accepted_post_id = post.id
    topic.version += 1
    announce(AnswerAccepted(topic.id, post.id, by.id))
    announce(TopicChanged(topic.id, topic.category_id, by.id))


def unaccept(topic: Topic, *, by: User) -> None:
    """The question is open again."""
    posts.lock(topic)
    if topic.accepted_post_id is None:
        return
    post = session.get_one(Post, topic.accepted_post_id)
    require(policies.can_accept_answer(by, post, topic))
    topic.accepted_post_id = None
    topic.version += 1
    announce(TopicChanged(topic.id, topic.category_id, by.id))


def _moderate(topic: Topic, by: User) -> None:
    posts.lock(topic)
    require(policies.can_moderate(by, topic))


def _tell(topic: Topic, by: User, action: str, reason: str = "") -> None:
    posts.note_action(topic, by=by, action=action, reason=reason)
    topic.version += 1
    announce(TopicChanged(topic.id, topic.category_id, by.id))
