"""Who listens in this process: each socket with its member, its sign-in and its rooms."""

import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from forum.realtime.settings import ROOMS_PER_SOCKET, SOCKETS_PER_MEMBER


@dataclass
class Listener:
    """A socket. `rooms` holds those it is in and those it has asked for; replaced, never changed."""

    sid: str
    user_id: int | None = None
    session_id: int | None = None
    rooms: frozenset[str] = frozenset()


class Listeners:
    """The register of sockets, safe to use from many threads.

    A room is entered in two steps: it is asked for, then the right is checked, then it is entered.
    Whoever takes a right away in between finds the socket here and makes it leave, so that the
    second step fails.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, Listener] = {}
        self._present: dict[str, set[str]] = defaultdict(set)

    def add(self, listener: Listener) -> bool:
        """Take a socket in, unless it is known or its member has too many."""
        with self._lock:
            if listener.sid in self._known:
                return False
            if listener.user_id is not None:
                own = sum(known.user_id == listener.user_id for known in self._known.values())
                if own >= SOCKETS_PER_MEMBER:
                    return False
            self._known[listener.sid] = listener
            return True

    def remove(self, sid: str) -> frozenset[str]:
        """Forget a socket; gives the rooms it was in."""
        with self._lock:
            listener = self._known.pop(sid, None)
            rooms = listener.rooms if listener else frozenset()
            for room in rooms:
                self._step_out(sid, room)
            return rooms

    def find(self, sid: str) -> Listener | None:
        return self._known.get(sid)

    def ask(self, sid: str, rooms: Iterable[str]) -> list[str]:
        """Note which rooms a socket wants; gives those it may still ask for."""
        with self._lock:
            listener = self._known.get(sid)
            if listener is None:
                return []
            asked = []
            for room in rooms:
                if room in listener.rooms or len(listener.rooms) < ROOMS_PER_SOCKET:
                    listener.rooms |= {room}
                    asked.append(room)
            return asked

    def enter(self, sid: str, room: str) -> bool:
        """Put a socket in a room it asked for, unless it was made to leave meanwhile."""
        with self._lock:
            listener = self._known.get(sid)
            if listener is None or room not in listener.rooms:
                return False
            self._present[room].add(sid)
            return True

    def leave(self, sid: str, room: str) -> bool:
        """Take a socket out of a room; whether it was there or had asked."""
        with self._lock:
            listener = self._known.get(sid)
            if listener is None or room not in listener.rooms:
                return False
            listener.rooms -= {room}
            self._step_out(sid, room)
            return True

    def is_occupied(self, room: str) -> bool:
        return room in self._present

    def everyone(self) -> list[Listener]:
        with self._lock:
            return list(self._known.values())

    def of_user(self, user_id: int) -> list[Listener]:
        return [listener for listener in self.everyone() if listener.user_id == user_id]

    def of_session(self, session_id: int) -> list[Listener]:
        return [listener for listener in self.everyone() if listener.session_id == session_id]

    def wanting(self, room: str) -> list[Listener]:
        """Those in a room, and those about to enter."""
        return [listener for listener in self.everyone() if room in listener.rooms]

    def clear(self) -> None:
        with self._lock:
            self._known.clear()
            self._present.clear()

    def _step_out(self, sid: str, room: str) -> None:
        present = self._present.get(room)
        if present is not None:
            present.discard(sid)
            if not present:
                del self._present[room]


listeners = Listeners()
