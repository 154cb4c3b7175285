"""Real connections to a real server: origins, floods, giants, crowds. Nothing brings it down."""

import json
import socket
import threading
import time

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from forum.config import config
from forum.realtime import door, settings
from forum.realtime.gateway import server
from forum.realtime.listeners import listeners
from tests.factories.topics import make_reply, make_topic
from tests.support.visitor import Visitor
from tests.support.websocket import WebSocket

OWN = "http://forum.test"


class Quiet(WSGIRequestHandler):
    def log(self, *_words):
        """Say nothing."""


@pytest.fixture
def port(app, cast):
    """The forum behind a server of its own."""
    for mocked in ("_send_packet", "_send_eio_packet"):  # what the test client put there
        server.server.__dict__.pop(mocked, None)
    listening = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    listening.daemon_threads = True
    thread = threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield listening.server_port
    for connection in list(server.server.eio.sockets):
        door.close(server.server, connection)
    wait_until(nobody_is_connected)
    listening.shutdown()
    listening.server_close()
    thread.join()


@pytest.fixture
def call(port):
    """A browser's connection; only its frames are ours."""
    opened = []

    def connect(*, origin=OWN, cookies="", namespace=""):
        headers = {} if origin is None else {"Origin": origin}
        headers |= {"Cookie": cookies} if cookies else {}
        line = WebSocket(port, "/socket.io/?EIO=4&transport=websocket", headers)
        opened.append(line)
        assert line.receive().startswith("0")
        if namespace is not None:
            line.send(f"40{namespace}")
            assert line.receive().startswith("4")
        return line

    yield connect
    for line in opened:
        line.close()


def nobody_is_connected() -> bool:
    return all(one.closed for one in list(server.server.eio.sockets.values()))


def wait_until(true, seconds=5.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def is_cut(line, seconds=5.0) -> bool:
    """Whether the server ends the connection; what it still says is passed over."""
    end = time.monotonic() + seconds
    while not line.closed and time.monotonic() < end:
        line.receive(0.1)
    return line.closed


def ask(line, *event):
    line.send("421" + json.dumps(event))
    answer = line.receive()
    while not answer.startswith("431"):
        answer = line.receive()
    return json.loads(answer[3:])


def test_a_page_of_ours_hears_a_reply_through_a_real_socket(app, cast, call):
    topic = make_topic(cast.ada, cast.chess_club)
    browser = Visitor(app, cast.rose)
    cookie = browser.client.get_cookie("session")
    line = call(cookies=f"session={cookie.value}")
    room = f"topic:{topic.id}"

    [answer] = ask(line, "join", {"rooms": {room: None}})
    post = make_reply(topic, cast.ada)
    heard = json.loads(line.receive()[2:])

    assert answer["rooms"][room]["ok"]
    assert heard[0] == "ring"
    assert (heard[1]["name"], heard[1]["post"]) == ("post:created", post.id)


def test_without_a_cookie_one_is_a_guest(cast, call):
    topic = make_topic(cast.ada, cast.chess_club)

    [answer] = ask(call(), "join", {"rooms": {f"topic:{topic.id}": None}})

    assert answer == {"rooms": {f"topic:{topic.id}": {"ok": False}}}


@pytest.mark.parametrize(
    "origin",
    [None, "", "null", "https://evil.example", "http://forum.test.evil.example",
     "https://forum.test", "http://forum.test:81", "file://"],
)  # fmt: skip
def test_other_origins_are_refused(port, origin):
    status, _body = knock(port, origin=origin)

    assert status == 403


@pytest.mark.parametrize("address", ["transport=polling", "transport=webtransport", "", "EIO=3"])
def test_only_websockets_are_served(port, address):
    status, _body = knock(port, query=address, upgrade=False)

    assert status == 400


def test_the_host_that_was_asked_counts_as_our_own(port):
    status, _body = knock(port, origin=f"http://127.0.0.1:{port}")

    assert status == 101


def test_a_crowd_is_refused_with_a_plain_answer(app, port, call, monkeypatch):
    monkeypatch.setattr(settings, "SOCKETS_PER_ADDRESS", 2)
    lines = [call(), call()]

    status, body = knock(port)
    lines[0].close()
    wait_until(lambda: len(listeners.everyone()) == 1)

    assert status == 503
    assert b"Retry-After" in body
    wait_until(lambda: knock(port)[0] == 101)


def test_connections_that_say_nothing_make_room(port, call, monkeypatch):
    monkeypatch.setattr(settings, "SOCKETS_PER_ADDRESS", 1)
    monkeypatch.setattr(door, "SILENT_SECONDS", 0.0)
    silent = call(namespace=None)

    first, _body = knock(port)

    assert first == 503
    assert is_cut(silent)
    wait_until(lambda: knock(port)[0] == 101)


def test_a_giant_message_ends_the_connection(call):
    line, other = call(), call()

    line.send("42" + json.dumps(["join", {"rooms": {"x" * 1_000_000: 1}}]))

    assert is_cut(line)
    assert ask(other, "join", {"rooms": {}}) == [{"rooms": {}}]


def test_a_message_without_end_is_not_waited_for(call):
    line = call()

    line.send("42" + "x" * 100_000, finished=False)

    assert is_cut(line)


@pytest.mark.parametrize("frame", ["3", "2probe", "5", '42["dance",1]', '42["join"]'])
def test_a_flood_ends_the_connection(call, monkeypatch, frame):
    monkeypatch.setattr(config(), "limits", True)
    line = call()
    other = call()

    for _ in range(2_000):
        line.send(frame)

    assert is_cut(line)
    assert ask(other, "join", {"rooms": {}}) == [{"rooms": {}}]


@pytest.mark.parametrize(
    "frame",
    ["x", "", "9", "4", "49", "42", "42[]", "42[1]", "42{}", "42nothing", '42[{"a":1}]', "42[null]",
     '42[["join"]]', '451-["join"]', "4" * 16, "43", "431[]", "44", "4" + "[" * 9_000,
     "42" + "[" * 9_000, "4๓", "b", "bAAAA", b"\x00\x01", b"", '40/other,{"a":1}', "41"],
)  # fmt: skip
def test_odd_frames_harm_nobody(call, frame):
    line, other = call(), call()

    line.send(frame)
    line.send("42" + json.dumps(["join", {"rooms": {}}]))

    assert ask(other, "join", {"rooms": {}}) == [{"rooms": {}}]


def test_another_namespace_is_refused(call):
    line = call(namespace=None)

    line.send("40/admin,")

    assert line.receive().startswith("44/admin,")
    assert listeners.everyone() == []


def test_whoever_goes_is_forgotten(call):
    line = call()
    assert len(listeners.everyone()) == 1

    line.close()

    wait_until(lambda: listeners.everyone() == [] and nobody_is_connected())


def knock(port, *, origin=OWN, query="EIO=4&transport=websocket", upgrade=True):
    """Ask for a socket by hand: the status, and the head and body of the answer."""
    head = [f"GET /socket.io/?{query} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    head += [] if origin is None else [f"Origin: {origin}"]
    if upgrade:
        head += [
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        ]
    with socket.create_connection(("127.0.0.1", port), timeout=5) as plain:
        plain.sendall(("\r\n".join(head) + "\r\n\r\n").encode())
        answer = plain.recv(4096)
    return int(answer.split()[1]), answer
