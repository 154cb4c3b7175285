"""Building the index anew, beside the one in use, then swapping. People search all the while."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from forum.core.database import end_reading
from forum.search import documents, engine, progress, queueing, shelf
from forum.search.backend import Damaged
from forum.search.shelf import Generation

# A segment of the new index: few and large ones are quick to search.
SEGMENT = 20_000
SWAP_WAIT_SECONDS = 120


class Busy(Exception):
    """Another process is building the index already."""


@dataclass(frozen=True)
class Report:
    """What was built, and what the index before it had wrong: nothing, on a healthy site."""

    documents: int
    seconds: float
    missing: int = 0
    surplus: int = 0


@dataclass(frozen=True)
class State:
    """Whether the index in use can be read, and how many documents it holds."""

    readable: bool
    documents: int


def rebuild() -> Report:
    """Build from the database and swap; raises `Busy` when another process is building."""
    with shelf.locked(shelf.BUILDER) as free:
        if not free:
            raise Busy("The search index is being built by another process.")
        with progress.told() as tell:
            return _rebuild(tell)


def note(post_ids: Collection[int]) -> None:
    """Tell a rebuild that may be going on that these posts were indexed beside it."""
    if _changed().exists():
        with _changed().open("a") as file:
            file.writelines(f"{post_id}\n" for post_id in post_ids)


def state() -> State:
    """How the index in use is."""
    index = engine.current()
    if index is None:
        return State(readable=False, documents=0)
    try:
        index.check()
        return State(readable=True, documents=sum(1 for _id in index.ids()))
    except Damaged:
        return State(readable=False, documents=0)


def _rebuild(tell: Callable[[int], None]) -> Report:
    began = time.monotonic()
    ours, before = engine.shelf(), engine.current()
    ours.clear_away()
    old = _ids(before)
    _changed().write_text("")
    index = ours.new()
    new = _fill(index, tell)
    with shelf.locked(shelf.WRITER, wait_seconds=SWAP_WAIT_SECONDS) as in_time:
        if not in_time:
            raise Busy("The search index in use was being written for too long.")
        # What was written to the old index meanwhile, and so was forgotten by the queue.
        late = {int(line) for line in _changed().read_text().split()}
        end_reading()
        index.index(documents.load(late), gone=late)
        late |= queueing.posts_waiting()
        ours.use(index)
        _changed().unlink()
    ours.clear_away()
    return Report(
        documents=len(new),
        seconds=time.monotonic() - began,
        missing=len(new - old - late) if before else 0,
        surplus=len(old - new - late),
    )


def _fill(index: Generation, tell: Callable[[int], None]) -> set[int]:
    written: set[int] = set()
    waiting = []
    for some in documents.everything():
        end_reading()
        waiting += some
        if len(waiting) >= SEGMENT:
            index.index(waiting)
            written.update(document.id for document in waiting)
            tell(len(written))
            waiting = []
    index.index(waiting)
    written.update(document.id for document in waiting)
    tell(len(written))
    index.complete()
    return written


def _ids(index: Generation | None) -> set[int]:
    if index is None:
        return set()
    try:
        return set(index.ids())
    except Damaged:
        return set()


def _changed() -> Path:
    return shelf.root() / "changed"
