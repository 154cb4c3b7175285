"""A WebSocket in the hands of a test: it sends what it likes, honest or not."""

import socket
import time
from contextlib import suppress
from typing import Any

from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    AcceptConnection,
    BytesMessage,
    CloseConnection,
    Ping,
    Request,
    TextMessage,
)
from wsproto.utilities import LocalProtocolError


class WebSocket:
    """One connection. `closed` once the other end hung up."""

    def __init__(self, port: int, path: str, headers: dict[str, str]) -> None:
        self.closed = False
        self._messages: list[Any] = []
        self._protocol = WSConnection(ConnectionType.CLIENT)
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=5)
        extra = [(name.encode(), value.encode()) for name, value in headers.items()]
        self._send(Request(host=f"127.0.0.1:{port}", target=path, extra_headers=extra))

    def send(self, message: str | bytes, *, finished: bool = True) -> None:
        """Send a text or, from bytes, a binary message; nothing once the line is dead.

        Of a message that is not finished, more is to come.
        """
        event = TextMessage if isinstance(message, str) else BytesMessage
        with suppress(OSError, LocalProtocolError):
            self._send(event(data=message, message_finished=finished))  # type: ignore[arg-type]

    def receive(self, seconds: float = 5.0) -> Any:
        """The next message; None when there is none in time, or no line any more."""
        end = time.monotonic() + seconds
        while not self._messages and not self.closed and time.monotonic() < end:
            self._read(max(0.01, end - time.monotonic()))
        return self._messages.pop(0) if self._messages else None

    def close(self) -> None:
        with suppress(OSError, LocalProtocolError):
            self._send(CloseConnection(code=1000))
        self._socket.close()
        self.closed = True

    def _read(self, seconds: float) -> None:
        self._socket.settimeout(seconds)
        try:
            received = self._socket.recv(65_536)
        except TimeoutError:
            return
        except OSError:
            received = b""
        self._protocol.receive_data(received or None)
        for event in self._protocol.events():
            self._take(event)
        self.closed = self.closed or not received

    def _take(self, event: Any) -> None:
        match event:
            case TextMessage() | BytesMessage():
                self._messages.append(event.data)
            case Ping():
                self._send(event.response())
            case CloseConnection():
                self.closed = True
            case AcceptConnection():
                return

    def _send(self, event: Any) -> None:
        self._socket.settimeout(5)
        self._socket.sendall(self._protocol.send(event))
