"""Replying, editing, deleting, recovering."""

from datetime import timedelta

from sqlalchemy import delete, func, insert, select

from forum.accounts.models.user import User
from forum.core import clock, languages, text
from forum.core.database import session, take_turns
from forum.core.errors import Conflict, require
from forum.core.i18n import _
from forum.core.markup.cooked import Cooked
from forum.core.signals import announce
from forum.topics import counters, policies, settings
from forum.topics.models.post import SMALL_ACTION, Post, PostMention, Revision
from forum.topics.models.topic import Topic
from forum.topics.service import reading
from forum.topics.service.cooking import cook_post
from forum.topics.service.rules import refuse_excess, refuse_repeat, sound_body
from forum.topics.signals import PostCreated, PostDeleted, PostEdited, PostRecovered

NEW_MEMBER_REPLIES = 3


def reply(
    topic: Topic,
    *,
    author: User,
    raw: str,
    reply_to: int | None = None,
    key: str | None = None,
    lang: str | None = None,
) -> Post:
    """Answer a topic. The same `key` a second time gives the post that the first time made."""
    take_turns(f"author {author.id}")
    lock(topic)
    already = submitted(author, key)
    if already is not None:
        return already
    require(policies.can_reply(author, topic), _why_not(topic))
    raw = sound_body(raw)
    refuse_repeat(author, raw)
    _spend(author, topic)
    post = write(topic, author=author, raw=raw, reply_to=reply_to, key=key, lang=lang)
    counters.count_reply(topic, post)
    reading.mark_written(author, topic, post.number)
    announce(PostCreated(topic.id, post.id, post.number, topic.category_id, author.id))
    return post


def write(
    topic: Topic,
    *,
    author: User,
    raw: str,
    number: int | None = None,
    reply_to: int | None = None,
    key: str | None = None,
    lang: str | None = None,
) -> Post:
    """Put the next post into a locked topic, cooked, its mentions noted. Counts nothing."""
    if number is None:
        topic.highest_post_number += 1
        number = topic.highest_post_number
    post = Post(
        topic_id=topic.id,
        number=number,
        author_id=author.id,
        reply_to_number=reply_to if reply_to and reply_to < number else None,
        raw=raw,
        cooked="",
        submit_key=key,
        created_at=clock.now(),
        lang=lang or topic.lang,
    )
    session.add(post)
    session.flush()
    cooked = cook_post(raw, category_id=topic.category_id, post_id=post.id)
    refuse_excess(author, cooked)
    _take(post, cooked)
    post.lang = lang or languages.guess(cooked.search_text, topic.lang)
    return post


def edit(
    post: Post, topic: Topic, *, by: User, raw: str, version: int | None = None, reason: str = ""
) -> None:
    """Say it better. `version` is the one the editor had before his eyes."""
    lock(topic)
    lock_post(post)
    require(policies.can_edit_post(by, post, topic))
    if version is not None and version != post.version:
        raise Conflict(_("This post was changed in the meantime. Your text is kept here."))
    raw = sound_body(raw)
    if raw == post.raw:
        return
    settings.EDIT.spend(by.id)
    cooked = cook_post(raw, category_id=topic.category_id, post_id=post.id)
    refuse_excess(by, cooked)
    keep_revision(post, by=by, reason=reason)
    post.raw, post.last_editor_id, post.edit_reason = raw, by.id, reason[:255]
    _take(post, cooked)
    if post.number == 1:
        topic.excerpt = text.excerpt(post.text)
    topic.version += 1
    announce(PostEdited(topic.id, post.id, topic.category_id, by.id))


def keep_revision(post: Post, *, by: User, reason: str = "", title: str | None = None) -> None:
    """Keep the post as it stood, unless its author mends it within minutes of writing it."""
    moment, stood = clock.now(), post.version
    grace = timedelta(minutes=settings.GRACE_MINUTES())
    post.version += 1  # kept or not: who began to edit what stood must hear of it
    if post.author_id == by.id and moment - (post.edited_at or post.created_at) < grace:
        post.edited_at = moment if post.edited_at else None
        return
    session.add(
        Revision(
            post_id=post.id,
            version=stood,
            editor_id=by.id,
            raw=post.raw,
            title=title,
            reason=reason[:255],
            created_at=moment,
        )
    )
    post.edited_at = moment


def remove(post: Post, topic: Topic, *, by: User) -> None:
    """Delete a reply softly: staff and its author still find it."""
    lock(topic)
    lock_post(post)
    require(policies.can_delete_post(by, post, topic))
    post.deleted_at, post.deleted_by_id = clock.now(), by.id
    if topic.accepted_post_id == post.id:
        topic.accepted_post_id = None
    session.flush()
    counters.count_lost_reply(topic, post, by=-1)
    announce(PostDeleted(topic.id, post.id, topic.category_id, by.id))


def recover(post: Post, topic: Topic, *, by: User) -> None:
    """Bring a deleted reply back."""
    lock(topic)
    lock_post(post)
    require(policies.can_recover_post(by, post, topic))
    post.deleted_at = post.deleted_by_id = None
    session.flush()
    counters.count_lost_reply(topic, post, by=+1)
    announce(PostRecovered(topic.id, post.id, topic.category_id, by.id))


def note_action(topic: Topic, *, by: User, action: str, reason: str = "") -> Post:
    """Leave a line in the topic that says what was done to it: closed, pinned, …"""
    topic.highest_post_number += 1
    post = Post(
        topic_id=topic.id,
        number=topic.highest_post_number,
        author_id=by.id,
        kind=SMALL_ACTION,
        action=action,
        raw=reason,
        cooked="",
        created_at=clock.now(),
        lang=topic.lang,
    )
    session.add(post)
    session.flush()
    counters.count_note(topic, post)
    announce(PostCreated(topic.id, post.id, post.number, topic.category_id, by.id))
    return post


def submitted(author: User, key: str | None) -> Post | None:
    """The post that this form already made, when it is sent a second time."""
    if not key:
        return None
    return session.scalar(select(Post).where(Post.author_id == author.id, Post.submit_key == key))


def lock(topic: Topic) -> None:
    """Read the topic afresh and hold it, so that numbers and counts cannot be taken twice."""
    session.refresh(topic, with_for_update={"of": Topic})


def lock_post(post: Post) -> None:
    """The same for a post. Only its own row: what was read with it may be held by others."""
    session.refresh(post, with_for_update={"of": Post})


def _take(post: Post, cooked: Cooked) -> None:
    post.cooked, post.cooked_version, post.text = cooked.html, cooked.version, cooked.search_text
    session.execute(delete(PostMention).where(PostMention.post_id == post.id))
    if cooked.mentions:
        named = select(User.id).where(User.username_lower.in_(cooked.mentions))
        rows = [{"post_id": post.id, "user_id": user_id} for user_id in session.scalars(named)]
        if rows:
            session.execute(insert(PostMention), rows)


def _spend(author: User, topic: Topic) -> None:
    if author.is_staff:
        return
    if author.trust_level > 0:
        settings.REPLY.spend(author.id)
        return
    settings.REPLY_NEW.spend(author.id)
    written = session.scalar(
        select(func.count())
        .select_from(Post)
        .where(Post.topic_id == topic.id, Post.author_id == author.id, Post.number > 1)
    )
    few = (written or 0) < NEW_MEMBER_REPLIES or topic.author_id == author.id
    require(few, _("New members may reply three times in a topic. Let others answer first."))


def _why_not(topic: Topic) -> str:
    if topic.archived_at is not None:
        return _("This topic is archived.")
    if topic.closed_at is not None:
        return _("This topic is closed.")
    return ""
