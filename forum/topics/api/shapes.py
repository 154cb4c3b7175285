"""How topics and posts look as JSON: Discourse's field names, one function a thing."""

from collections.abc import Iterable
from typing import Any

from markupsafe import escape

from forum.accounts.faces import Face
from forum.categories.policies import Viewer
from forum.topics import policies, settings
from forum.topics.models.post import SMALL_ACTION, Post
from forum.topics.queries.lists import Row, TopicList
from forum.topics.queries.thread import Thread

LIKE = 2  # Discourse's post_action_type_id
REGULAR_POST, SMALL_ACTION_POST = 1, 3


def user(person: Face) -> dict[str, Any]:
    """Someone in a list."""
    return {
        "id": person.id,
        "username": person.username,
        "name": person.name,
        "avatar_template": person.avatar_path or "",
        "trust_level": person.trust_level,
        "moderator": person.is_moderator,
        "admin": person.is_admin,
    }


def users(people: Iterable[Face]) -> list[dict[str, Any]]:
    """Several, each once."""
    return [user(person) for person in {p.id: p for p in people}.values()]


def row(item: Row) -> dict[str, Any]:
    """A topic in a list."""
    topic, mark = item.topic, item.mark
    return {
        "id": topic.id,
        "title": topic.title,
        "fancy_title": str(escape(topic.title)),
        "slug": topic.slug,
        "posts_count": topic.posts_count,
        "reply_count": topic.reply_count,
        "highest_post_number": topic.highest_post_number,
        "image_url": None,
        "created_at": topic.created_at.isoformat(),
        "last_posted_at": topic.last_posted_at.isoformat(),
        "bumped": True,
        "bumped_at": topic.bumped_at.isoformat(),
        "archetype": "regular",
        "unseen": item.new,
        "last_read_post_number": mark.last_read_number if mark else None,
        "unread": item.unread_count,
        "new_posts": item.unread_count,
        "unread_posts": item.unread_count,
        "pinned": topic.pinned,
        "pinned_globally": topic.pinned_globally,
        "excerpt": topic.excerpt,
        "visible": topic.listed,
        "closed": topic.closed,
        "archived": topic.archived,
        "notification_level": mark.level if mark else 1,
        "tags": [tag.name for tag in item.tags],
        "views": topic.views,
        "like_count": topic.like_count,
        "has_accepted_answer": topic.solved,
        "kind": topic.kind,
        "locale": topic.lang,
        "category_id": topic.category_id,
        "last_poster_username": _last_poster(item),
        "posters": [
            {"user_id": person.id, "description": "", "extras": None}
            for person in item.participants
        ],
    }


def topic_list(found: TopicList, viewer: Viewer, more: str | None) -> dict[str, Any]:
    """A page of a list."""
    rows = [*found.pinned, *found.rows]
    return {
        "users": users(person for item in rows for person in item.participants),
        "topic_list": {
            "can_create_topic": policies.can_create_anywhere(viewer),
            "more_topics_url": more,
            "per_page": settings.TOPICS_PER_PAGE(),
            "topics": [row(item) for item in rows],
        },
    }


def post(item: Post, thread: Thread, viewer: Viewer) -> dict[str, Any]:
    """A post as its reader may see and use it."""
    topic, author = thread.topic, thread.faces[item.author_id]
    liked = item.id in thread.liked_ids
    may_like = policies.can_like(viewer, item, topic)
    summary = {"id": LIKE, "count": item.like_count, "acted": liked, "can_act": may_like}
    return {
        "id": item.id,
        "name": author.name,
        "username": author.username,
        "avatar_template": author.avatar_path or "",
        "created_at": item.created_at.isoformat(),
        "updated_at": (item.edited_at or item.created_at).isoformat(),
        "cooked": item.cooked,
        "raw": item.raw,
        "post_number": item.number,
        "post_type": SMALL_ACTION_POST if item.kind == SMALL_ACTION else REGULAR_POST,
        "action_code": item.action,
        "reply_count": item.reply_count,
        "reply_to_post_number": item.reply_to_number,
        "topic_id": topic.id,
        "topic_slug": topic.slug,
        "topic_title": topic.title,
        "category_id": topic.category_id,
        "user_id": item.author_id,
        "version": item.version,
        "locale": item.lang,
        "yours": item.author_id == viewer.id,
        "can_edit": policies.can_edit_post(viewer, item, topic),
        "can_delete": policies.can_delete_post(viewer, item, topic),
        "can_recover": policies.can_recover_post(viewer, item, topic),
        "can_accept_answer": policies.can_accept_answer(viewer, item, topic),
        "accepted_answer": topic.accepted_post_id == item.id,
        "actions_summary": [summary],
        "trust_level": author.trust_level,
        "moderator": author.is_moderator,
        "admin": author.is_admin,
        "staff": author.is_staff,
        "hidden": False,
        "deleted_at": item.deleted_at.isoformat() if item.deleted_at else None,
        "user_deleted": item.deleted,
        "edit_reason": item.edit_reason or None,
    }


def topic(thread: Thread, viewer: Viewer, stream: list[int]) -> dict[str, Any]:
    """A topic with some of its posts, and the ids of all."""
    found = thread.topic
    first = thread.posts[0] if thread.posts and thread.posts[0].number == 1 else None
    return {
        "post_stream": {"posts": [post(p, thread, viewer) for p in thread.posts], "stream": stream},
        "id": found.id,
        "title": found.title,
        "fancy_title": str(escape(found.title)),
        "slug": found.slug,
        "kind": found.kind,
        "locale": found.lang,
        "posts_count": found.posts_count,
        "reply_count": found.reply_count,
        "highest_post_number": found.highest_post_number,
        "created_at": found.created_at.isoformat(),
        "last_posted_at": found.last_posted_at.isoformat(),
        "bumped_at": found.bumped_at.isoformat(),
        "views": found.views,
        "like_count": found.like_count,
        "participant_count": found.participant_count,
        "visible": found.listed,
        "closed": found.closed,
        "archived": found.archived,
        "archetype": "regular",
        "category_id": found.category_id,
        "user_id": found.author_id,
        "tags": [tag.name for tag in thread.tags],
        "markets": list(thread.markets),
        "knowhow": [term.code for term in thread.terms],
        "pinned": found.pinned,
        "pinned_globally": found.pinned_globally,
        "pinned_at": found.pinned_at.isoformat() if found.pinned_at else None,
        "deleted_at": found.deleted_at.isoformat() if found.deleted_at else None,
        "last_read_post_number": thread.last_read or None,
        "accepted_answer": _answer(thread),
        "details": {
            "can_create_post": policies.can_reply(viewer, found),
            "can_edit": first is not None and policies.can_edit_topic(viewer, found, first),
            "can_delete": policies.can_delete(viewer, found),
            "can_moderate": policies.can_moderate(viewer, found),
            "notification_level": thread.mark.level if thread.mark else 1,
            "created_by": user(thread.faces[found.author_id]),
            "participants": users(thread.participants),
        },
    }


def _answer(thread: Thread) -> dict[str, Any] | None:
    if thread.accepted is None:
        return None
    return {
        "post_number": thread.accepted.number,
        "username": thread.faces[thread.accepted.author_id].username,
        "excerpt": thread.accepted.text[:300],
    }


def _last_poster(item: Row) -> str | None:
    for person in item.participants:
        if person.id == item.topic.last_poster_id:
            return person.username
    return None
