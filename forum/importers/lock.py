"""One import at a time: two that bring the same in would trip over each other."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from forum.config import config


class Busy(Exception):
    """Another import is running."""


@contextmanager
def alone() -> Iterator[None]:
    """Hold the lock of imports; the system frees it when the process ends, however it ends."""
    config().instance.mkdir(parents=True, exist_ok=True)
    with (config().instance / "import.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        yield
