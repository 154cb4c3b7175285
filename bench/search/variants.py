"""The same questions, asked otherwise: misspelt, without accents, inflected, in the other language."""

import random
import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import replace

from bench.search.inflection import other_forms
from bench.search.judged import A_ROW, Judged
from bench.search.words import folded, folded_words

SEED = 2015
# Letters a word must have to be misspelt, and times a form must have been written to be one.
LONG, WRITTEN = 5, 3
MOST_CHANGED = 2
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
Change = Callable[[str], str]


def of(queries: Sequence[Judged], texts: Iterable[str]) -> list[Judged]:
    """Every row of variants of the plain queries; the texts tell which words there are."""
    chance = random.Random(SEED)
    counts = Counter(word for text in texts for word in folded_words(text))
    known = {word for word, count in counts.items() if count >= WRITTEN}
    english = _in_turn(queries, "subjects", "questions")
    titles = _in_turn(queries, "fr_titles")
    french = _in_turn(queries, "fr_titles", "fr_sentences")
    return [
        *_row("misspelt", english, lambda one: _misspelt(one.query, chance)),
        *_row("fr_misspelt", titles, lambda one: _misspelt(one.query, chance)),
        *_row("fr_unaccented", french, lambda one: folded(one.query)),
        *_row("inflected", english, lambda one: _inflected(one, known, chance)),
        *_row("fr_inflected", french, lambda one: _inflected(one, known, chance)),
    ]


def _in_turn(queries: Sequence[Judged], *rows: str) -> list[Judged]:
    """The queries of some rows, one of each in turn."""
    by_row = [[one for one in queries if one.row == row] for row in rows]
    longest = max(map(len, by_row))
    return [row[place] for place in range(longest) for row in by_row if place < len(row)]


def _row(name: str, queries: Iterable[Judged], say: Callable[[Judged], str]) -> list[Judged]:
    """The queries that can be said otherwise."""
    said = ((one, say(one)) for one in queries)
    found = [
        replace(one, row=name, query=other, plain=one.query)
        for one, other in said
        if other != one.query
    ]
    return found[:A_ROW]


def _misspelt(query: str, chance: random.Random) -> str:
    return _changed(query, lambda word: _mistyped(word, chance), LONG, chance)


def _inflected(one: Judged, known: Container[str], chance: random.Random) -> str:
    def other(word: str) -> str:
        forms = other_forms(word, one.lang, known)
        return chance.choice(forms) if forms else word

    return _changed(one.query, other, 1, chance)


def _changed(query: str, change: Change, shortest: int, chance: random.Random) -> str:
    """One or two words of a query changed, wherever it can be done."""
    places = [found for found in _WORD.finditer(query) if len(found.group()) >= shortest]
    chance.shuffle(places)
    most, changes = chance.randint(1, MOST_CHANGED), {}
    for found in places:
        if len(changes) < most and (other := change(found.group())) != found.group():
            changes[found.start()] = other
    return _WORD.sub(lambda found: changes.get(found.start(), found.group()), query)


def _mistyped(word: str, chance: random.Random) -> str:
    """One slip of the fingers, not on the first letter."""
    place = chance.randint(1, len(word) - 2)
    before, here, after = word[:place], word[place], word[place + 1 :]
    return chance.choice(
        [
            before + after,
            before + after[0] + here + after[1:],
            before + here + here + after,
            before + chance.choice(_LETTERS) + after,
        ]
    )
