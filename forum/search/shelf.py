"""Where an index stands: generations side by side, one of them in use, and who may write.

Building beside and swapping is making a new generation and then using it in place of the old
one, at once. Locks are the system's, so a process that dies leaves none.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from forum.config import config
from forum.search.backend import Backend

WRITER, BUILDER, KEEPER = "writer", "builder", "keeper"
_WAIT_SECONDS = 0.05


class Generation(Backend, Protocol):
    """An index as it stands: equal to another only if it is the very same."""

    def complete(self) -> None:
        """Make what is made best once all documents are in, before it is used."""

    def tidy(self, most: int) -> None:
        """Put small parts together, while nobody waits: at most so many documents at a time."""

    def check(self) -> None:
        """Raise `Damaged` when it is not as it was written."""

    def size(self) -> int:
        """The bytes it takes."""


class Shelf(Protocol):
    """Where an engine keeps its generations."""

    def current(self) -> Generation | None:
        """The generation in use; None when there is none and one must be built."""

    def new(self) -> Generation:
        """An empty generation, beside the one in use."""

    def use(self, generation: Generation) -> None:
        """Use another generation from now on."""

    def drop(self, generation: Generation) -> None:
        """Remove a generation, and use it no more."""

    def clear_away(self) -> None:
        """Remove what no one uses: older generations, and those whose building was cut short."""

    def close(self) -> None:
        """Let go of everything, as when a process ends."""


def root() -> Path:
    """The folder of what the index needs in files, made when it is missing."""
    folder = config().instance / "index"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def locked(name: str, *, wait_seconds: float = 0) -> Iterator[bool]:
    """Hold a lock among all processes; gives whether it was free in time."""
    with (root() / f"{name}.lock").open("w") as file:
        held = _acquire(file.fileno(), time.monotonic() + wait_seconds)
        try:
            yield held
        finally:
            if held:
                fcntl.flock(file, fcntl.LOCK_UN)


def _acquire(file: int, until: float) -> bool:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() >= until:
                return False
            time.sleep(_WAIT_SECONDS)
        else:
            return True
