"""The lists of words that names and passwords are held against, one a line in `data/`."""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "data"


@cache
def words(name: str) -> frozenset[str]:
    """A list by the name of its file; lines that begin with # say what it is."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
