"""The door before the socket server: who may open a connection, and how much it may send.

It stands in front of the application, before any database is asked and any thread is bound: a
connection that is refused here costs one plain answer.
"""

import logging
import socket
import struct
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from engineio.async_drivers._websocket_wsgi import SimpleWebSocketWSGI
from socketio import Server
from wsproto.utilities import LocalProtocolError

from forum.config import config
from forum.realtime import settings

log = logging.getLogger(__name__)

PATH = "/socket.io/"
SILENT_SECONDS = 15.0  # within which an honest browser has said what it came for
_PATIENCE = struct.pack("ll", settings.PONG_SECONDS, 0)  # seconds and microseconds, as C has them
UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Door:
    """A WSGI application around another: refuses sockets of other sites, and those too many."""

    def __init__(self, inside: Application, server: Server, *, most: int) -> None:
        self._inside, self._server, self._most = inside, server, most
        self._lock = threading.Lock()
        self._open: Counter[str] = Counter()
        server.eio.on("message", self._hear)
        server.eio._async = {**server.eio._async, "websocket": Line}

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if not environ.get("PATH_INFO", "").startswith(PATH):
            return self._inside(environ, start)
        if not _is_ours(environ):
            return _refuse(start, "403 Forbidden", "Sockets are for the pages of this site.")
        address = environ.get("REMOTE_ADDR") or "?"
        if not self._take(address):
            self._close_silent()
            return _refuse(start, "503 Service Unavailable", "Too many listen already.")
        try:
            environ["forum.opened_at"] = time.monotonic()
            return self._inside(environ, start)  # returns when the connection ends
        finally:
            self._give_back(address)

    def _take(self, address: str) -> bool:
        with self._lock:
            if self._open.total() >= self._most:
                return False
            if self._open[address] >= settings.SOCKETS_PER_ADDRESS:
                return False
            self._open[address] += 1
            return True

    def _give_back(self, address: str) -> None:
        with self._lock:
            self._open[address] -= 1
            if not self._open[address]:
                del self._open[address]

    def _close_silent(self) -> None:
        """Make room by ending connections that hold a thread and never said anything."""
        for connection, environ in list(self._server.environ.items()):
            is_known = self._server.manager.sid_from_eio_sid(connection, "/") is not None
            opened_at = environ.get("forum.opened_at", 0.0)
            if not is_known and time.monotonic() - opened_at > SILENT_SECONDS:
                close(self._server, connection)

    def _hear(self, connection: str, message: Any) -> None:
        """Pass a message on; end a connection that says what our own scripts never say."""
        try:
            self._server._handle_eio_message(connection, message)
        except UNREADABLE:
            log.warning("Socket cut: unreadable message", exc_info=True)
            close(self._server, connection)


class Line(SimpleWebSocketWSGI):
    """A WebSocket that hangs up on who sends too much."""

    def __init__(self, listen: Any, server: Any) -> None:
        # A longer message is cut off while it arrives, not measured when it is in memory.
        super().__init__(self._listen, server, max_message_size=settings.LONGEST_MESSAGE)
        self._pass_on = listen
        self._heard: deque[float] = deque()

    def wait(self) -> Any:
        """The next frame of any kind; None ends the connection."""
        frame = super().wait()
        return None if frame is None or self._is_flooding() else frame

    def close(self) -> None:
        """Hang up without waiting for the other end to agree, or it would keep our thread."""
        with suppress(OSError, LocalProtocolError):  # gone, or hanging up at the same moment
            super().close()
        with suppress(OSError):
            self.ws.sock.shutdown(socket.SHUT_RDWR)

    def _listen(self, line: Any) -> Any:
        # Who reads nothing must not keep the thread that writes.
        self.ws.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, _PATIENCE)
        try:
            return self._pass_on(line)
        except UNREADABLE:
            log.warning("Socket cut: unreadable frame", exc_info=True)
            # `_pass_on` is a method of Engine.IO's socket, which would be left for alive.
            self._pass_on.__self__.close(wait=False)
            return []

    def _is_flooding(self) -> bool:
        if not config().limits:
            return False
        moment = time.monotonic()
        while self._heard and self._heard[0] < moment - settings.WINDOW_SECONDS:
            self._heard.popleft()
        self._heard.append(moment)
        return len(self._heard) > settings.MOST_MESSAGES


def close(server: Server, connection: str | None) -> None:
    """End a connection without waiting for its other end to listen."""
    known = server.eio.sockets.get(connection)
    if known is not None and not known.closed:
        known.close(wait=False)


def _is_ours(environ: dict[str, Any]) -> bool:
    """Browsers name the site a page comes from; whoever names none is no browser of ours."""
    own = f"{environ.get('wsgi.url_scheme')}://{environ.get('HTTP_HOST')}"
    return environ.get("HTTP_ORIGIN") in {own, config().base_url}


def _refuse(start: Callable[..., Any], status: str, why: str) -> Iterable[bytes]:
    body = why.encode()
    start(
        status,
        [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("Retry-After", "30"),
        ],
    )
    return [body]
