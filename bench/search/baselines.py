"""What the forum is compared with: SQLite's FTS5, and BM25 as the textbook has it.

Each is asked with one document a post and with one a topic.
"""

import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import islice
from math import log
from pathlib import Path

from bench.search.metrics import DEPTH
from bench.search.words import folded_words
from forum.search.backend import FOLDED, Document

K1, B = 1.2, 0.75
TITLE_WEIGHT, BODY_WEIGHT = 5.0, 1.0
# Posts read for fifty topics.
POSTS = 1_000
# A topic, and those of its posts that are shown.
Found = tuple[int, Sequence[int]]


class Fts5:
    """SQLite's full text search: any of the words, the title weighted."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path)

    @classmethod
    def build(cls, path: Path, documents: Iterable[Document]) -> "Fts5":
        """A table of posts and one of topics."""
        path.unlink(missing_ok=True)
        made = cls(path)
        for table in ("posts", "topics"):
            made.connection.execute(
                f"CREATE VIRTUAL TABLE {table} USING fts5(title, body, "
                "tokenize = 'unicode61 remove_diacritics 2')"
            )
        made.connection.execute("CREATE TABLE topic_of (post INTEGER PRIMARY KEY, topic INTEGER)")
        for name, rows in (
            ("posts", ((d.id, d.title, d.text) for d in documents)),
            ("topics", _topics(documents)),
        ):
            made.connection.executemany(
                f"INSERT INTO {name} (rowid, title, body) VALUES (?, ?, ?)", rows
            )
        made.connection.executemany(
            "INSERT INTO topic_of VALUES (?, ?)", ((d.id, d.topic_id) for d in documents)
        )
        made.connection.commit()
        return made

    def by_post(self, query: str) -> list[Found]:
        """Topics by their best post."""
        return _folded(
            self.connection.execute(
                f"SELECT topic, post FROM (SELECT rowid, bm25(posts, {TITLE_WEIGHT}, {BODY_WEIGHT}) "
                f"AS score FROM posts WHERE posts MATCH ? ORDER BY score LIMIT {POSTS}) AS found "
                "JOIN topic_of ON post = found.rowid ORDER BY score",
                (_any_of(query),),
            )
        )

    def by_topic(self, query: str) -> list[Found]:
        """Topics as one document each."""
        rows = self.connection.execute(
            "SELECT rowid FROM topics WHERE topics MATCH ? "
            f"ORDER BY bm25(topics, {TITLE_WEIGHT}, {BODY_WEIGHT}) LIMIT {DEPTH}",
            (_any_of(query),),
        )
        return [(row[0], ()) for row in rows]


class Bm25:
    """Okapi BM25 over small letters without accents; title and text are one text."""

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        self.ids: list[int] = []
        self.lengths: list[int] = []
        self.places: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self.counts: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for place, (id_, text) in enumerate(texts):
            words = folded_words(text)
            self.ids.append(id_)
            self.lengths.append(len(words))
            for word, count in Counter(words).items():
                self.places[word].append(place)
                self.counts[word].append(count)
        mean = sum(self.lengths) / max(1, len(self.lengths))
        self.norms = [K1 * (1 - B + B * length / mean) for length in self.lengths]

    def best(self, query: str, most: int) -> list[int]:
        """The ids of the best documents."""
        scores: dict[int, float] = defaultdict(float)
        for word in dict.fromkeys(folded_words(query)):
            places = self.places.get(word, ())
            rarity = log(1 + (len(self.ids) - len(places) + 0.5) / (len(places) + 0.5))
            for place, count in zip(places, self.counts.get(word, ()), strict=True):
                scores[place] += rarity * count * (K1 + 1) / (count + self.norms[place])
        best = nlargest(most, scores.items(), key=lambda item: (item[1], -item[0]))
        return [self.ids[place] for place, _score in best]


class PlainBm25:
    """BM25 over posts, and over topics."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.topic_of = {d.id: d.topic_id for d in documents}
        self.posts = Bm25((d.id, f"{d.title} {d.text}") for d in documents)
        self.topics = Bm25((id_, f"{title} {text}") for id_, title, text in _topics(documents))

    def by_post(self, query: str) -> list[Found]:
        """Topics by their best post."""
        return _folded((self.topic_of[id_], id_) for id_ in self.posts.best(query, POSTS))

    def by_topic(self, query: str) -> list[Found]:
        """Topics as one document each."""
        return [(id_, ()) for id_ in self.topics.best(query, DEPTH)]


def _any_of(query: str) -> str:
    return " OR ".join(f'"{word}"' for word in dict.fromkeys(folded_words(query)))


def _topics(documents: Iterable[Document]) -> Iterator[tuple[int, str, str]]:
    """Each topic with its title and all it holds."""
    titles: dict[int, str] = {}
    texts: dict[int, list[str]] = defaultdict(list)
    for document in documents:
        titles[document.topic_id] = document.title
        texts[document.topic_id].append(document.text)
    for topic_id, title in titles.items():
        yield topic_id, title, "\n".join(texts[topic_id])


def _folded(rows: Iterable[tuple[int, int]]) -> list[Found]:
    """Posts, best first, as topics with the best posts of each."""
    topics: dict[int, list[int]] = {}
    for topic_id, post_id in rows:
        posts = topics.setdefault(topic_id, [])
        if len(posts) <= FOLDED:
            posts.append(post_id)
    return list(islice(topics.items(), DEPTH))
