"""What words of a query are called in the other language, and what else in their own.

The glossary is small and read at every search: it is kept in memory, by version.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from sqlalchemy import select

from forum.core import versions
from forum.core.database import inside_transaction, session
from forum.search import analysis
from forum.search.models import LONGEST_FOLDED, GlossaryEntry

Words = tuple[str, ...]
Pair = tuple[Words, Words]

# Their stems are those of quite other words: customs of custom, avenant of avenir.
_UNLIKE_THEIR_STEM = {
    "fr": {"avenant", "caf", "deb", "devis", "fonte", "lin", "mapa", "soie", "tolerie"},
    "en": {"calibration", "charterer", "customs", "goods", "licensee", "refrigerant", "tenderer"},
}


@dataclass(frozen=True)
class Equivalent:
    """Words of a query, from `start` up to `end`, and what else the thing is called."""

    start: int
    end: int
    others: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Name:
    """One of the names of an entry: its folded words, and how they are compared."""

    entry_id: int
    lang: str
    words: Words
    key: Words  # what the words of a query must be, without small words
    stems: Mapping[str, Words]  # in every language

    def is_said(self, stems: Mapping[str, Words]) -> bool:
        """Whether words of these stems say the same, so that they find it anyway."""
        return any(self.stems[lang] and self.stems[lang] == stems[lang] for lang in stems)


@dataclass(frozen=True)
class Kept:
    """The glossary as it was at a version."""

    version: int
    # By language and first word of the key.
    by_beginning: dict[tuple[str, str], list[Name]] = field(default_factory=dict)
    by_entry: dict[int, list[Name]] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """A part of a query that names entries."""

    start: int
    end: int
    names: list[Name]


_kept = Kept(-1)


def equivalents(words: Sequence[str]) -> list[Equivalent]:
    """The longest runs of folded words that name something, and its other names.

    Words are compared by their stems in the language of the name; small words do not count.
    Runs do not overlap, and come in the order of the query.
    """
    known = _glossary()
    runs = sorted(_runs(words, known), key=lambda run: (run.start - run.end, run.start))
    taken: set[int] = set()
    found = []
    for run in runs:
        if taken.isdisjoint(range(run.start, run.end)):
            taken.update(range(run.start, run.end))
            found.append(Equivalent(run.start, run.end, _others(words, run, known)))
    return sorted((one for one in found if one.others), key=lambda one: one.start)


def forget() -> None:
    """Read the glossary again, as each test does."""
    global _kept
    _kept = Kept(-1)


def name(entry_id: int, lang: str, written: str) -> Name:
    """One of the names of an entry, as it is compared."""
    words = analysis.words(written)
    key = tuple(form for word in words if (form := _form(word, lang)))
    return Name(entry_id, lang, tuple(words), key, _stems(words))


def names() -> Iterator[str]:
    """Every name of every entry, folded."""
    return (" ".join(one.words) for own in _glossary().by_entry.values() for one in own)


def pairs(entry: GlossaryEntry) -> set[Pair]:
    """Every French name with every English one, as compared: none belongs into two entries."""
    fr, en = ([name(0, lang, one).key for one in entry.names(lang)] for lang in ("fr", "en"))
    return set(product(fr, en))


def folded(words_fr: str, words_en: str) -> str:
    """The words of an entry one after the other, for the list of entries."""
    return " ".join(["", *analysis.words(words_fr), *analysis.words(words_en)])[:LONGEST_FOLDED]


def _runs(words: Sequence[str], known: Kept) -> Iterator[Run]:
    """At each place, the longest that begins there."""
    by_lang = [(lang, [_form(word, lang) for word in words]) for lang in analysis.LANGUAGES]
    for start in range(len(words)):
        end, names = start, []
        for lang, forms in by_lang:
            for one in known.by_beginning.get((lang, forms[start] or ""), ()):
                reached = _reach(forms, start, one.key)
                if reached > end:
                    end, names = reached, [one]
                elif reached == end and end > start:
                    names.append(one)
        if names:
            yield Run(start, end, names)


def _reach(forms: Sequence[str | None], start: int, wanted: Words) -> int:
    """Where a name ends that begins at a place; 0 if it is not there."""
    place = start
    for form in wanted:
        while place < len(forms) and forms[place] is None:
            place += 1
        if place == len(forms) or forms[place] != form:
            return 0
        place += 1
    return place


def _others(words: Sequence[str], run: Run, known: Kept) -> tuple[Words, ...]:
    """The other names of what a run says, those in the other language first."""
    said = _stems(words[run.start : run.end])
    others = [
        (other.lang == one.lang, other)
        for one in run.names
        for other in known.by_entry[one.entry_id]
        if not other.is_said(said)
    ]
    others.sort(key=lambda pair: pair[0])
    return tuple(dict.fromkeys(other.words for _same, other in others))


def _form(word: str, lang: str) -> str | None:
    """A word as it is compared: its stem; None for a small word.

    English names a work by its -ing, and milling is no mill, commissioning no commission.
    """
    for typed in (word, word.removesuffix("s")):
        if typed in _UNLIKE_THEIR_STEM[lang]:
            return f"{typed}="
    stem = analysis.stem(word, lang)
    return f"{stem}-ing" if stem and lang == "en" and word.endswith("ing") else stem


def _stems(words: Iterable[str]) -> dict[str, Words]:
    words = list(words)
    return {lang: tuple(analysis.stems(words, lang)) for lang in analysis.LANGUAGES}


def _glossary() -> Kept:
    global _kept
    version = versions.read("glossary")
    if _kept.version == version:
        return _kept
    fresh = _read(version)
    # A transaction may see words that are never kept.
    if not inside_transaction():
        _kept = fresh
    return fresh


def _read(version: int) -> Kept:
    kept = Kept(version)
    rows = session.scalars(
        select(GlossaryEntry).where(GlossaryEntry.removed_at.is_(None)).order_by(GlossaryEntry.id)
    )
    for entry in rows:
        for lang in analysis.LANGUAGES:
            for one in (name(entry.id, lang, written) for written in entry.names(lang)):
                kept.by_entry.setdefault(entry.id, []).append(one)
                kept.by_beginning.setdefault((lang, one.key[0]), []).append(one)
    return kept
