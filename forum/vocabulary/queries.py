"""Reading concepts. The vocabulary is small and changes with releases only: it is kept in memory."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core import versions
from forum.core.database import db, inside_transaction, session
from forum.core.i18n import current_locale
from forum.core.text import fold
from forum.vocabulary.models import KNOWHOW, SECTOR, Term

Branch = tuple[Term, list[Term]]


@dataclass
class Kept:
    """All terms as they were at a version."""

    version: int
    terms: dict[str, dict[str, Term]]  # vocabulary: code: term


_kept = Kept(-1, {})


def by_codes(vocabulary: str, codes: Iterable[str]) -> dict[str, Term]:
    """The terms among these codes."""
    terms = _terms(vocabulary)
    return {code: terms[code] for code in codes if code in terms}


def knowhow_tree() -> list[Branch]:
    """Roots with the terms below them."""
    return _tree(KNOWHOW)


def sectors() -> list[Branch]:
    """Sections of NACE with their divisions."""
    return _tree(SECTOR)


def divisions() -> list[Term]:
    """The sectors that are chosen from: NACE divisions, by code."""
    return [term for _section, below in sectors() for term in below]


def with_children(term: Term) -> list[int]:
    """The ids of a term and of those below it."""
    below = [t.id for t in _terms(term.vocabulary).values() if t.parent_id == term.id]
    return [term.id, *below]


def labels(vocabulary: str, codes: Iterable[str]) -> dict[str, str]:
    """Each code's label in the page's language; an unknown code stands for itself."""
    terms = _terms(vocabulary)
    return {code: terms[code].label if code in terms else code for code in codes}


def search(text: str, vocabulary: str = KNOWHOW, most: int = 10) -> list[Term]:
    """Terms that a text names in either language, by label or synonym, whatever the accents."""
    wanted = fold(text)
    if not wanted:
        return []
    found = []
    for term in _terms(vocabulary).values():
        places = [name.find(wanted) for name in _names(term) if wanted in name]
        if places:
            found.append((min(places) > 0, len(term.label), term.label, term))
    found.sort(key=lambda item: item[:3])
    return [item[3] for item in found[:most]]


def named(text: str, vocabulary: str = KNOWHOW) -> Term | None:
    """The term that a text names exactly, by label or synonym of either language."""
    wanted = fold(text)
    for term in _terms(vocabulary).values():
        if wanted in _names(term):
            return term
    return None


def parent_of(term: Term) -> Term | None:
    """The term above, if any."""
    terms = _terms(term.vocabulary).values()
    return next((t for t in terms if t.id == term.parent_id), None)


def other_label(term: Term) -> str:
    """The label in the language that the page is not in."""
    return term.label_en if current_locale() == "fr" else term.label_fr


def _names(term: Term) -> list[str]:
    synonyms = f"{term.synonyms_fr}|{term.synonyms_en}".split("|")
    return [fold(name) for name in (term.label_fr, term.label_en, *synonyms) if name]


def _tree(vocabulary: str) -> list[Branch]:
    terms = sorted(_terms(vocabulary).values(), key=lambda t: t.position)
    return [(t, [c for c in terms if c.parent_id == t.id]) for t in terms if t.parent_id is None]


def _terms(vocabulary: str) -> dict[str, Term]:
    global _kept
    if inside_transaction():
        return _read(session(), 0).terms.get(vocabulary, {})
    version = versions.known("vocabulary")
    if _kept.version != version:
        with Session(db.engine, expire_on_commit=False) as apart:  # outlives this request
            _kept = _read(apart, version)
            apart.expunge_all()
    return _kept.terms.get(vocabulary, {})


def _read(source: Session, version: int) -> Kept:
    kept = Kept(version, {})
    for term in source.scalars(select(Term).order_by(Term.position)):
        kept.terms.setdefault(term.vocabulary, {})[term.code] = term
    return kept
