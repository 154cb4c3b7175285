"""Questions in words of the other language, by the forum's own bilingual lists.

A question is two things that one topic alone speaks of, each called by its name in the other
language; the plain form is what the topic's own language calls them.
"""

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from pathlib import Path

import forum.search
import forum.vocabulary
from bench.search.judged import A_ROW, Judged
from bench.search.words import folded_words

GLOSSARY = Path(forum.search.__path__[0]) / "data" / "glossary.csv"
KNOWHOW = Path(forum.vocabulary.__path__[0]) / "data" / "knowhow.csv"
ROWS = {"en": "fr_for_english", "fr": "en_for_french"}
# What too many topics speak of is asked for by nobody.
MOST_TOPICS = 60
SEED = 1789
Key = tuple[str, ...]


@dataclass
class Names:
    """The names of things in one language, and what each is called in the other."""

    other: dict[Key, str] = field(default_factory=dict)
    said: dict[Key, str] = field(default_factory=dict)
    # Names by their first word, the longest first.
    beginning: dict[str, list[Key]] = field(default_factory=lambda: defaultdict(list))

    def add(self, names: Sequence[str], others: Sequence[str]) -> None:
        """Each name of a thing is called by its first name elsewhere."""
        for name in names:
            key = _key(folded_words(name))
            if key and others and key not in self.other:
                self.other[key], self.said[key] = others[0].lower(), name.lower()
                self.beginning[key[0]] = sorted(
                    [*self.beginning[key[0]], key], key=len, reverse=True
                )

    def held(self, text: str) -> Iterator[Key]:
        """What a text names, the longest name at each place."""
        words, place = _key(folded_words(text)), 0
        while place < len(words):
            for key in self.beginning.get(words[place], ()):
                if words[place : place + len(key)] == key:
                    yield key
                    place += len(key) - 1
                    break
            place += 1


@cache
def names() -> Mapping[str, Names]:
    """Those of the glossary and of the know-how, of each language."""
    found = {"fr": Names(), "en": Names()}
    for row in _rows(GLOSSARY):
        _add(found, row["words_fr"], row["words_en"])
    for row in _rows(KNOWHOW):
        _add(
            found,
            *(f"{row[f'label_{lang}']}|{row[f'synonyms_{lang}']}" for lang in ("fr", "en")),
        )
    return found


def crossed(texts: Iterable[tuple[int, str, str]]) -> list[Judged]:
    """Questions for topics, told from (topic, language, text) of every post."""
    held: dict[str, dict[int, set[Key]]] = {"fr": defaultdict(set), "en": defaultdict(set)}
    for topic_id, lang, text in texts:
        held[lang][topic_id].update(names()[lang].held(text))
    return [judged for lang in ("en", "fr") for judged in _of_language(lang, held[lang])]


def _of_language(lang: str, held: Mapping[int, set[Key]]) -> list[Judged]:
    known = names()[lang]
    topics = Counter(key for keys in held.values() for key in keys)
    speaking: Counter[frozenset[Key]] = Counter()
    pairs: dict[int, list[frozenset[Key]]] = {}
    for topic_id, keys in held.items():
        telling = sorted(key for key in keys if topics[key] <= MOST_TOPICS)
        # Two names of one thing, or a name inside another, are one question's word.
        pairs[topic_id] = [
            frozenset(pair)
            for pair in combinations(telling, 2)
            if not set(_key(folded_words(known.other[pair[0]])))
            & set(_key(folded_words(known.other[pair[1]])))
        ]
        speaking.update(pairs[topic_id])
    chance, found = random.Random(SEED), []
    for topic_id in sorted(held):
        alone = [sorted(pair) for pair in pairs[topic_id] if speaking[pair] == 1]
        if alone:
            pair = chance.choice(sorted(alone))
            query, plain = (" ".join(by[key] for key in pair) for by in (known.other, known.said))
            found.append(Judged(ROWS[lang], query, topic_id, lang, plain=plain))
    chance.shuffle(found)
    return found[:A_ROW]


def _add(found: Mapping[str, Names], french: str, english: str) -> None:
    fr, en = ([name for name in given.split("|") if name] for given in (french, english))
    found["fr"].add(fr, en)
    found["en"].add(en, fr)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _key(words: Iterable[str]) -> Key:
    """Words, whether one or several are meant."""
    return tuple(word.rstrip("s") or word for word in words)
