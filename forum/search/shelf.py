"""Where the index stands: generations side by side, and a pointer to the one in use.

A generation is a folder that only we may enter. Building beside and swapping is writing a new
folder and then replacing the pointer, which is one rename. Locks are the system's, so a process
that dies leaves none.
"""

import fcntl
import os
import re
import secrets
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from forum.config import config

WRITER, BUILDER, KEEPER = "writer", "builder", "keeper"
_GENERATION = re.compile(r"\d{10}-[0-9a-f]{8}")
_WAIT_SECONDS = 0.05


def root() -> Path:
    """The folder of all generations, made when it is missing."""
    folder = config().instance / "index"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def current() -> Path | None:
    """The generation in use; None when there is none and one must be built."""
    try:
        name = (config().instance / "index" / "current").read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    folder = config().instance / "index" / name
    return folder if _GENERATION.fullmatch(name) and folder.is_dir() else None


def new() -> Path:
    """An empty generation, beside the one in use."""
    folder = root() / f"{int(time.time()):010}-{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700)
    return folder


def point_to(folder: Path) -> None:
    """Use another generation from now on."""
    draft = root() / f".current-{secrets.token_hex(4)}"
    with draft.open("w", encoding="ascii") as file:
        file.write(folder.name)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(root() / "current")


def drop(folder: Path) -> None:
    """Use a generation no more, if it still is the one in use, and remove it."""
    if current() == folder:
        (root() / "current").unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def clear_away(*, keep: Collection[Path] = ()) -> None:
    """Remove what no one uses: older generations, and those whose building was cut short."""
    for folder in root().iterdir():
        if _GENERATION.fullmatch(folder.name) and folder not in keep:
            shutil.rmtree(folder, ignore_errors=True)


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
