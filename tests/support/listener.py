"""An open page of one person, as far as it hears: a socket beside the browser that opened it."""

from typing import Any

from flask import Flask

from forum.realtime.gateway import server
from tests.support.visitor import Visitor


class Listener:
    """Joins rooms and hears rings; each act runs in an empty context, as in a server."""

    def __init__(self, app: Flask, browser: Visitor, *rooms: str) -> None:
        self.browser = browser
        self._do = browser.in_empty_context
        self._socket = self._do(lambda: server.test_client(app, flask_test_client=browser.client))
        self._heard: list[dict[str, Any]] = []
        if rooms:
            self.join(*rooms)

    @property
    def connected(self) -> bool:
        return bool(self._socket.is_connected())

    def emit(self, name: str, *content: Any) -> Any:
        """Say anything at all; gives what the server answers."""
        return self._do(lambda: self._socket.emit(name, *content, callback=True))

    def join(self, *rooms: str) -> dict[str, Any]:
        """Ask for rooms, without a last number; gives the answer for each."""
        answer = self.emit("join", {"rooms": dict.fromkeys(rooms)})
        return dict(answer["rooms"])

    def catch_up(self, room: str, last: Any) -> dict[str, Any]:
        """Ask for a room from after a number."""
        return dict(self.emit("join", {"rooms": {room: last}})["rooms"][room])

    def leave(self, *rooms: str) -> None:
        self.emit("leave", {"rooms": list(rooms)})

    def hang_up(self) -> None:
        self._do(self._socket.disconnect)

    @property
    def rings(self) -> list[dict[str, Any]]:
        """Every ring heard so far, oldest first."""
        return self._received("ring")

    @property
    def moved_out_of(self) -> list[str]:
        """The rooms the server took this socket out of."""
        return [told["room"] for told in self._received("moved")]

    def names(self, room: str) -> list[str]:
        """What rang in a room."""
        return [ring["name"] for ring in self.rings if ring["room"] == room]

    def _received(self, name: str) -> list[dict[str, Any]]:
        # Read from the queue itself: what came before the connection ended counts too.
        return [told["args"][0] for told in self._socket.queue if told["name"] == name]
