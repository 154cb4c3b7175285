"""A small world made by chance: posts, viewers, questions; and what each question should find.

The model reads every post, word by word, and knows no index.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from forum.search import analysis
from forum.search.backend import Counts, Document
from forum.search.question import (
    FACETS,
    ORDERS,
    Alike,
    Beginning,
    Either,
    Every,
    Has,
    Near,
    Node,
    Not,
    Phrase,
    Question,
    Word,
    Written,
    spoken,
)
from tests.search.contract.conftest import LONG_AGO, USUAL

CATEGORIES = (1, 2, 3, 4)
WORDS = [
    "pears",
    "plums",
    "apples",
    "container",
    "containers",
    "contains",
    "ship",
    "shipping",
    "shipped",
    "quay",
    "énergie",
    "énergies",
    "marchés",
    "marché",
    "importées",
    "importé",
    "customs",
    "tender",
    "tenders",
    "EN",
    "12830",
    "cœur",
    "économie",
]
# Words that stand in a post of a closed category now and then, and nowhere else.
SECRETS = ("zanzibar", "narwhal", "okapi")
KINDS, LANGS, MARKETS = ("discussion", "question"), ("fr", "en"), ("SN", "BE")


def documents(chance: random.Random, topics: int) -> list[Document]:
    """Topics of one to four posts."""
    return [one for topic in range(1, topics + 1) for one in _topic(chance, topic)]


def question(chance: random.Random) -> Question:
    """Of someone who sees some of the categories."""
    parts = tuple(_node(chance, depth=2) for _ in range(chance.choice((1, 1, 2, 3))))
    return Question(
        node=Every(parts),
        visible_category_ids=frozenset(chance.sample(CATEGORIES, chance.randint(0, 3))),
        sees_unlisted=chance.random() < 0.2,
        chosen=_chosen(chance),
        order=chance.choice(ORDERS),
        limit=1_000,
    )


def found(question: Question, documents: Iterable[Document]) -> list[Document]:
    """The posts that the question should find."""
    return [
        one
        for one in visible(question, documents)
        if fits(one, question.node) and all(_in_box(one, name, question) for name in FACETS)
    ]


def visible(question: Question, documents: Iterable[Document]) -> list[Document]:
    """The posts that may be found by who asks."""
    return [
        one
        for one in documents
        if one.category_id in question.visible_category_ids
        and (one.listed or question.sees_unlisted)
    ]


def counted(question: Question, documents: list[Document]) -> Counts:
    """How many topics have each value of each facet."""
    told: dict[str, dict[int | str, int]] = {}
    for name in FACETS:
        others = {facet: values for facet, values in question.chosen.items() if facet != name}
        seen = {
            (value, one.topic_id)
            for one in found(replace(question, chosen=others), documents)
            for value in _values(one, name)
        }
        values = {value for value, _topic in seen}
        told[name] = {value: sum(one == value for one, _topic in seen) for value in values}
    return told


def fits(document: Document, node: Node) -> bool:  # noqa: C901, PLR0911 - one line a sort of node
    """Whether a post is what a part of a question asks for."""
    match node:
        case Word(text, in_title):
            return any(_has(text, *place) for place in _places(document, in_title=in_title))
        case Phrase(text, in_title):
            return any(
                _follow(analysis.words(text), words)
                for words, _lang in _places(document, in_title=in_title)
            )
        case Near(sought, distance, in_title):
            return any(
                _near(sought, distance, words)
                for words, _lang in _places(document, in_title=in_title)
            )
        case Beginning(text):
            return any(word.startswith(text) for word in analysis.words(document.title))
        case Alike(part, others):
            return fits(document, part) or any(fits(document, other) for other, _weight in others)
        case Has(name, values):
            return not {str(one) for one in _values(document, name)}.isdisjoint(values)
        case Written(since, until):
            return (since is None or since <= document.created_at) and (
                until is None or document.created_at < until
            )
        case Not(part):
            return not fits(document, part)
        case Every(nodes):
            return all(fits(document, part) for part in _insisted_on(nodes))
        case Either(nodes):
            return any(fits(document, part) for part in nodes)
    raise AssertionError(node)


def _insisted_on(nodes: Iterable[Node]) -> list[Node]:
    """Words that carry no subject, as the `en` of a norm, are only wished for beside others."""
    parts = [inner for one in nodes for inner in _parts(one)]
    others = [one for one in parts if not _is_small(one) and any(spoken(one))]
    return [one for one in parts if not _is_small(one)] if others else parts


def _parts(node: Node) -> list[Node]:
    if not isinstance(node, Every):
        return [node]
    return [inner for part in node.nodes for inner in _parts(part)]


def _is_small(node: Node) -> bool:
    return isinstance(node, Word) and analysis.is_small(node.text)


def _topic(chance: random.Random, number: int) -> Iterator[Document]:
    category = chance.choice(CATEGORIES)
    secret = (chance.choice(SECRETS),) if category == CATEGORIES[-1] else ()
    shared = replace(
        USUAL,
        topic_id=number,
        category_id=category,
        title=_text(chance, 4),
        title_lang=chance.choice(LANGS),
        kind=chance.choice(KINDS),
        listed=chance.random() < 0.85,
        tags=chance.sample(("1", "2", "3"), chance.randint(0, 2)),
        knowhow=chance.sample(("7", "8"), chance.randint(0, 1)),
        markets=chance.sample(MARKETS, chance.randint(0, 2)),
    )
    for place in range(1, chance.randint(1, 4) + 1):
        yield replace(
            shared,
            id=number * 10 + place,
            number=place,
            author_id=chance.randint(1, 4),
            lang=chance.choice(LANGS),
            text=" ".join((_text(chance, 9), *secret)),
            created_at=_time(chance),
            likes=chance.randint(0, 5),
            marks=["first"] if place == 1 else [],
        )


def _node(chance: random.Random, depth: int) -> Node:
    if depth and chance.random() < 0.4:
        return _together(chance, depth - 1)
    word = _word(chance)
    in_title = chance.random() < 0.2
    return chance.choice(
        [
            Word(word, in_title),
            Word(word, in_title),
            Phrase(f"{word} {_word(chance)}", in_title),
            Near((word, _other(chance, word)), chance.randint(1, 3), in_title),
            Beginning(word[:3]),
            Has("tag", tuple(chance.sample(("1", "2", "3"), chance.randint(0, 2)))),
            Has("author", (str(chance.randint(1, 4)),)),
            Has("market", (chance.choice(MARKETS),)),
            Written(since=_time(chance)),
            Written(until=_time(chance)),
        ]
    )


def _together(chance: random.Random, depth: int) -> Node:
    one, other = _node(chance, depth), _node(chance, depth)
    return chance.choice(
        [Not(one), Every((one, other)), Either((one, other)), Alike(one, ((other, 0.5),))]
    )


def _word(chance: random.Random) -> str:
    found: str = chance.choice(analysis.words(" ".join((*WORDS, *SECRETS))))
    return found


def _other(chance: random.Random, word: str) -> str:
    return chance.choice([one for one in analysis.words(" ".join(WORDS)) if one != word])


def _text(chance: random.Random, most: int) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))


def _time(chance: random.Random) -> datetime:
    return LONG_AGO + timedelta(days=chance.randint(0, 900))


def _chosen(chance: random.Random) -> dict[str, frozenset[int | str]]:
    boxes: dict[str, frozenset[int | str]] = {
        "kind": frozenset({chance.choice(KINDS)}),
        "tag": frozenset({1, 2}),
        "lang": frozenset({chance.choice(LANGS)}),
        "year": frozenset({2025}),
        "category": frozenset({1, 4}),
    }
    return {name: boxes[name] for name in boxes if chance.random() < 0.12}


def _in_box(document: Document, name: str, question: Question) -> bool:
    wanted = question.chosen.get(name)
    return not wanted or not wanted.isdisjoint(_values(document, name))


def _values(document: Document, name: str) -> set[int | str]:
    values: dict[str, set[int | str]] = {
        "category": {document.category_id},
        "kind": {document.kind},
        "tag": {*map(int, document.tags)},
        "market": {*document.markets},
        "knowhow": {*map(int, document.knowhow)},
        "lang": {document.lang},
        "year": {document.created_at.year},
        "author": {document.author_id},
    }
    return values[name]


def _places(document: Document, *, in_title: bool) -> list[tuple[list[str], str]]:
    title = (analysis.words(document.title), document.title_lang)
    return [title] if in_title else [title, (analysis.words(document.text), document.lang)]


def _has(word: str, words: list[str], lang: str) -> bool:
    stem = analysis.stem(word, lang)
    if stem is None or not all(analysis.stem(word, one) for one in LANGS):
        return word in words or (stem is not None and stem in analysis.stems(words, lang))
    return stem in analysis.stems(words, lang)


def _follow(sought: list[str], words: list[str]) -> bool:
    return tuple(sought) in pairwise(words)


def _near(sought: tuple[str, ...], distance: int, words: list[str]) -> bool:
    stretch = len(sought) + distance
    starts = range(max(1, len(words) - stretch + 1))
    return any({*sought} <= {*words[start : start + stretch]} for start in starts)
