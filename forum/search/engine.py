"""The engine and its index in use, and what answers when there is none.

The index is a cache that can always be made from the database. Whatever goes wrong with it,
people get an answer; when it is not what was written it is dropped, and the writer builds it anew.
"""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from forum.config import config
from forum.search.backend import Counts, Damaged, Finder, Hits
from forum.search.backends.database import DatabaseFinder
from forum.search.backends.folders import FolderShelf
from forum.search.backends.postgres.schemas import SchemaShelf
from forum.search.question import Question
from forum.search.shelf import Generation, Shelf

log = logging.getLogger(__name__)

T = TypeVar("T")

SHELVES: dict[str, Shelf] = {"whoosh": FolderShelf(), "postgres": SchemaShelf()}


@dataclass(frozen=True)
class Answer:
    """What was found; `complete` says whether the index was asked, or only the database."""

    hits: Hits
    complete: bool


def shelf() -> Shelf:
    """The shelf of the engine that this site searches with."""
    return SHELVES[config().search_by]


def current() -> Generation | None:
    """The index in use; None when there is none and one must be built."""
    return shelf().current()


def ask(question: Question) -> Answer:
    """An answer, from the index if there is one in order."""
    hits, complete = _asked(lambda finder: finder.search(question))
    return Answer(hits, complete=complete)


def count(question: Question) -> Counts:
    """How many topics have each value of each facet."""
    return _asked(lambda finder: finder.count(question))[0]


def alike(word: str, most: int) -> Sequence[str]:
    """Words of the index that a mistyped one may have meant, visible or not."""
    return _asked(lambda finder: finder.alike(word, most))[0]


def side_by_side(words: Sequence[str], post_ids: Collection[int]) -> Mapping[int, int]:
    """How many neighbours among some words are neighbours in these posts."""
    return _asked(lambda finder: finder.side_by_side(words, post_ids))[0]


def close() -> None:
    """Let go of every generation, as when a process ends."""
    for one in SHELVES.values():
        one.close()


def drop(generation: Generation, error: BaseException) -> None:
    """Use an index no more that is not what was written."""
    log.error("The search index is dropped and will be built anew: %s", error)
    shelf().drop(generation)


def _asked(ask: Callable[[Finder], T]) -> tuple[T, bool]:
    """What a finder says: the index, or else the database, and whether it was the index."""
    index = current()
    if index is not None:
        try:
            return ask(index), True
        except Exception as error:  # noqa: BLE001 - it may hold anything, and people wait
            if current() not in (index, None):  # swapped meanwhile
                return _asked(ask)
            _suspect(index, error)
    return ask(DatabaseFinder()), False


def _suspect(index: Generation, error: Exception) -> None:
    """Drop an index that is not what was written; if it is, the fault lies in asking."""
    try:
        index.check()
    except Damaged as damage:
        drop(index, damage)
    else:
        log.error("The search index is sound but could not answer", exc_info=error)
