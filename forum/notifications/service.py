"""Telling members, and noting what they have read. Everything here is safe to do twice."""

from collections.abc import Collection, Iterable

from sqlalchemy import select, update

from forum.accounts.models.user import User
from forum.core import clock
from forum.core.database import session
from forum.core.signals import announce
from forum.notifications.models import (
    ACCEPTED,
    LIKED,
    MENTIONED,
    POSTED,
    QUOTED,
    REPLIED,
    WRITTEN,
    Notification,
)
from forum.notifications.queries import audience
from forum.notifications.signals import NotificationCreated, NotificationsRead
from forum.topics import settings
from forum.topics.models.post import Post
from forum.topics.models.reaction import Like


def tell_of_post(post_id: int) -> None:
    """Tell whom a new post concerns: those it names, answers and quotes, then those who watch."""
    post = audience.written(post_id)
    if post is None:
        return
    answered = audience.answered_id(post)
    _tell_once(
        post,
        {
            MENTIONED: audience.mentioned_ids(post, settings.MAX_MENTIONS()),
            REPLIED: [] if answered is None else [answered],
            QUOTED: audience.quoted_ids(post),
            POSTED: audience.watching_ids(post),
        },
    )


def tell_of_edit(post_id: int) -> None:
    """Tell those whom a post names or quotes since it was edited."""
    post = audience.written(post_id)
    if post is not None:
        named = audience.mentioned_ids(post, settings.MAX_MENTIONS())
        _tell_once(post, {MENTIONED: named, QUOTED: audience.quoted_ids(post)})


def tell_of_likes(post_id: int) -> None:
    """One line for all likes of a post, by its latest; it goes when the last like is taken back."""
    post = audience.written(post_id)
    if post is None:
        return
    like, own = audience.latest_like(post), _find(post.author_id, post, LIKED)
    if like is None:
        _take_back(own)
    elif own is not None and like.created_at <= own.created_at:
        own.actor_id = like.user_id  # who was named may have taken his like back
    elif audience.may_be_told(post, {post.author_id}):
        _tell_of_like(post, like, own)


def tell_of_answer(post_id: int, *, by_id: int) -> None:
    """Tell someone that his answer was chosen."""
    post = audience.written(post_id)
    if post is None or post.author_id == by_id or _find(post.author_id, post, ACCEPTED):
        return
    if audience.may_be_told(post, {post.author_id}):
        _add(post, ACCEPTED, post.author_id, actor_id=by_id)


def tell(post_id: int, *, kind: str, user_id: int) -> None:
    """Tell a member of a post for a reason of a feature above, unless he was told of it before."""
    post = audience.written(post_id)
    if post is not None and audience.may_be_told(post, {user_id}, unless_told=(*WRITTEN, kind)):
        _add(post, kind, user_id, actor_id=post.author_id)


def mark_read_up_to(user_id: int, topic_id: int, number: int) -> None:
    """Who has read a topic knows what was to be told of it."""
    _mark(
        user_id,
        Notification.topic_id == topic_id,
        Notification.post_number <= number,
    )


def mark_read(viewer: User, notification_id: int) -> None:
    """The viewer has seen one."""
    _mark(viewer.id, Notification.id == notification_id)


def mark_all_read(viewer: User) -> None:
    """The viewer has seen all."""
    _mark(viewer.id)


def _tell_once(post: Post, reasons: dict[str, Collection[int]]) -> None:
    """Tell each member once, for his best reason, if he was not told before."""
    everyone = set[int]().union(*reasons.values()) - {post.author_id}
    allowed = audience.may_be_told(post, everyone, unless_told=WRITTEN)
    for kind, user_id in _best_first(reasons):
        if user_id in allowed:
            allowed.discard(user_id)
            _add(post, kind, user_id, actor_id=post.author_id)


def _best_first(reasons: dict[str, Collection[int]]) -> Iterable[tuple[str, int]]:
    return [(kind, user_id) for kind in WRITTEN for user_id in reasons.get(kind, ())]


def _tell_of_like(post: Post, like: Like, own: Notification | None) -> None:
    if own is None:
        _add(post, LIKED, post.author_id, actor_id=like.user_id)
        return
    own.actor_id, own.created_at, own.read_at = like.user_id, like.created_at, None
    announce(NotificationCreated(own.user_id, own.id))


def _take_back(own: Notification | None) -> None:
    if own is not None:
        session.delete(own)
        announce(NotificationsRead(own.user_id))


def _find(user_id: int, post: Post, kind: str) -> Notification | None:
    return session.scalar(
        select(Notification).where(
            Notification.user_id == user_id,
            Notification.post_id == post.id,
            Notification.kind == kind,
        )
    )


def _add(post: Post, kind: str, user_id: int, *, actor_id: int) -> None:
    notification = Notification(
        user_id=user_id,
        kind=kind,
        topic_id=post.topic_id,
        post_id=post.id,
        post_number=post.number,
        actor_id=actor_id,
        created_at=clock.now(),
    )
    session.add(notification)
    session.flush()
    announce(NotificationCreated(user_id, notification.id))


def _mark(user_id: int, *which: object) -> None:
    done = session.execute(
        update(Notification)
        .where(Notification.user_id == user_id, Notification.read_at.is_(None), *which)  # type: ignore[arg-type]
        .values(read_at=clock.now())
    )
    if done.rowcount:  # type: ignore[attr-defined]
        announce(NotificationsRead(user_id))
