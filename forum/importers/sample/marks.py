"""How the demo's members have read so far, and how often its topics were opened."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from forum.core import clock
from forum.core.database import session
from forum.importers.sample.files import Conversation
from forum.importers.sample.talk import Told
from forum.topics.models.reading import TRACKING, WATCHING, TopicDay, TopicReading

# Those who sign in were here some days ago: since then there is something new and unread.
_AWAY = timedelta(days=5)
_FOLLOWS_ONE_IN = 2
_DAYS_COUNTED = 120


def leave_marks(told: Told, users: dict[str, int], visitors: list[str]) -> None:
    """Everyone who wrote has read to the end of it; `visitors` follow more, and have been away."""
    rows: dict[tuple[int, int], dict[str, Any]] = {}
    for topic_id, one in told.topics.items():
        for username, user_id in users.items():
            mark = _mark(one, username, visitor=username in visitors, chance=topic_id + user_id)
            if mark is not None:
                rows[user_id, topic_id] = {"user_id": user_id, "topic_id": topic_id, **mark}
    session.execute(insert(TopicReading), list(rows.values()))


def count_views(told: Told) -> None:
    """Spread a topic's views over its days, more of them where it was talked about."""
    rows = [
        {"topic_id": topic_id, "day": day, "views": views}
        for topic_id, one in told.topics.items()
        for day, views in _views_by_day(one).items()
        if views
    ]
    session.execute(insert(TopicDay), rows)


def _mark(one: Conversation, username: str, *, visitor: bool, chance: int) -> dict[str, Any] | None:
    written = [number for number, post in enumerate(one.posts, 1) if post.username == username]
    follows = visitor and chance % _FOLLOWS_ONE_IN == 0
    left_at = clock.now() - _AWAY if visitor else clock.now()
    seen = [number for number, post in enumerate(one.posts, 1) if post.moment <= left_at]
    if not written and not (follows and seen):
        return None
    last_read = max([*seen, *written])
    last = one.posts[last_read - 1].moment
    return {
        "last_read_number": last_read,
        "level": WATCHING if 1 in written else TRACKING,
        "read_seconds": 20 * last_read,
        "posted": bool(written),
        "first_visited_at": one.posts[0].moment,
        "last_visited_at": max(last, min(left_at, clock.now() - _AWAY)),
    }


def _views_by_day(one: Conversation) -> dict[date, int]:
    today = clock.now().date()
    first = max(one.posts[0].moment.date(), today - timedelta(days=_DAYS_COUNTED))
    days = [first + timedelta(days=n) for n in range((today - first).days + 1)]
    weights = [1.0 + sum(_echo(post.moment, day) for post in one.posts) for day in days]
    total = sum(weights)
    return {
        day: round(one.front["views"] * weight / total)
        for day, weight in zip(days, weights, strict=True)
    }


def _echo(spoken_at: datetime, day: date) -> float:
    """A post draws readers for some days."""
    age = (day - spoken_at.date()).days
    return 12.0 / (1 + age) if 0 <= age < 10 else 0.0
