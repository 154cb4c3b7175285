"""The socket server. `ring()` gives each event its room's next number, keeps it, then tells it."""

import logging
import threading
from functools import partial
from typing import Any

from engineio.exceptions import SocketIsClosedError
from flask import Flask
from flask_socketio import SocketIO
from sqlalchemy import insert, text

from forum.config import config
from forum.core import clock
from forum.core.database import after_commit, session
from forum.realtime import door, queries, rooms, settings
from forum.realtime.listeners import listeners
from forum.realtime.models import RoomEvent

log = logging.getLogger(__name__)

server = SocketIO()

# One statement that is the same on both databases. The row stays locked until the commit, so the
# numbers of a room are kept in their order and without gaps.
_NEXT_NUMBER = text(
    "INSERT INTO room (name, number) VALUES (:room, 1) "
    "ON CONFLICT (name) DO UPDATE SET number = room.number + 1 RETURNING number"
)
_RESERVED = {"room", "number", "name"}

# Rings are told in the order of their numbers, whichever thread was first to commit. A thread that
# finds a dead socket while telling also forgets it, hence the lock that may be taken twice.
_in_order = threading.RLock()
_told: dict[str, int] = {}


def init_app(app: Flask) -> None:
    """Answer sockets in front of the application. Only WebSocket, only from our own pages."""
    server.init_app(
        app,
        async_mode="threading",
        async_handlers=False,  # a flood waits in its own socket's thread instead of starting many
        transports=["websocket"],
        allow_upgrades=False,
        cors_allowed_origins=[],  # the door asks for the origin, also where there is none
        manage_session=False,
        max_http_buffer_size=settings.LONGEST_MESSAGE,
        ping_interval=settings.PING_SECONDS,
        ping_timeout=settings.PONG_SECONDS,
    )
    app.jinja_env.globals["room_number"] = queries.number
    listeners.clear()
    _told.clear()
    most = max(1, int(config().threads * settings.SHARE_OF_THREADS))
    guarded = door.Door(app.wsgi_app, server.server, most=most)
    app.wsgi_app = guarded  # type: ignore[assignment,method-assign]


def ring(room: str, name: str, **ids: int) -> int:
    """Tell a room that something happened, once the unit of work is kept; gives the number.

    Ids and counters only, never text. A ring without a room is an error: it must not reach
    everyone by mistake.
    """
    if rooms.read(room) is None:
        raise ValueError(f"A ring needs a room, not {room!r}.")
    if _RESERVED & ids.keys() or not all(isinstance(value, int) for value in ids.values()):
        raise ValueError(f"A ring tells ids and counters only: {ids}.")
    after_commit(partial(tell, room))
    number: int = session.execute(_NEXT_NUMBER, {"room": room}).scalar_one()
    session.execute(
        insert(RoomEvent).values(
            room=room, number=number, name=name, content=ids, created_at=clock.now()
        )
    )
    return number


def tell(room: str) -> None:
    """Send what rang in a room since it was last told here, if anyone of this process is in it."""
    if not listeners.is_occupied(room):
        return
    try:
        with _in_order:
            # Read back rather than remembered: what a failing handler undid was never kept.
            for event in queries.events_after(room, _told.get(room, 0)):
                _told[room] = event["number"]
                _send({"room": room, **event}, to=room)
            _forget_if_empty(room)
    except Exception:
        # The act itself is done and kept; whoever missed the ring finds a number missing and asks.
        log.exception("Room %s not told", room)


def enter(sid: str, lasts: dict[str, int | None]) -> dict[str, queries.Missed]:
    """Put a socket in rooms it asked for and may join; gives what it missed in each.

    A room that it was made to leave in the meantime is not in the answer.
    """
    with _in_order:
        entered = [room for room in lasts if listeners.enter(sid, room)]
        for room in entered:
            server.server.enter_room(sid, room)
        found = queries.missed({room: lasts[room] for room in entered})
        for room, missed in found.items():
            _told.setdefault(room, missed.number)
    return found


def leave(sid: str, room: str) -> bool:
    """Take a socket out of a room, or of its way there; whether there was anything to take."""
    with _in_order:
        left = listeners.leave(sid, room)
        if left:
            server.server.leave_room(sid, room)
            _forget_if_empty(room)
    return left


def forget(sid: str) -> None:
    """A socket is gone."""
    with _in_order:
        for room in listeners.remove(sid):
            server.server.leave_room(sid, room)
            _forget_if_empty(room)


def put_out(sid: str, room: str) -> None:
    """Make a socket leave a room at once, and tell it so."""
    if leave(sid, room):
        server.emit("moved", {"room": room}, to=sid)


def cut(sid: str) -> None:
    """End a connection at once, whatever its other end does."""
    connection = server.server.manager.eio_sid_from_sid(sid, "/")
    server.server.disconnect(sid)
    door.close(server.server, connection)


def _send(message: dict[str, Any], *, to: str) -> None:
    try:
        server.emit("ring", message, to=to)
    except SocketIsClosedError:
        # One closed just now, and those after it have not heard. It is known to be closed by the
        # second time, and who hears a number twice passes over it.
        server.emit("ring", message, to=to)


def _forget_if_empty(room: str) -> None:
    if not listeners.is_occupied(room):
        _told.pop(room, None)
