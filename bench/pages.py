"""What pages cost: processor time of the server for each, in rounds beside the empty page."""

import sqlite3
import statistics
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import cycle, islice, repeat
from typing import Any
from urllib.parse import quote_plus

from bench.browser import Browser
from bench.community import MANY, READER
from bench.servers import Server
from bench.words import NAMES

GUEST, MEMBER = 7.0, 18.0  # what a page may cost, in empty pages
READ_OFTEN = 30  # topics asked for again and again, as those of a day are
EMPTY_FOR_ONE = 8  # empty pages asked for beside each page
# What people look for: words of which few posts have one, some of them with something more.
SEARCHES = [*NAMES[5:2000:200], *(f"{name} @writer-1" for name in NAMES[8:60:20]),
            *(f"certificate {name}" for name in NAMES[20:400:80]), f'"see {NAMES[2]}"']  # fmt: skip


@dataclass
class Page:
    """A page to measure, who asks for it, and what each round gave."""

    name: str
    who: str
    paths: Iterator[str]
    target: float | None = None
    milliseconds: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """Medians of the rounds, and how far the rounds lie apart."""
        return {
            "page": self.name,
            "who": self.who,
            "cpu_ms": round(statistics.median(self.milliseconds), 2),
            "ratio": round(statistics.median(self.ratios), 1),
            "lowest": round(min(self.ratios), 1),
            "highest": round(max(self.ratios), 1),
            "target": self.target,
        }


def chosen(forum: Server) -> list[Page]:
    """The pages, with topics of at least a page full that a guest may read."""
    topics = full_topics(forum)
    often, others = topics[:READ_OFTEN], topics[READ_OFTEN:] or topics
    searches = [f"/search?q={quote_plus(words)}" for words in SEARCHES]
    once = [f"/search?q={name}" for name in NAMES[1::2]]
    return [
        Page("topic, 20 posts", "guest", cycle(often), GUEST),
        Page("latest", "guest", cycle(["/latest"]), GUEST),
        Page("search", "guest", cycle(searches), GUEST),
        Page("front page", "guest", cycle(["/"])),
        Page("search, each asked for once", "guest", cycle(once)),
        Page("topic, each asked for once", "guest", cycle(others)),
        Page("topic, 20 posts", "member", cycle(often), MEMBER),
        Page("latest", "member", cycle(["/latest"]), MEMBER),
        Page("search", "member", cycle(searches), MEMBER),
        Page("search, a word of every fourth post", "member", cycle(["/search?q=certificate"])),
        Page("front page", "member", cycle(["/"])),
        Page("tag, 30 topics", "member", cycle([f"/tag/{MANY}"])),
    ]


def measure(
    forum: Server, empty: Server, pages: list[Page], *, rounds: int, requests: int
) -> list[dict[str, Any]]:
    """The empty page, then each page, in turn so that all share the machine's moods."""
    browsers = {"guest": Browser(forum.port), "member": Browser(forum.port, READER)}
    nothing = Browser(empty.port)
    base: list[float] = []
    for number in range(rounds + 1):
        warming_up = number == 0
        cost = _cost(empty, nothing, repeat("/"), requests * EMPTY_FOR_ONE)
        if not warming_up:
            base.append(cost)
        for page in pages:
            spent = _cost(forum, browsers[page.who], page.paths, requests)
            if not warming_up:
                page.milliseconds.append(spent)
                page.ratios.append(spent / cost)
    empty_page = {"page": "empty Flask page", "who": "", "ratio": 1.0}
    return [
        empty_page | {"cpu_ms": round(statistics.median(base), 3)},
        *(page.figures() for page in pages),
    ]


def full_topics(forum: Server) -> list[str]:
    """Addresses of topics with a page full of posts, open to all."""
    with closing(sqlite3.connect(forum.folder / "forum.db")) as database:
        rows = database.execute(
            "SELECT slug, id FROM topic WHERE posts_count >= 20 AND category_id < 8 ORDER BY id"
        ).fetchall()
    return [f"/t/{slug}/{topic_id}" for slug, topic_id in rows]


def _cost(server: Server, browser: Browser, paths: Iterator[str], requests: int) -> float:
    """Milliseconds of the server's processor for a request."""
    browser.connect_anew()  # the server may have closed a connection that waited for its turn
    before = server.cpu_seconds()
    for path in islice(paths, requests):
        browser.get(path)
    return (server.cpu_seconds() - before) * 1000 / requests
