"""Whom a post concerns, and who of them may be told."""

import re
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import contains_eager

from forum.accounts.models.group import Membership
from forum.accounts.models.user import User
from forum.categories import queries as categories
from forum.core import clock
from forum.core.database import session
from forum.notifications.models import Notification
from forum.topics import policies
from forum.topics.models.post import REGULAR, Post, PostMention
from forum.topics.models.reaction import Like
from forum.topics.models.reading import MUTED, WATCHING, TopicReading

MOST_QUOTES = 10
_QUOTE = re.compile(r"<aside\b[^>]*>")
_QUOTED_TOPIC = re.compile(r'\sdata-topic="(\d{1,9})"')
_QUOTED_POST = re.compile(r'\sdata-post="(\d{1,9})"')


def written(post_id: int) -> Post | None:
    """A post that someone wrote and that stands, with its topic."""
    return session.scalar(
        select(Post)
        .join(Post.topic)
        .where(Post.id == post_id, Post.kind == REGULAR)
        .options(contains_eager(Post.topic))
        .execution_options(populate_existing=True)
    )


def mentioned_ids(post: Post, most: int) -> list[int]:
    """Members that a post names."""
    return list(
        session.scalars(
            select(PostMention.user_id)
            .where(PostMention.post_id == post.id, PostMention.user_id != post.author_id)
            .order_by(PostMention.user_id)
            .limit(most)
        )
    )


def answered_id(post: Post) -> int | None:
    """Who wrote the post that is answered; without one, who began the topic."""
    if post.number == 1:
        return None
    return session.scalar(
        select(Post.author_id).where(
            Post.topic_id == post.topic_id, Post.number == (post.reply_to_number or 1)
        )
    )


def quoted_ids(post: Post) -> list[int]:
    """Who wrote the posts that a post quotes; the cook links only to those that exist."""
    sources = set()
    for tag in _QUOTE.findall(post.cooked):
        topic, number = _QUOTED_TOPIC.search(tag), _QUOTED_POST.search(tag)
        if topic and number:
            sources.add((int(topic[1]), int(number[1])))
    authors = (
        session.scalar(select(Post.author_id).where(Post.topic_id == topic, Post.number == number))
        for topic, number in sorted(sources)[:MOST_QUOTES]
    )
    return [author_id for author_id in authors if author_id is not None]


def watching_ids(post: Post) -> Sequence[int]:
    """Who wants to know of every reply."""
    if post.number == 1:
        return []
    return session.scalars(
        select(TopicReading.user_id)
        .where(TopicReading.topic_id == post.topic_id, TopicReading.level == WATCHING)
        .order_by(TopicReading.user_id)
    ).all()


def latest_like(post: Post) -> Like | None:
    """The latest like of a post."""
    return session.scalar(
        select(Like)
        .where(Like.post_id == post.id)
        .order_by(Like.created_at.desc(), Like.user_id.desc())
        .limit(1)
    )


def may_be_told(
    post: Post, user_ids: Collection[int], *, unless_told: Collection[str] = ()
) -> set[int]:
    """Those who may see the post at this moment and have not muted its topic.

    Left out are those already told of the post in one of the kinds `unless_told`.
    """
    if not user_ids:
        return set()
    readers = [_reader(row) for row in _people(post, user_ids, unless_told)]
    _let_in(readers, post.topic.category_id)
    return {
        reader.id
        for reader in readers
        if policies.can_see(reader, post.topic) and policies.can_see_post(reader, post)
    }


def _people(post: Post, user_ids: Collection[int], unless_told: Collection[str]) -> Any:
    """Real accounts that may come in: neither staged nor suspended."""
    told = exists().where(
        Notification.user_id == User.id,
        Notification.post_id == post.id,
        Notification.kind.in_(unless_told),
    )
    muted = exists().where(
        TopicReading.user_id == User.id,
        TopicReading.topic_id == post.topic_id,
        TopicReading.level == MUTED,
    )
    return session.execute(
        select(User.id, User.is_admin, User.is_moderator, User.trust_level).where(
            User.id.in_(user_ids),
            User.staged.is_(False),
            (User.suspended_until.is_(None)) | (User.suspended_until <= clock.now()),
            ~muted,
            ~told,
        )
    )


def _reader(row: Any) -> User:
    """A copy to ask the policies about: the rights of the one who is acting stay as they are."""
    return User(
        id=row.id,
        is_admin=row.is_admin,
        is_moderator=row.is_moderator,
        trust_level=row.trust_level,
    )


def _let_in(readers: Collection[User], category_id: int) -> None:
    """Tell each whether he sees the category; made groups are asked for only where they decide."""
    rights = categories.rights_of(category_id).keys()
    inside = [one for one in readers if one.is_admin or one.automatic_group_ids & rights]
    others = [one.id for one in readers if one not in inside]
    if others:
        by_group = select(Membership.user_id).where(
            Membership.user_id.in_(others), Membership.group_id.in_(rights)
        )
        members = set(session.scalars(by_group))
        inside += [one for one in readers if one.id in members]
    for one in inside:
        one.visible_category_ids = frozenset({category_id})
