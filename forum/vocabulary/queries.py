"""Reading terms: the trees, and the search of the type-ahead.

The vocabulary is small and changes with releases only: it is kept in memory, by version.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core import versions
from forum.core.database import db, inside_transaction, session
from forum.core.i18n import current_locale
from forum.core.text import fold
from forum.vocabulary.models import KNOWHOW, SECTOR, Term

FOUND = 8
_BETWEEN_WORDS = re.compile(r"[^\w]+")

Branch = tuple[Term, list[Term]]


@dataclass(frozen=True)
class Match:
    """A term that fits what was typed."""

    term: Term
    path: str  # the label of what is above, in the language of the page
    synonym: str  # the word that fitted, when it is neither label


@dataclass(frozen=True)
class Name:
    """One of the names of a term."""

    lang: str
    text: str
    folded: str  # as it is compared
    is_label: bool


@dataclass(frozen=True)
class Kept:
    """All terms as they were at a version."""

    version: int
    by_code: dict[tuple[str, str], Term] = field(default_factory=dict)
    by_id: dict[int, Term] = field(default_factory=dict)
    roots: dict[str, list[Term]] = field(default_factory=dict)
    children: dict[int, list[Term]] = field(default_factory=dict)
    names: dict[str, list[tuple[Term, tuple[Name, ...]]]] = field(default_factory=dict)


_kept = Kept(-1)


def knowhow_tree() -> list[Branch]:
    """The know-how: each root with its terms."""
    return _tree(KNOWHOW)


def sectors() -> list[Branch]:
    """NACE Rev. 2: each section with its divisions."""
    return _tree(SECTOR)


def divisions() -> list[Term]:
    """The sectors that are chosen from: NACE divisions, in their order."""
    return [division for _section, below in sectors() for division in below]


def by_codes(vocabulary: str, codes: Iterable[str]) -> dict[str, Term]:
    """Terms by code; unknown codes are absent."""
    known = _terms().by_code
    return {code: known[vocabulary, code] for code in codes if (vocabulary, code) in known}


def by_ids(term_ids: Iterable[int]) -> list[Term]:
    """Terms by id; unknown ones are absent."""
    known = _terms().by_id
    return [known[term_id] for term_id in term_ids if term_id in known]


def labels(vocabulary: str, codes: Iterable[str]) -> dict[str, str]:
    """How codes are read in the language of the page; an unknown code stands for itself."""
    wanted = list(codes)
    known = by_codes(vocabulary, wanted)
    return {code: known[code].label if code in known else code for code in wanted}


def names() -> Iterable[str]:
    """Every label and synonym of every term, in both languages."""
    return (name.text for terms in _terms().names.values() for _t, own in terms for name in own)


def with_children(term: Term) -> list[int]:
    """The ids of a term and of those below it."""
    return [term.id, *(child.id for child in _terms().children.get(term.id, ()))]


def parent_of(term: Term) -> Term | None:
    """The term above, if any."""
    return _above(_terms(), term)


def search(typed: str, *, vocabulary: str = KNOWHOW, most: int = FOUND) -> list[Match]:
    """The terms that fit what was typed, in either language and by any synonym, the best first.

    Every typed word must begin a word of one and the same name.
    """
    wanted = _compared(typed)
    if not wanted:
        return []
    terms = _terms()
    found = []
    for term, names in terms.names.get(vocabulary, ()):
        fitting = [(_rank(wanted, name), name) for name in names if _fits(wanted, name)]
        if fitting:
            rank, name = min(fitting, key=lambda one: one[0])
            found.append((rank, term, "" if name.is_label else name.text))
    found.sort(key=lambda one: (one[0], one[1].position))
    return [Match(term, _path(terms, term), synonym) for _rank, term, synonym in found[:most]]


def _fits(wanted: str, name: Name) -> bool:
    return all(f" {word}" in f" {name.folded}" for word in wanted.split())


def _rank(wanted: str, name: Name) -> tuple[bool, int, bool]:
    """Labels before synonyms; the whole, the beginning, the rest; the language of the page."""
    places = (name.folded == wanted, name.folded.startswith(wanted), True)
    return not name.is_label, places.index(True), name.lang != current_locale()


def _path(terms: Kept, term: Term) -> str:
    above = _above(terms, term)
    return above.label if above else ""


def _above(terms: Kept, term: Term) -> Term | None:
    return next((t for t in terms.roots.get(term.vocabulary, ()) if t.id == term.parent_id), None)


def _tree(vocabulary: str) -> list[Branch]:
    terms = _terms()
    return [(root, terms.children.get(root.id, [])) for root in terms.roots.get(vocabulary, ())]


def _terms() -> Kept:
    global _kept
    if inside_transaction():
        # May see what is not kept yet, so that is not kept here either.
        version = versions.read("vocabulary")
        return _kept if _kept.version == version else _read(session(), version)
    version = versions.known("vocabulary")
    if _kept.version != version:
        with Session(db.engine, expire_on_commit=False) as apart:  # outlives this request
            _kept = _read(apart, version)
            apart.expunge_all()
    return _kept


def _read(source: Session, version: int) -> Kept:
    kept = Kept(version)
    for term in source.scalars(select(Term).order_by(Term.position, Term.id)):
        kept.by_code[term.vocabulary, term.code] = kept.by_id[term.id] = term
        kept.names.setdefault(term.vocabulary, []).append((term, tuple(_names(term))))
        if term.parent_id is None:
            kept.roots.setdefault(term.vocabulary, []).append(term)
        else:
            kept.children.setdefault(term.parent_id, []).append(term)
    return kept


def _names(term: Term) -> Iterable[Name]:
    for lang, label, synonyms in (
        ("fr", term.label_fr, term.synonyms_fr),
        ("en", term.label_en, term.synonyms_en),
    ):
        yield Name(lang, label, _compared(label), is_label=True)
        for synonym in filter(None, synonyms.split("|")):
            yield Name(lang, synonym, _compared(synonym), is_label=False)


def _compared(name: str) -> str:
    # An apostrophe parts words, so that "eau" finds what is made of "l'eau".
    return _BETWEEN_WORDS.sub(" ", fold(name)).strip()
