"""What a browser may say over its socket: connect, join, leave."""

from typing import Any

from flask import request

from forum.core.database import session
from forum.realtime import gateway, rooms
from forum.realtime.gateway import server
from forum.realtime.listeners import Listener, listeners
from forum.realtime.queries import Missed
from forum.realtime.settings import ROOMS_PER_SOCKET
from forum.web.guards import viewer

Answer = dict[str, dict[str, Any]]


@server.on("connect")
def connect(_said: object = None) -> bool:
    """Take the socket in, as its member's or as a guest's; False refuses it."""
    if _is_pretended():
        return True
    person = viewer()
    session_id = None if person.own_session is None else person.own_session.id
    return listeners.add(Listener(_sid(), person.id, session_id))


@server.on("disconnect")
def disconnect(_reason: object = None) -> None:
    """Forget the socket."""
    if not _is_pretended():
        gateway.forget(_sid())


@server.on("join")
def join(*said: object) -> Answer:
    """Enter rooms, and learn what rang there since the last number heard.

    The viewer is recognised now, not as he was when he connected; and the rooms are noted before
    his rights are read, so that whoever takes one away in the meantime finds him.
    """
    sid, wanted = _sid(), _wanted(said)
    asked = listeners.ask(sid, [room for room in wanted if rooms.read(room)])
    person, listener = viewer(), listeners.find(sid)
    if listener is None or listener.user_id != person.id:
        gateway.cut(sid)
        return {"rooms": {}}
    allowed = rooms.joinable(person, asked)
    session.remove()  # gives its connection back before waiting for a turn
    for room in set(asked) - allowed:
        gateway.leave(sid, room)
    entered = gateway.enter(sid, {room: wanted[room] for room in asked if room in allowed})
    return {"rooms": {room: _answer(entered.get(room)) for room in wanted}}


@server.on("leave")
def leave(*said: object) -> None:
    """Hear no more of some rooms."""
    names = said[0].get("rooms") if said and isinstance(said[0], dict) else None
    for name in names[:ROOMS_PER_SOCKET] if isinstance(names, list) else ():
        if rooms.read(name):
            gateway.leave(_sid(), name)


def _wanted(said: tuple[object, ...]) -> dict[str, int | None]:
    """Room to last number heard, as far as what was said can be read."""
    lasts = said[0].get("rooms") if said and isinstance(said[0], dict) else None
    if not isinstance(lasts, dict):
        return {}
    named = [(room, last) for room, last in lasts.items() if isinstance(room, str)]
    return {room: _number(last) for room, last in named[:ROOMS_PER_SOCKET]}


def _number(said: object) -> int | None:
    is_number = isinstance(said, int) and not isinstance(said, bool)
    return said if is_number and 0 <= said < 2**53 else None  # type: ignore[operator,return-value]


def _answer(missed: Missed | None) -> dict[str, Any]:
    if missed is None:
        return {"ok": False}
    return {
        "ok": True,
        "number": missed.number,
        "missed": missed.events,
        "reload": missed.reload,
    }


def _sid() -> str:
    return request.sid  # type: ignore[attr-defined]


def _is_pretended() -> bool:
    """Whether a connected browser merely sent an event of that name, to be forgotten or reset."""
    return bool(server.server.manager.is_connected(_sid(), "/"))
