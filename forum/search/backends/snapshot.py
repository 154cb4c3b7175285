"""The documents of an index at one moment, each by one number, in columns that are quick to read."""

import time
from array import array
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress
from typing import Any, TypeAlias

from forum.search import ranking
from forum.search.backends.layout import LISTED, Facts

Numbers: TypeAlias = "array[int]"
DAY_SECONDS = 86_400
MOST_RIGHTS_KEPT = 16


@dataclass
class Columns:
    """What is known of documents beside their words, a list for each thing."""

    id: Numbers = field(default_factory=lambda: array("q"))
    topic: Numbers = field(default_factory=lambda: array("q"))
    category: Numbers = field(default_factory=lambda: array("q"))
    author: Numbers = field(default_factory=lambda: array("q"))
    created: Numbers = field(default_factory=lambda: array("q"))
    likes: Numbers = field(default_factory=lambda: array("l"))
    year: Numbers = field(default_factory=lambda: array("h"))
    title_length: Numbers = field(default_factory=lambda: array("H"))
    body_length: Numbers = field(default_factory=lambda: array("H"))
    truths: bytearray = field(default_factory=bytearray)
    merit: "array[float]" = field(default_factory=lambda: array("f"))
    lang: list[str] = field(default_factory=list)
    shared: list[tuple[tuple[int | str, ...], ...]] = field(default_factory=list)

    @classmethod
    def of(cls, documents: Sequence[Facts]) -> "Columns":
        """The columns of documents, as of today."""
        made, today = cls(), time.time()
        known: dict[Any, Any] = {}  # equal values are kept once
        for facts in documents:
            for name in _COPIED:
                getattr(made, name).append(getattr(facts, name))
            made.shared.append(known.setdefault(facts.shared, facts.shared))
            made.lang.append(known.setdefault(facts.lang, facts.lang))
            age = (today - facts.created) / DAY_SECONDS
            made.merit.append(facts.merit * ranking.freshness(facts.kind, age))
        return made

    def extend(self, more: "Columns") -> None:
        """Put the documents of another part behind these."""
        for name in vars(self):
            getattr(self, name).extend(getattr(more, name))

    def __len__(self) -> int:
        return len(self.id)


_COPIED = (
    "id",
    "topic",
    "category",
    "author",
    "created",
    "likes",
    "year",
    "title_length",
    "body_length",
    "truths",
)


@dataclass(frozen=True)
class Rights:
    """Which documents a viewer may find, and their averages: others count for nothing."""

    # A 1 for each document that may be found.
    allowed: bytes
    count: int
    # How many of them each topic has.
    posts: Counter[int]
    title_length: float
    body_length: float


class Snapshot:
    """All parts of an index behind one another."""

    def __init__(self, parts: Sequence[Columns], deleted: Collection[int]) -> None:
        self.columns = Columns()
        for part in parts:
            self.columns.extend(part)
        self._deleted = deleted
        self._rights: dict[tuple[frozenset[int], bool], Rights] = {}

    @cached_property
    def places(self) -> dict[int, int]:
        """The number of each post's document; of one written anew, the newer."""
        return {post_id: doc for doc, post_id in enumerate(self.columns.id)}

    def rights(self, visible: frozenset[int], *, unlisted: bool) -> Rights:
        """What someone may find who sees these categories, and unlisted topics or not."""
        key = visible, unlisted
        if key not in self._rights:
            while len(self._rights) >= MOST_RIGHTS_KEPT:
                self._rights.pop(next(iter(self._rights)))
            self._rights[key] = self._measured(visible, unlisted=unlisted)
        return self._rights[key]

    def _measured(self, visible: frozenset[int], *, unlisted: bool) -> Rights:
        known = self.columns
        allowed = bytearray(map(visible.__contains__, known.category))
        if not unlisted:
            for doc in _unlisted(known.truths):
                allowed[doc] = 0
        for doc in self._deleted:
            allowed[doc] = 0
        count = sum(allowed)
        return Rights(
            bytes(allowed),
            count,
            Counter(compress(known.topic, allowed)),
            _average(known.title_length, allowed, count),
            _average(known.body_length, allowed, count),
        )


def _unlisted(truths: bytearray) -> list[int]:
    return [doc for doc, truth in enumerate(truths) if not truth & LISTED]


def _average(lengths: Sequence[int], allowed: bytes | bytearray, count: int) -> float:
    return max(1.0, sum(compress(lengths, allowed)) / count) if count else 1.0
