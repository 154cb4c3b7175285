"""How far the building of the index is, and how the last one ended: told among processes by a file."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from forum.core import clock
from forum.search import documents, shelf

LONGEST_START = timedelta(minutes=5)
ASKED, RUNNING, DONE, FAILED = "asked", "running", "done", "failed"


@dataclass(frozen=True)
class Progress:
    """The state of a building since a moment."""

    state: str
    at: datetime
    done: int = 0
    total: int = 0
    seconds: float = 0
    error: str = ""

    @property
    def going_on(self) -> bool:
        return self.state in (ASKED, RUNNING)


def read() -> Progress | None:
    """The last building; None when there never was one."""
    try:
        kept: dict[str, Any] = json.loads(_file().read_text("utf-8"))
        kept["at"] = datetime.fromisoformat(kept["at"])
        found = Progress(**kept)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    lost = found.state == ASKED and clock.now() - found.at > LONGEST_START
    if lost or (found.state == RUNNING and not _is_building()):  # whoever was at it is gone
        return replace(found, state=FAILED)
    return found


def ask() -> None:
    """Say that a building was asked for, and will begin."""
    _write(Progress(ASKED, clock.now()))


@contextmanager
def told() -> Iterator[Callable[[int], None]]:
    """While building, say how many documents are done; then how it ended."""
    going = Progress(RUNNING, clock.now(), total=documents.count())
    _write(going)
    reached = [0]

    def tell(done: int) -> None:
        reached[0] = done
        _write(replace(going, done=done))

    try:
        yield tell
    except Exception as error:
        _write(
            replace(going, state=FAILED, at=clock.now(), error=f"{type(error).__name__}: {error}")
        )
        raise
    took = (clock.now() - going.at).total_seconds()
    _write(replace(going, state=DONE, at=clock.now(), done=reached[0], seconds=took))


def _is_building() -> bool:
    with shelf.locked(shelf.BUILDER) as free:
        return not free


def _write(progress: Progress) -> None:
    draft = _file().with_suffix(f".{os.getpid()}")
    with suppress(OSError):  # on a full disk there is worse to tell
        draft.write_text(json.dumps(asdict(progress) | {"at": progress.at.isoformat()}), "utf-8")
        draft.replace(_file())


def _file() -> Path:
    return shelf.root() / "progress.json"
