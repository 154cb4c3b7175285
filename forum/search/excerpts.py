"""The best passage of a post, with what was sought marked in it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from markupsafe import Markup, escape

from forum.core.text import flat
from forum.search import analysis
from forum.search.question import Beginning, Node, spoken

# Where the first word is marked, so many characters are shown before it at least.
LEAD = 60
# Of a very long post only the beginning is read.
LONGEST_TEXT = 60_000


@dataclass(frozen=True)
class Sought:
    """The words that are marked: as typed, and in any form of theirs."""

    exact: frozenset[str]
    stems: frozenset[str]
    beginnings: tuple[str, ...] = ()
    # Words that were met, and whether they fit: a page of results meets most words many times.
    known: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, node: Node) -> "Sought":
        """Small words are marked only in a phrase, or when nothing else was asked for."""
        parts = list(spoken(node))
        begun = tuple({part.text for part in parts if isinstance(part, Beginning)})
        words = {word for part in parts for word in analysis.words(part.text)}
        kept = {word for word in words if not analysis.is_small(word)} or words
        stems = {stem for word in kept for stem in _stems(word)}
        return cls(frozenset(kept), frozenset(stems), begun)

    def fits(self, word: str) -> bool:
        """Whether a folded word is one of them."""
        if word in self.exact or word.startswith(self.beginnings):
            return True
        return not self.stems.isdisjoint(_stems(word))

    @cached_property
    def candidates(self) -> re.Pattern[str]:
        """Words that begin like one of them: the others are passed over without a look.

        Stems keep the first letter of their word.
        """
        begun = {word[0] for word in (*self.exact, *self.stems, *self.beginnings)}
        return analysis.words_beginning_with(begun)


@dataclass(frozen=True)
class Found:
    """A word of a text that was sought: where it stands and what it is."""

    start: int
    end: int
    word: str


def marked(text: str, sought: Sought) -> Markup:
    """The whole of a short text, as a title."""
    text = analysis.composed(text)
    return _mark(text, 0, len(text), _find(text, sought))


def excerpt(text: str, sought: Sought, length: int) -> Markup:
    """About `length` characters of a text around the passage that holds most of what was sought."""
    text = flat(analysis.composed(text[:LONGEST_TEXT]))
    found = _find(text, sought)
    start, end = _passage(text, found, length)
    passage = _mark(text, start, end, [f for f in found if f.start >= start and f.end <= end])
    return Markup("").join(("…" if start else "", passage, "…" if end < len(text) else ""))


@lru_cache(maxsize=20_000)
def _stems(word: str) -> frozenset[str]:
    return analysis.every_stem(word)


def _find(text: str, sought: Sought) -> list[Found]:
    found, known = [], sought.known
    for start, end, word in analysis.spans(text, sought.candidates):
        fits = known.get(word)
        if fits is None:
            fits = known[word] = sought.fits(word)
        if fits:
            found.append(Found(start, end, word))
    return found


def _passage(text: str, found: Sequence[Found], length: int) -> tuple[int, int]:
    """The window with most different words, the earliest of equals; cut between words."""
    if len(text) <= length:
        return 0, len(text)
    best, most = 0, (0, 0)
    inside: Counter[str] = Counter()
    last = 0
    for place, first in enumerate(found):
        while last < len(found) and found[last].end <= first.start + length - LEAD:
            inside[found[last].word] += 1
            last += 1
        if last <= place:  # longer than a passage by itself
            last = place + 1
            continue
        worth = (len(inside), last - place)
        if worth > most:
            best, most = first.start, worth
        inside[first.word] -= 1
        if not inside[first.word]:
            del inside[first.word]
    start = _after_space(text, max(0, best - LEAD)) if best > LEAD else 0
    end = min(len(text), start + length)
    return start, _before_space(text, end, least=start + length // 2)


def _after_space(text: str, place: int) -> int:
    space = text.find(" ", place, place + LEAD)
    return space + 1 if space >= 0 else place


def _before_space(text: str, place: int, *, least: int) -> int:
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", least, place + 1)
    return space if space > 0 else place


def _mark(text: str, start: int, end: int, found: Iterable[Found]) -> Markup:
    parts: list[Markup] = []
    here = start
    for one in found:
        parts.append(escape(text[here : one.start]))
        parts.append(Markup("<mark>%s</mark>") % text[one.start : one.end])
        here = one.end
    parts.append(escape(text[here:end]))
    return Markup("").join(parts)
