"""Whoosh's shelf: a generation is a folder that only we may enter, the one in use is pointed to.

Swapping is replacing the pointer, which is one rename.
"""

import os
import re
import secrets
import shutil
import threading
import time
from pathlib import Path

from forum.config import config
from forum.search.backends.whoosh.backend import WhooshBackend
from forum.search.shelf import Generation, root

_GENERATION = re.compile(r"\d{10}-[0-9a-f]{8}")

_open: dict[Path, WhooshBackend] = {}
_opening = threading.Lock()

# Two processes that share an open file move each other's place in it.
os.register_at_fork(after_in_child=_open.clear)


class FolderShelf:
    """Generations in folders of the instance."""

    def current(self) -> WhooshBackend | None:
        folder = current_folder()
        return _opened(folder) if folder else None

    def new(self) -> WhooshBackend:
        folder = root() / f"{int(time.time()):010}-{secrets.token_hex(4)}"
        folder.mkdir(mode=0o700)
        return WhooshBackend.create(folder)

    def use(self, generation: Generation) -> None:
        draft = root() / f".current-{secrets.token_hex(4)}"
        with draft.open("w", encoding="ascii") as file:
            file.write(_folder_of(generation).name)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(root() / "current")

    def drop(self, generation: Generation) -> None:
        folder = _folder_of(generation)
        with _opening:
            if folder in _open:
                _open.pop(folder).close()
        if current_folder() == folder:
            (root() / "current").unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)

    def clear_away(self) -> None:
        used = current_folder()
        for folder in root().iterdir():
            if _GENERATION.fullmatch(folder.name) and folder != used:
                shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        with _opening:
            while _open:
                _open.popitem()[1].close()


def current_folder() -> Path | None:
    """The folder of the generation in use."""
    try:
        name = (config().instance / "index" / "current").read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    folder = config().instance / "index" / name
    return folder if _GENERATION.fullmatch(name) and folder.is_dir() else None


def _opened(folder: Path) -> WhooshBackend:
    """The generation in a folder, opened once a process."""
    with _opening:
        if folder not in _open:
            for other in [*_open]:
                if not other.exists():
                    _open.pop(other).close()
            _open[folder] = WhooshBackend(folder)
        return _open[folder]


def _folder_of(generation: Generation) -> Path:
    if not isinstance(generation, WhooshBackend):
        raise TypeError(f"Not a generation of this shelf: {generation}")
    return generation.folder
