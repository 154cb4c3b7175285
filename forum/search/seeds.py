"""Keeping the glossary in step with data/glossary.csv, without undoing what staff did."""

import csv
import hashlib
from functools import cache
from pathlib import Path

from sqlalchemy import delete, insert, select, update

from forum.core import versions
from forum.core.database import session
from forum.core.settings import StoredSetting
from forum.search import glossary
from forum.search.models import SEPARATOR, GlossaryEntry

FILE = Path(__file__).parent / "data" / "glossary.csv"
LOADED = "glossary.loaded"  # the digest of the file that was read last


def load() -> int:
    """Add, correct and take away as the file says; gives how many entries that were.

    Entries that staff added, changed or removed stay as they are. Nothing is done when the file is
    the one already loaded.
    """
    digest = _digest(FILE)
    loaded = session.get(StoredSetting, LOADED)
    if loaded is not None and loaded.value == digest:
        return 0
    done = _load(read(FILE))
    session.merge(StoredSetting(name=LOADED, value=digest))
    versions.step("glossary")
    return done


def read(path: Path) -> dict[str, dict[str, str]]:
    """The lines of a file by their names: the first word of each side."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {_name(row): row for row in csv.DictReader(lines)}


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:32]


def _name(row: dict[str, str]) -> str:
    return " = ".join(row[side].split(SEPARATOR)[0] for side in ("words_fr", "words_en"))


def _load(rows: dict[str, dict[str, str]]) -> int:
    entries = session.scalars(select(GlossaryEntry)).all()
    known = {entry.seed: entry for entry in entries if entry.seed is not None}
    of_staff = {pair for entry in entries if entry.changed_at for pair in glossary.pairs(entry)}
    new = [
        {"seed": seed, **_written(row)}
        for seed, row in rows.items()
        if seed not in known and of_staff.isdisjoint(glossary.pairs(GlossaryEntry(**row)))
    ]
    untouched = [entry for entry in known.values() if entry.changed_at is None]
    gone = [entry.id for entry in untouched if entry.seed not in rows]
    corrected = [
        {"id": entry.id, **_written(row)}
        for entry in untouched
        if (row := rows.get(entry.seed or "")) is not None
        and (entry.words_fr, entry.words_en) != (row["words_fr"], row["words_en"])
    ]
    if gone:
        session.execute(delete(GlossaryEntry).where(GlossaryEntry.id.in_(gone)))
    if corrected:
        session.execute(update(GlossaryEntry), corrected)
    if new:
        session.execute(insert(GlossaryEntry), new)
    return len(gone) + len(corrected) + len(new)


def _written(row: dict[str, str]) -> dict[str, str]:
    return {**row, "folded": glossary.folded(row["words_fr"], row["words_en"])}
