"""What every importer has in common: threads to bring in, cooked by several processes, kept in batches.

One batch is one transaction of whole threads. Keys say what is there already: a run that was cut
off goes on where it stopped, and a run too many adds nothing. No fact is announced but "these posts
are to be indexed": nobody is mailed, notified or rung.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import select

from forum.core.database import session, transaction
from forum.importers import rows
from forum.importers.plan import Entry, Thread
from forum.importers.rendered import Rendered
from forum.importers.report import Report
from forum.importers.workers import in_order
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic

BATCH = 500
# Below this many messages a second process costs more time than it saves.
WORTH_WORKERS = 400
_AT_ONCE = 500

Render = Callable[[Any, Sequence[Any]], list[Rendered]]


def bring_in(
    threads: Iterable[Thread],
    *,
    render: Render,
    settings: Any,
    report: Report,
    load: Callable[[Entry], Any] = lambda entry: entry.payload,
    finish: Callable[[list[tuple[Thread, int]]], None] = lambda _topics: None,
    advance: Callable[[int], None] = lambda _count: None,
) -> None:
    """Cook and keep threads. `finish` is told, in each transaction, which topics are new."""
    threads = list(threads)
    total = sum(len(thread.entries) for thread in threads)
    work = (
        (batch, [load(entry) for thread in batch for entry in thread.entries])
        for batch in batches(threads)
    )
    for batch, cooked in in_order(render, settings, work, parallel=total >= WORTH_WORKERS):
        with transaction():
            outcome = rows.keep(batch, cooked)
            finish(outcome.topics)
        outcome.tell(report)
        advance(len(cooked))


def batches(threads: Iterable[Thread]) -> Iterator[list[Thread]]:
    """Whole threads, some five hundred posts at a time; a longer thread is a batch of its own."""
    batch: list[Thread] = []
    size = 0
    for thread in threads:
        if batch and size + len(thread.entries) > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(thread)
        size += len(thread.entries)
    if batch:
        yield batch


def known_posts(keys: Iterable[str]) -> dict[str, int]:
    """Which of the keys are posts already: key to topic id."""
    return _known(keys, Post.import_key, Post.topic_id)


def known_topics(keys: Iterable[str]) -> dict[str, int]:
    """Which of the keys are topics already: key to topic id."""
    return _known(keys, Topic.import_key, Topic.id)


def _known(keys: Iterable[str], key: Any, topic_id: Any) -> dict[str, int]:
    wanted = list(dict.fromkeys(keys))
    found: dict[str, int] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows_found = session.execute(
            select(key, topic_id).where(key.in_(wanted[start : start + _AT_ONCE]))
        )
        found.update((row[0], row[1]) for row in rows_found)
    return found
