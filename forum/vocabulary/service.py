"""Bringing the terms of `data/` into the database, where topics can point to them."""

import csv
import hashlib
from functools import cache
from pathlib import Path

from sqlalchemy import insert, select, update

from forum.core import versions
from forum.core.database import after_commit, session
from forum.core.settings import StoredSetting
from forum.vocabulary.models import KNOWHOW, SECTOR, Term

DATA = Path(__file__).parent / "data"
FILES = {KNOWHOW: DATA / "knowhow.csv", SECTOR: DATA / "nace.csv"}
LOADED = "vocabulary.loaded"  # the digest of the files that were read last
LABELS = ("label_fr", "label_en", "synonyms_fr", "synonyms_en")


def load() -> int:
    """Add the terms that are new and correct those that changed; gives how many.

    Terms are never taken away here: topics may have them. Nothing is done when the files are the
    ones already loaded.
    """
    digest = "".join(_digest(path) for path in FILES.values())
    loaded = session.get(StoredSetting, LOADED)
    if loaded is not None and loaded.value == digest:
        return 0
    done = sum(_load(vocabulary, path) for vocabulary, path in FILES.items())
    session.merge(StoredSetting(name=LOADED, value=digest))
    versions.step("vocabulary")
    after_commit(versions.forget)
    return done


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:32]


def _load(vocabulary: str, path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    known = {term.code: term for term in _terms(vocabulary)}
    ids = {code: term.id for code, term in known.items()}
    ids.update(_add(vocabulary, [row for row in rows if row["code"] not in known]))
    changes = [
        {"id": ids[row["code"]], "parent_id": ids.get(row["parent"]), **_written(row, position)}
        for position, row in enumerate(rows)
    ]
    changed = [
        change
        for row, change in zip(rows, changes, strict=True)
        if _differs(known.get(row["code"]), change)
    ]
    if changed:
        session.execute(update(Term), changed)
    return len(changed)


def _terms(vocabulary: str) -> list[Term]:
    return list(session.scalars(select(Term).where(Term.vocabulary == vocabulary)))


def _add(vocabulary: str, rows: list[dict[str, str]]) -> dict[str, int]:
    """Write new terms, still without parents; gives code to id."""
    if not rows:
        return {}
    new = [
        {"vocabulary": vocabulary, "code": row["code"], **_written(row, position=0)} for row in rows
    ]
    ids = session.scalars(insert(Term).returning(Term.id, sort_by_parameter_order=True), new)
    return dict(zip((row["code"] for row in rows), ids, strict=True))


def _written(row: dict[str, str], position: int) -> dict[str, object]:
    return {"position": position, **{name: row.get(name) or "" for name in LABELS}}


def _differs(term: Term | None, change: dict[str, object]) -> bool:
    return term is None or any(getattr(term, name) != value for name, value in change.items())
