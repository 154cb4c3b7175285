"""Reading rooms, and what decides who may be in them."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from forum.accounts import policies as account_policies
from forum.accounts import queries as accounts
from forum.accounts.guest import Guest
from forum.accounts.models.token import UserSession
from forum.accounts.models.user import User
from forum.categories import queries as categories
from forum.categories.policies import Viewer
from forum.core import clock
from forum.core.database import db, session
from forum.realtime import settings
from forum.realtime.models import Room, RoomEvent
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic
from forum.topics.policies import visible_to


@dataclass(frozen=True)
class Missed:
    """What rang since a listener's last number; `reload` when that is too much or too long ago."""

    number: int
    events: list[dict[str, Any]]
    reload: bool = False


def number(room: str) -> int:
    """The number of a room's latest ring; 0 when it never rang."""
    return session.scalar(_number(), {"room": room}) or 0


@cache
def _number() -> Select[int]:
    return select(Room.number).where(Room.name == bindparam("room"))


# The two that follow read on a connection of their own: what a session has begun to read is a
# picture of an earlier moment, and a ring that came since would be lost.


def events_after(room: str, last: int) -> list[dict[str, Any]]:
    """What rang after a number, in order, as it is told."""
    statement = (
        select(RoomEvent.number, RoomEvent.name, RoomEvent.content)
        .where(RoomEvent.room == room, RoomEvent.number > last)
        .order_by(RoomEvent.number)
    )
    with db.engine.connect() as now:
        rows = now.execute(statement).all()
    return [{"number": row.number, "name": row.name, **row.content} for row in rows]


def missed(lasts: dict[str, int | None]) -> dict[str, Missed]:
    """For each room, what rang since the number the listener has; nothing if he has none."""
    statement = select(Room.name, Room.number).where(Room.name.in_(lasts))
    with db.engine.connect() as now:
        numbers = {row.name: row.number for row in now.execute(statement)}
    return {room: _missed(room, numbers.get(room, 0), last) for room, last in lasts.items()}


def _missed(room: str, number: int, last: int | None) -> Missed:
    if last is None or last == number:
        return Missed(number, [])
    if last > number or number - last > settings.MOST_MISSED():
        return Missed(number, [], reload=True)
    events = [event for event in events_after(room, last) if event["number"] <= number]
    complete = len(events) == number - last
    return Missed(number, events if complete else [], reload=not complete)


def visible_topic_ids(viewer: Viewer, topic_ids: Collection[int]) -> set[int]:
    """Those of the topics that the viewer may see."""
    return set(session.scalars(select(Topic.id).where(Topic.id.in_(topic_ids), visible_to(viewer))))


def viewer_of(user_id: int | None) -> Viewer | None:
    """A member, or a guest, with the rights of this moment; nothing for who may not come in."""
    viewer: Viewer = Guest()
    if user_id is not None:
        user = session.get(User, user_id, populate_existing=True)
        if user is None or account_policies.is_suspended(user):
            return None
        viewer = accounts.with_groups(user)
    viewer.categories_version = None
    categories.load_rights(viewer)
    return viewer


def live_session_ids(session_ids: Collection[int]) -> set[int]:
    """Those of the sign-ins that are still good."""
    return set(
        session.scalars(
            select(UserSession.id).where(
                UserSession.id.in_(session_ids), UserSession.expires_at > clock.now()
            )
        )
    )


def is_listed(topic_id: int) -> bool:
    """Whether lists show the topic, or did until it was deleted, to all who see its category."""
    return bool(session.scalar(select(Topic.id).where(Topic.id == topic_id, Topic.listed)))


def moves_topic_up(post_id: int) -> bool:
    """Whether lists show the topic of a post, and the post is more than a line about an act."""
    return bool(
        session.scalar(
            select(Post.id)
            .join(Topic, Topic.id == Post.topic_id)
            .where(
                Post.id == post_id,
                Post.kind == "regular",
                Topic.listed,
                Topic.deleted_at.is_(None),
            )
        )
    )
