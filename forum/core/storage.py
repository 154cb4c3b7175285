"""Uploaded files: named by their content, kept below the instance, never where code is read."""

import hashlib
from pathlib import Path

from forum.config import config


def put(content: bytes, *, suffix: str) -> str:
    """Keep a file and give its key, `ab/cdef….suffix`; the same content has the same key."""
    digest = hashlib.sha256(content).hexdigest()
    key = f"{digest[:2]}/{digest[2:]}{suffix}"
    path = _path(key)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.write_bytes(content)
        unfinished.replace(path)  # a reader never sees half a file
    return key


def open_path(key: str) -> Path:
    """Where a kept file lies; raises `FileNotFoundError` for a key we never gave."""
    path = _path(key)
    if not path.is_file():
        raise FileNotFoundError(key)
    return path


def remove(key: str) -> None:
    """Forget a file."""
    _path(key).unlink(missing_ok=True)


def _path(key: str) -> Path:
    root = config().instance / "uploads"
    path = (root / key).resolve()
    if not path.is_relative_to(root.resolve()):
        raise FileNotFoundError(key)
    return path
