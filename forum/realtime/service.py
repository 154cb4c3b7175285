"""Taking listeners out of rooms when they lose a right, and throwing away old rings."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import delete, select

from forum.core import clock
from forum.core.database import session
from forum.realtime import gateway, queries, rooms, settings
from forum.realtime.listeners import Listener, listeners
from forum.realtime.models import Room, RoomEvent


def look_again(at: Iterable[Listener]) -> None:
    """Ask anew who may be in the rooms he is in; put out who may not, cut who may not come in."""
    by_member: dict[int | None, list[Listener]] = defaultdict(list)
    for listener in at:
        by_member[listener.user_id].append(listener)
    for user_id, own in by_member.items():
        viewer = queries.viewer_of(user_id)
        if viewer is None:
            cut(own)
            continue
        allowed = rooms.joinable(viewer, set[str]().union(*(listener.rooms for listener in own)))
        for listener in own:
            for room in sorted(listener.rooms - allowed):
                gateway.put_out(listener.sid, room)


def cut(those: Iterable[Listener]) -> None:
    """End connections at once."""
    for listener in those:
        gateway.cut(listener.sid)


def look_again_at_everyone() -> None:
    """Find what changed without word of it: sign-ins that expired, acts of another process."""
    signed_in = [known for known in listeners.everyone() if known.session_id is not None]
    if signed_in:
        live = queries.live_session_ids({known.session_id or 0 for known in signed_in})
        cut(known for known in signed_in if known.session_id not in live)
    look_again(listeners.everyone())


def throw_away_old() -> int:
    """Forget rings that nobody will ask for; numbers go on rising. Gives how many."""
    age = RoomEvent.created_at < clock.now() - timedelta(days=settings.KEEP_DAYS())
    latest = select(Room.number).where(Room.name == RoomEvent.room).scalar_subquery()
    surplus = RoomEvent.number <= latest - settings.KEEP_EVENTS()
    gone = session.execute(
        delete(RoomEvent).where(age | surplus).execution_options(synchronize_session=False)
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]
