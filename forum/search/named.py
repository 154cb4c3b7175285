"""What words of a query are also called, and which tags, know-how and categories bear that name."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from forum.categories import queries as categories
from forum.core import versions
from forum.search import analysis, glossary
from forum.search.question import Has
from forum.tags import queries as tags
from forum.vocabulary import queries as vocabulary

Words = tuple[str, ...]
Bearer = tuple[Has, list[str]]


@dataclass(frozen=True)
class Named:
    """Words of a query, from `start` up to `end`, that name something."""

    start: int
    end: int
    # What else it is called.
    words: tuple[Words, ...] = ()
    # What bears the name.
    places: tuple[Has, ...] = ()


@dataclass(frozen=True)
class Kept:
    """The names of tags, know-how and categories as they were at a version, by their stems."""

    version: tuple[int, ...]
    named: dict[Words, list[tuple[Has, tuple[Words, ...]]]] = field(default_factory=dict)
    longest: int = 1


_kept = Kept(())


def equivalents(words: Sequence[str]) -> list[Named]:
    """The runs of folded words that the glossary or a label knows; they do not overlap."""
    found = [Named(one.start, one.end, one.others) for one in glossary.equivalents(words)]
    labelled = _labelled(words)
    for one in labelled:
        same = next((n for n in found if (n.start, n.end) == (one.start, one.end)), None)
        if same is not None:
            found.remove(same)
            both = tuple(dict.fromkeys((*same.words, *one.words)))
            found.append(Named(one.start, one.end, both, one.places))
        elif all(one.end <= other.start or other.end <= one.start for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _labelled(words: Sequence[str]) -> list[Named]:
    """The longest runs first come, at each place."""
    known, found, place = _labels(), [], 0
    while place < len(words):
        for end in range(min(len(words), place + known.longest), place, -1):
            bearers = _bearers(words[place:end], known)
            if bearers:
                others = tuple(dict.fromkeys(o for _has, names in bearers for o in names))
                found.append(Named(place, end, others, tuple(has for has, _names in bearers)))
                place = end - 1
                break
        place += 1
    return found


def _bearers(words: Sequence[str], known: Kept) -> list[tuple[Has, tuple[Words, ...]]]:
    keys = {_key(words, lang) for lang in analysis.LANGUAGES}
    return [one for key in keys if key for one in known.named.get(key, ())]


def _key(words: Iterable[str], lang: str) -> Words:
    """A name as it is compared: its stems, told apart by language."""
    stems = analysis.stems(words, lang)
    return (lang, *stems) if stems else ()


def _labels() -> Kept:
    global _kept
    moving = versions.read("tags"), versions.read("categories")
    version = versions.known("vocabulary"), *moving
    if _kept.version != version:
        _kept = _read(version)
    return _kept


def _read(version: tuple[int, ...]) -> Kept:
    named: dict[Words, list[tuple[Has, tuple[Words, ...]]]] = {}
    for has, names in (*_of_tags(), *_of_knowhow(), *_of_categories(version)):
        spelled = {name: tuple(analysis.words(name)) for name in names if name}
        for name, words in spelled.items():
            others = tuple(o for other, o in spelled.items() if other != name and o != words)
            for key in {_key(words, lang) for lang in analysis.LANGUAGES}:
                if key:
                    named.setdefault(key, []).append((has, others))
    longest = max((len(key) + 1 for key in named), default=1)  # small words may stand between
    return Kept(version, named, longest)


def _of_tags() -> Iterator[Bearer]:
    for entry in tags.lexicon().entries:
        yield Has("tag", (str(entry.tag_id),)), [*entry.names, *entry.synonyms]


def _of_knowhow() -> Iterator[Bearer]:
    for root, below in vocabulary.knowhow_tree():
        for term in (root, *below):
            names = [term.label_fr, term.label_en]
            names += [*term.synonyms_fr.split("|"), *term.synonyms_en.split("|")]
            yield Has("knowhow", (str(term.id),)), names


def _of_categories(version: tuple[int, ...]) -> Iterator[Bearer]:
    for category in categories.tree(version[-1]).categories:
        yield Has("category", (str(category.id),)), [category.name_fr, category.name_en]
