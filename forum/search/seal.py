"""Proof that an index holds what we wrote: a signed list of its files and their digests.

Whoosh keeps pickles in its files, and reading a strange pickle runs strange code. So nothing of an
index is read before the seal was found right: signed with the site's key, every file as listed.
"""

import hashlib
import hmac
import json
import os
import re
from pathlib import Path

from forum.config import config
from forum.search.backend import Damaged

NAME = "seal"
# Raise it when the index is laid out anew: older ones are then dropped and built again.
LAYOUT = 4

_OWN = re.compile(r"_MAIN_\d+\.toc|MAIN_[0-9a-z]+\.[\w.]+")

# What tells a file from its earlier self without reading it: size and time of change.
Sight = tuple[int, int]
Sights = dict[str, Sight]


def put_on(folder: Path, known: dict[str, tuple[Sight, str]]) -> None:
    """Seal a folder as it stands. `known` keeps digests of files that have not changed."""
    files = {}
    for path in sorted(folder.iterdir()):
        if _belongs(path.name):
            files[path.name] = _digest(path, known)
    for name in known.keys() - files.keys():
        del known[name]
    content = json.dumps({"layout": LAYOUT, "files": files})
    draft = folder / f".{NAME}"
    with draft.open("w", encoding="ascii") as file:
        file.write(f"{_signature(content)}\n{content}")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / NAME)


def look(folder: Path) -> Sights:
    """What the seal and the files it lists look like now, without reading them.

    Raises `Damaged` when one is missing.
    """
    try:
        names = [NAME, *_listed(folder)]
        return {name: _sight(folder / name) for name in names}
    except OSError as error:
        raise Damaged(f"{folder.name}: {error}") from error


def is_as(seen: Sights, folder: Path) -> bool:
    """Whether the seal is still the one that was seen: nothing was written since."""
    try:
        return seen.get(NAME) == _sight(folder / NAME)
    except OSError:
        return False


def check(folder: Path, known: dict[str, tuple[Sight, str]]) -> None:
    """Raise `Damaged` unless every file is as it was when it was sealed."""
    try:
        listed = _listed(folder)
        present = {path.name for path in folder.iterdir() if path.suffix == ".toc"}
        wrong = [name for name, digest in listed.items() if _digest(folder / name, known) != digest]
    except OSError as error:
        raise Damaged(f"{folder.name}: {error}") from error
    if wrong or not present <= listed.keys():
        raise Damaged(f"{folder.name}: {wrong or 'a strange table of contents'}")


def _listed(folder: Path) -> dict[str, str]:
    signature, _line, content = (folder / NAME).read_text("utf-8", "replace").partition("\n")
    if not hmac.compare_digest(signature.encode(), _signature(content).encode()):
        raise Damaged(f"{folder.name}: the seal is broken")
    told = json.loads(content)
    if told["layout"] != LAYOUT:
        raise Damaged(f"{folder.name}: laid out by another version")
    files: dict[str, str] = told["files"]
    return files


def _belongs(name: str) -> bool:
    """The index's own files; not the seal, nor locks, nor what is being written."""
    return _OWN.fullmatch(name) is not None


def _digest(path: Path, known: dict[str, tuple[Sight, str]]) -> str:
    sight = _sight(path)
    if path.name in known and known[path.name][0] == sight:
        return known[path.name][1]
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    known[path.name] = (sight, digest)
    return digest


def _sight(path: Path) -> Sight:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


def _signature(content: str) -> str:
    key = config().signing_key.encode()
    return hmac.new(key, b"search index\n" + content.encode(), hashlib.sha256).hexdigest()
