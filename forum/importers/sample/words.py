"""Free words of the demo's topics to terms of the vocabulary."""

from collections.abc import Iterable

from sqlalchemy import select

from forum.core.database import session
from forum.core.text import fold
from forum.vocabulary.models import KNOWHOW, SECTOR, Term


class Terms:
    """Terms by code, label or synonym in either language."""

    def __init__(self) -> None:
        self._sectors: dict[str, int] = {}
        self._knowhow: dict[str, int] = {}
        for term in session.scalars(select(Term).order_by(Term.id)):
            if term.vocabulary == SECTOR:
                self._sectors[term.code] = term.id
            elif term.vocabulary == KNOWHOW:
                synonyms = f"{term.synonyms_fr}|{term.synonyms_en}".split("|")
                for word in (term.code, term.label_fr, term.label_en, *synonyms):
                    self._knowhow.setdefault(fold(word), term.id)

    def sector(self, code: str) -> int | None:
        return self._sectors.get(code)

    def knowhow(self, words: Iterable[str]) -> list[int]:
        """The terms meant, each once; a word that means none of ours is left out."""
        found = (self._knowhow.get(fold(word)) for word in words)
        return list(dict.fromkeys(term_id for term_id in found if term_id is not None))
