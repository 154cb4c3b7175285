"""Eight members answer at once: how many replies a second, at what cost, and is each one kept?"""

import json
import sqlite3
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from typing import Any
from uuid import uuid4

from bench.browser import Browser
from bench.community import WRITERS
from bench.pages import full_topics
from bench.servers import Server

RATIO, A_SECOND = 35.0, 50.0
INDEX_SECONDS = 60


class Client(threading.Thread):
    """One member, who answers topic after topic and notes what was acknowledged."""

    def __init__(self, forum: Server, name: str, topics: Sequence[str], replies: int) -> None:
        super().__init__()
        self.browser = Browser(forum.port, name)
        self.name_of_writer, self.topics, self.replies = name, topics, replies
        self.acknowledged: list[int] = []
        self.refused = 0

    def run(self) -> None:
        """Send the replies, each once."""
        for number in range(self.replies):
            path = self.topics[number % len(self.topics)].rpartition("/")[2]
            text = f"Reply {number} of {self.name_of_writer}: we tried **both ways** and kept the first one."
            form = {
                "raw": f"{text}\n\nIt took a week; the form was the longest part.",
                "key": f"bench-{uuid4().hex}",
            }
            status, body = self.browser.post(f"/t/{path}/reply", form)
            if status == 200:
                self.acknowledged.append(json.loads(body)["post"])
            else:
                self.refused += 1


def measure(forum: Server, empty_ms: float, replies: int) -> dict[str, Any]:
    """Replies a second, processor time of each in empty pages, and what became of them."""
    topics = full_topics(forum)[:200]
    share = replies // len(WRITERS)
    clients = [
        Client(forum, name, topics[place :: len(WRITERS)] or topics, share)
        for place, name in enumerate(WRITERS)
    ]
    time.sleep(1)
    cpu, began = forum.cpu_seconds(), time.perf_counter()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    seconds, spent = time.perf_counter() - began, forum.cpu_seconds() - cpu
    indexed = _wait_for_index(forum)
    spent_with_index = forum.cpu_seconds() - cpu
    acknowledged = {post_id for client in clients for post_id in client.acknowledged}
    count = len(acknowledged) or 1
    return {
        "clients": len(clients),
        "acknowledged": len(acknowledged),
        "refused": sum(client.refused for client in clients),
        "lost": len(acknowledged - _kept(forum)),
        "a_second": round(len(acknowledged) / seconds, 1),
        "cpu_ms": round(spent * 1000 / count, 2),
        "ratio": round(spent * 1000 / count / empty_ms, 1),
        "ratio_with_index": round(spent_with_index * 1000 / count / empty_ms, 1),
        "seconds_until_indexed": round(indexed, 1),
        "target_ratio": RATIO,
        "target_a_second": A_SECOND,
    }


def _kept(forum: Server) -> set[int]:
    with closing(sqlite3.connect(forum.folder / "forum.db")) as database:
        rows = database.execute("SELECT id FROM post WHERE submit_key LIKE 'bench-%'")
        return {row[0] for row in rows}


def _wait_for_index(forum: Server) -> float:
    """Seconds until nothing waits to be indexed."""
    began = time.monotonic()
    while time.monotonic() - began < INDEX_SECONDS:
        with closing(sqlite3.connect(forum.folder / "forum.db")) as database:
            waiting = database.execute("SELECT count(*) FROM outbox WHERE consumer = 'search'")
            if not waiting.fetchone()[0]:
                break
        time.sleep(0.2)
    return time.monotonic() - began
