"""What the pages of figures share: tables, and under which conditions a run was made."""

from collections.abc import Iterable, Sequence
from typing import Any


def table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def conditions(found: dict[str, Any], *more: str, database: str = "") -> list[str]:
    """The conditions of a run as a part of its page; `more` is said behind what all runs say."""
    libraries = ", ".join(f"{name} {number}" for name, number in found["libraries"].items())
    software = ", ".join(
        filter(
            None, (f"Python {found['python']}", f"SQLite {found['sqlite']}", database, libraries)
        )
    )
    told = (
        f"{found['date']}; {found['processors']} processors, load {found['load_before']} before "
        f"the run; {software}"
    )
    return ["## Conditions", "; ".join((told, *more))]
