"""Keeping the search index up while an import runs, where no server does it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from forum.core.database import session
from forum.search import writer


@contextmanager
def kept_up(app: Flask) -> Iterator[None]:
    """Index beside the import; what is left then is indexed before the end.

    Where a server or worker runs it holds the writer's lock, and does it instead.
    """
    stop = threading.Event()

    def run() -> None:
        with app.app_context():
            writer.run(stop)

    thread = threading.Thread(target=run, name="index", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        session.remove()
    writer.catch_up()
