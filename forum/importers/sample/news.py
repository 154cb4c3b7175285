"""What the demo's members were told: answers, mentions and likes, all but the latest read."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import insert, select

from forum.core.database import session
from forum.importers.sample.talk import Told
from forum.notifications.models import LIKED, MENTIONED, POSTED, REPLIED, Notification
from forum.topics.models.post import PostMention
from forum.topics.models.reaction import Like

# How many of the latest someone who signs in has not seen yet.
_WAITING = 4


def spread(told: Told, users: dict[str, int], visitors: list[str]) -> None:
    """Tell everyone once about each post, for the best reason; likes of a post in one line."""
    visitor_ids = {users[name] for name in visitors}
    rows = {
        (row["user_id"], row["post_id"]): row
        for row in (*_likes(told, users), *_posts(told, users))
        if row["user_id"] != row["actor_id"]
    }
    in_order = sorted(rows.values(), key=lambda row: row["created_at"])
    unread = Counter(dict.fromkeys(visitor_ids, _WAITING))
    for row in reversed(in_order):
        waits = unread[row["user_id"]] > 0
        unread[row["user_id"]] -= 1
        row["read_at"] = None if waits else row["created_at"]
    session.execute(insert(Notification), in_order)


def _posts(told: Told, users: dict[str, int]) -> Iterator[dict[str, Any]]:
    mentioned: dict[int, list[int]] = {}
    for row in session.execute(select(PostMention.post_id, PostMention.user_id)):
        mentioned.setdefault(row.post_id, []).append(row.user_id)
    for post_id, (topic_id, number, saying) in told.posts.items():
        posts = told.topics[topic_id].posts
        reasons = {}
        if number > 1:
            reasons[users[posts[0].username]] = POSTED
        if saying.reply_to:
            reasons[users[posts[saying.reply_to - 1].username]] = REPLIED
        reasons |= dict.fromkeys(mentioned.get(post_id, ()), MENTIONED)
        for user_id, kind in reasons.items():
            yield {
                "user_id": user_id,
                "kind": kind,
                "topic_id": topic_id,
                "post_id": post_id,
                "post_number": number,
                "actor_id": users[saying.username],
                "created_at": saying.moment,
            }


def _likes(told: Told, users: dict[str, int]) -> Iterator[dict[str, Any]]:
    for row in session.execute(select(Like).order_by(Like.created_at)).scalars():
        topic_id, number, saying = told.posts[row.post_id]
        yield {
            "user_id": users[saying.username],
            "kind": LIKED,
            "topic_id": topic_id,
            "post_id": row.post_id,
            "post_number": number,
            "actor_id": row.user_id,
            "created_at": row.created_at,
        }
