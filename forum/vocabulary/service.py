"""Filling the vocabulary from the data files beside it."""

import csv
import hashlib
from pathlib import Path

from sqlalchemy import select

from forum.core import versions
from forum.core.database import session
from forum.core.settings import StoredSetting
from forum.vocabulary.models import KNOWHOW, SECTOR, Term

DATA = Path(__file__).parent / "data"
FILES = {KNOWHOW: DATA / "knowhow.csv", SECTOR: DATA / "nace.csv"}
LOADED = "vocabulary.loaded"  # the digest of the files that were read last


def load() -> None:
    """Bring the terms in line with the files; nothing when they did not change."""
    digest = _digest()
    loaded = session.get(StoredSetting, LOADED)
    if loaded is not None and loaded.value == digest:
        return
    for vocabulary, path in FILES.items():
        _load(vocabulary, path)
    if loaded is None:
        session.add(StoredSetting(name=LOADED, value=digest))
    else:
        loaded.value = digest
    versions.step("vocabulary")


def _load(vocabulary: str, path: Path) -> None:
    known = {
        term.code: term
        for term in session.scalars(select(Term).where(Term.vocabulary == vocabulary))
    }
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for position, row in enumerate(rows):
        term = known.get(row["code"])
        if term is None:
            term = known[row["code"]] = Term(vocabulary=vocabulary, code=row["code"])
            session.add(term)
        term.label_fr, term.label_en = row["label_fr"], row["label_en"]
        term.synonyms_fr = row.get("synonyms_fr") or ""
        term.synonyms_en = row.get("synonyms_en") or ""
        term.position = position
    session.flush()
    for row in rows:
        if row["parent"]:
            known[row["code"]].parent_id = known[row["parent"]].id
    session.flush()


def _digest() -> str:
    content = b"".join(path.read_bytes() for path in FILES.values())
    return hashlib.sha256(content).hexdigest()
