"""Counting how often topics are opened: in memory first, into the tables twice a minute."""

import threading
import time
from collections import Counter
from datetime import date

from sqlalchemy import select, update

from forum.categories.policies import Viewer
from forum.core import clock
from forum.core.database import insert_once, session, transaction
from forum.topics.models.reading import TopicDay
from forum.topics.models.topic import Topic

FLUSH_SECONDS = 30

_lock = threading.Lock()
_waiting: Counter[int] = Counter()
_seen: set[tuple[int, str]] = set()
_seen_on = date.min
_flushed_at = time.monotonic()


def note(topic_id: int, viewer: Viewer, address: str) -> None:
    """One view per person and day, as Discourse counts."""
    global _seen_on
    who = f"user {viewer.id}" if viewer.id else address
    today = clock.now().date()
    with _lock:
        if today != _seen_on:
            _seen.clear()
            _seen_on = today
        if (topic_id, who) not in _seen:
            _seen.add((topic_id, who))
            _waiting[topic_id] += 1
        due = bool(_waiting) and time.monotonic() - _flushed_at > FLUSH_SECONDS
    if due:
        flush()


def flush() -> None:
    """Write what was counted. A crash loses at most half a minute of views."""
    global _flushed_at
    with _lock:
        counted = dict(_waiting)
        _waiting.clear()
        _flushed_at = time.monotonic()
    if not counted:
        return
    today = clock.now().date()
    with transaction():
        known = session.scalars(select(Topic.id).where(Topic.id.in_(counted))).all()
        for topic_id, views in ((topic_id, counted[topic_id]) for topic_id in sorted(known)):
            session.execute(
                update(Topic).where(Topic.id == topic_id).values(views=Topic.views + views)
            )
            insert_once(TopicDay, topic_id=topic_id, day=today)
            session.get_one(TopicDay, (topic_id, today), with_for_update=True).views += views


def forget() -> None:
    """Count from nothing, as each test does."""
    global _flushed_at
    with _lock:
        _waiting.clear()
        _seen.clear()
        _flushed_at = time.monotonic()
