"""Liking."""

from sqlalchemy import delete, func, select

from forum.accounts.models.user import User
from forum.core import clock
from forum.core.database import session
from forum.core.errors import TooMany, require
from forum.core.i18n import _
from forum.core.signals import announce
from forum.topics import counters, policies, settings
from forum.topics.models.post import Post
from forum.topics.models.reaction import Like
from forum.topics.models.topic import Topic
from forum.topics.service.posts import lock, lock_post
from forum.topics.signals import PostLiked

DAY_SECONDS = 86_400
FACTORS = {2: 1.5, 3: 2.0, 4: 3.0}  # Discourse: more likes a day with trust


def like(post: Post, topic: Topic, *, by: User) -> None:
    """Like a post; a second time changes nothing."""
    lock(topic)
    lock_post(post)
    require(policies.can_like(by, post, topic))
    if session.get(Like, (post.id, by.id)) is not None:
        return
    _spend(by)
    session.add(Like(post_id=post.id, user_id=by.id, created_at=clock.now()))
    session.flush()
    counters.count_like(post, topic, giver_id=by.id, by=1)
    announce(PostLiked(topic.id, post.id, by.id, liked=True))


def unlike(post: Post, topic: Topic, *, by: User) -> None:
    """Take a like back."""
    lock(topic)
    lock_post(post)
    require(policies.can_like(by, post, topic))
    gone = session.execute(delete(Like).where(Like.post_id == post.id, Like.user_id == by.id))
    if gone.rowcount:  # type: ignore[attr-defined]
        counters.count_like(post, topic, giver_id=by.id, by=-1)
        announce(PostLiked(topic.id, post.id, by.id, liked=False))


def _spend(by: User) -> None:
    most = settings.LIKES_PER_DAY() * FACTORS.get(by.trust_level, 1)
    since = clock.now().timestamp() - DAY_SECONDS
    day = clock.now().fromtimestamp(since, tz=clock.now().tzinfo)
    given = session.scalar(
        select(func.count()).select_from(Like).where(Like.user_id == by.id, Like.created_at > day)
    )
    if (given or 0) >= most:
        raise TooMany(_("You have given all your likes of today."), DAY_SECONDS)
