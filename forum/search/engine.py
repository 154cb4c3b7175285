"""The index in use, and what answers when there is none.

The index is a cache that can always be made from the database. Whatever goes wrong with it,
people get an answer; when its files are not what was written they are dropped, and the writer
builds them anew.
"""

import logging
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from forum.search import shelf
from forum.search.backend import Counts, Damaged, Finder, Hits
from forum.search.backends.database import DatabaseFinder
from forum.search.backends.whoosh import WhooshBackend
from forum.search.question import Question

log = logging.getLogger(__name__)

T = TypeVar("T")

_open: dict[Path, WhooshBackend] = {}
_opening = threading.Lock()


@dataclass(frozen=True)
class Answer:
    """What was found; `complete` says whether the index was asked, or only the database."""

    hits: Hits
    complete: bool


# Two processes that share an open file move each other's place in it.
os.register_at_fork(after_in_child=_open.clear)


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


def _asked(ask: Callable[[Finder], T]) -> tuple[T, bool]:
    """What a finder says: the index, or else the database, and whether it was the index."""
    folder = shelf.current()
    if folder is not None:
        try:
            return ask(backend(folder)), True
        except Exception as error:  # noqa: BLE001 - it may hold anything, and people wait
            if shelf.current() not in (folder, None):  # swapped meanwhile
                return _asked(ask)
            _suspect(folder, error)
    return ask(DatabaseFinder()), False


def backend(folder: Path) -> WhooshBackend:
    """The generation in a folder, opened once a process."""
    with _opening:
        if folder not in _open:
            for other in [*_open]:
                if not other.exists():
                    _open.pop(other).close()
            _open[folder] = WhooshBackend(folder)
        return _open[folder]


def close() -> None:
    """Let go of every generation, as when a process ends."""
    with _opening:
        while _open:
            _open.popitem()[1].close()


def drop(folder: Path, error: BaseException) -> None:
    """Use an index no more that is not what was written."""
    log.error("The search index is dropped and will be built anew: %s", error)
    with _opening:
        if folder in _open:
            _open.pop(folder).close()
    shelf.drop(folder)


def _suspect(folder: Path, error: Exception) -> None:
    """Drop an index whose files are wrong; if they are right, the fault lies in asking."""
    try:
        backend(folder).check()
    except Damaged as damage:
        drop(folder, damage)
    else:
        log.error("The search index is sound but could not answer", exc_info=error)
