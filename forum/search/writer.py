"""The one writer of the index: takes facts in batches, indexes, and only then forgets the facts.

Killed at any moment it does the same again. It runs in a thread of the server, or in `flask
worker`; where several run, a lock decides batch by batch who writes.
"""

import logging
import threading
import time
from collections.abc import Collection, Iterable

from forum.core.database import end_reading, session, transaction
from forum.core.signals import done, take
from forum.search import documents, engine, queueing, rebuild, shelf
from forum.search.backend import Damaged
from forum.search.queueing import BULK, LATER, QUEUES, SOON
from forum.search.shelf import Generation

log = logging.getLogger(__name__)

POLL_SECONDS = 0.5
LIKES_SECONDS = 30
AFTER_ERROR_SECONDS = 5
FACTS, DOCUMENTS = 500, 500
# Small parts of the index are put together while nothing waits; larger ones after a minute of that,
# since whoever writes meanwhile waits for it.
TIDY_AT_ONCE, TIDY_LATER, LATER_SECONDS = 1_500, 8_000, 60


def run(stop: threading.Event) -> None:
    """Keep the index up with the database until told to stop. Needs an application context."""
    # Free or not: several may run. It waits a little, for asking `is_running` holds it a moment.
    with shelf.locked(shelf.KEEPER, wait_seconds=1):
        _run(stop)


def is_running() -> bool:
    """Whether a server or a worker keeps the index up."""
    with shelf.locked(shelf.KEEPER) as free:
        return not free


def _run(stop: threading.Event) -> None:
    likes_at = wrote_at = time.monotonic()
    while not stop.wait(POLL_SECONDS):
        queues = [SOON, BULK]
        if time.monotonic() >= likes_at:
            queues.append(LATER)
            likes_at = time.monotonic() + LIKES_SECONDS
        try:
            if _keep_up(queues, stop):
                wrote_at = time.monotonic()
            idle = time.monotonic() - wrote_at > LATER_SECONDS
            _tidy(TIDY_LATER if idle else TIDY_AT_ONCE)
        except Exception:
            log.exception("The search index could not be written; trying again")
            stop.wait(AFTER_ERROR_SECONDS)
        finally:
            session.remove()


def catch_up() -> int:
    """Index all that waits, unless another process is at it; gives how many facts it took."""
    taken = _keep_up(QUEUES, threading.Event())
    _tidy(TIDY_LATER)
    return taken


def index_imported(most_parts: int) -> int:
    """Index several parts of an import in one go, where no server runs and nobody waits.

    Larger segments need less merging. Gives how many parts it took.
    """
    if engine.current() is None and not _build():
        return 0
    end_reading()
    with shelf.locked(shelf.WRITER) as free:
        index = engine.current()
        return _write_batch(index, [BULK], parts=most_parts) if free and index else 0


def _keep_up(queues: Iterable[str], stop: threading.Event) -> int:
    queues, taken = list(queues), 0
    if engine.current() is None and not _build():
        return taken
    end_reading()
    while not stop.is_set() and queueing.waiting(*queues):
        with shelf.locked(shelf.WRITER) as free:
            index = engine.current()
            if not free or index is None:
                break
            taken += _write_batch(index, queues)
    return taken


def _tidy(most: int) -> None:
    with shelf.locked(shelf.WRITER) as free:
        index = engine.current()
        if free and index is not None:
            index.tidy(most)


def _build() -> bool:
    """Build the index that is missing; false when another process is at it."""
    try:
        report = rebuild.rebuild()
    except rebuild.Busy:
        return False
    log.info("Search index built: %s posts in %.1f s", report.documents, report.seconds)
    return True


def _write_batch(index: Generation, queues: list[str], *, parts: int = 1) -> int:
    """Take what is most urgent, index it, then forget it."""
    for queue in queues:
        facts = take(queue, parts if queue == BULK else FACTS)
        if not facts:
            continue
        ids = queueing.posts_of(fact for _row, fact in facts)
        _write(index, ids, at_once=parts * DOCUMENTS)
        rebuild.note(ids)
        with transaction():
            done([row for row, _fact in facts])
        return len(facts)
    return 0


def _write(index: Generation, post_ids: Collection[int], *, at_once: int) -> None:
    """Make the index say of these posts what the database says."""
    wanted = sorted(post_ids)
    try:
        for start in range(0, len(wanted), at_once):
            part = wanted[start : start + at_once]
            index.index(documents.load(part), gone=part)
    except Damaged as damage:
        engine.drop(index, damage)
        raise
