"""Keeping the search index up while an import runs, where no server does it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from forum.core.database import session
from forum.search import queueing, writer

POLL_SECONDS = 0.5
# In large parts, which need less merging: nobody waits for a new post meanwhile.
PARTS = 16


@contextmanager
def kept_up(app: Flask) -> Iterator[None]:
    """Index beside the import; what is left at its end is indexed before this returns.

    Where a server or a worker runs it does that, in small parts between what people write.
    """
    stop = threading.Event()
    thread = threading.Thread(target=_run, args=(app, stop), name="index", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        session.remove()
    if not writer.is_running():
        while queueing.waiting(queueing.BULK) > 1 and writer.index_imported(PARTS):
            session.remove()
        writer.catch_up()


def _run(app: Flask, stop: threading.Event) -> None:
    with app.app_context():
        while not stop.wait(POLL_SECONDS):
            if queueing.waiting(queueing.BULK) >= PARTS and not writer.is_running():
                writer.index_imported(PARTS)
            session.remove()
