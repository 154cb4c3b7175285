"""What each post that fits is worth: BM25F's sum over words, put together from levels.

A question becomes parts: lexemes to look up, and what a post that has them earns by it. For one
word the parts exclude each other, so a post earns by each word once.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from forum.search import analysis, ranking
from forum.search.backends.postgres import lexemes
from forum.search.backends.postgres.conditions import (
    all_of,
    any_of,
    needed,
    said,
)
from forum.search.backends.postgres.lexemes import LEVELS, level, quoted, titled
from forum.search.backends.postgres.rarity import Rarity
from forum.search.insisting import insisted_on
from forum.search.question import (
    Alike,
    Beginning,
    Either,
    Every,
    Most,
    Near,
    Node,
    Phrase,
    Word,
    spoken,
)

# A word in a title, and the beginning of one, against a word that is most of a post.
IN_TITLE = 1.5
BEGINNING = 3.0
# Posts with a word of a long question, beyond which it is looked for beside rarer ones only.
MOST_LOOKED_UP = 10_000
# A small word, as it is written: it counts, but little.
SMALL = 0.3


@dataclass(frozen=True)
class Part:
    """Lexemes, what a post earns that has them, and what share of a long question they are."""

    query: str
    worth: float
    share: float = 0.0
    # For what the topic is worth as a whole: the word, how often it is there, and its weight.
    word: str = ""
    often: float = 0.0
    weight: float = 0.0


def earned(node: Node, rarity: Rarity, share: float = 0.0) -> Iterator[Part]:
    """What posts that fit a question earn by it; by one part of it they have the share."""
    match node:
        case Word():
            word = _title_word if node.in_title else _word
            yield from (replace(one, share=share) for one in word(node.text, rarity))
        case Phrase() | Near():
            words = tuple(Word(word, node.in_title) for word in sorted(words_of(node)))
            yield from earned(Every(words), rarity, share)
        case Beginning():
            yield Part(needed(node), BEGINNING, share)
        case Alike():
            yield from _alike(node, rarity, share)
        case Every(nodes) | Either(nodes):
            for place, part in enumerate(nodes):
                yield from earned(part, rarity, share if not place else 0.0)
        case Most(nodes):
            for part, query in telling(insisted_on(nodes), rarity):
                for one in earned(part, rarity, share_of(part, rarity)):
                    yield replace(one, query=all_of([one.query, query]) if query else one.query)


def shares(most: Most, rarity: Rarity) -> list[Part]:
    """The parts of a long question, each with its share of the whole."""
    return [
        Part(all_of([needed(part), query] if query else [needed(part)]), 0.0, share)
        for part, query in telling(insisted_on(most.nodes), rarity)
        if (share := share_of(part, rarity)) and needed(part)
    ]


def least_share(most: Most, rarity: Rarity) -> float:
    """What a post must hold of a long question."""
    return ranking.ENOUGH * sum(share_of(part, rarity) for part in insisted_on(most.nodes))


def telling(nodes: Sequence[Node], rarity: Rarity) -> Iterator[tuple[Node, str]]:
    """Parts of a long question, and what else a post must have for them to tell something.

    Very frequent words tell nothing beside rarer ones, and looking up all of their posts takes long.
    """
    often = {node: sum(map(rarity.having, words_of(node))) for node in nodes}
    rare = [node for node in nodes if 0 < often[node] <= MOST_LOOKED_UP]
    rare = rare or sorted(filter(often.get, nodes), key=lambda node: often[node])[:1]
    beside = any_of([f"({needed(node)})" for node in rare if needed(node)])
    for node in nodes:
        yield node, beside if often[node] > MOST_LOOKED_UP and node not in rare else ""


def share_of(node: Node, rarity: Rarity) -> float:
    """How much of a long question a part of it is: as rare as it is typed, or else as it is meant."""
    if isinstance(node, Alike):
        others = [share_of(other, rarity) for other, _weight in node.others]
        return share_of(node.node, rarity) or max(others, default=0.0)
    return max(map(rarity.of, words_of(node)), default=0.0)


def covered(node: Node) -> bool:
    """Whether every post that fits earns by it, so that looking up the parts finds them all."""
    match node:
        case Word() | Phrase() | Near() | Beginning() | Most():
            return True
        case Alike(part, others):
            return covered(part) and all(covered(other) for other, _weight in others)
        case Either(nodes):
            return bool(nodes) and all(map(covered, nodes))
        case Every(nodes):
            return any(map(covered, insisted_on(nodes)))
    return False


def whole_titles(words: Collection[str], rarity: Rarity) -> Iterator[Part]:
    """More for titles that have all words, the more the less else there is in them."""
    stems = [stems for word in words if (stems := lexemes.stems_of(word))]
    if not stems:
        return
    all_words = all_of(any_of([quoted(lexemes.title_stem(s)) for s in some]) for some in stems)
    earned_else = sum(rarity.of(word) for word in words) * ranking.saturated(ranking.TITLE_BOOST)
    for length in range(len(stems), 2 * len(stems) + 1):
        share = len(stems) / length
        yield Part(
            all_of([all_words, quoted(lexemes.of_length(length))]),
            earned_else * ranking.WHOLE_TITLE_BOOST * share,
        )


def _word(text: str, rarity: Rarity) -> Iterator[Part]:
    """By level, and the form that was typed for more."""
    weight, as_typed = rarity.of(text), quoted(text)
    stems = lexemes.stems_of(text)
    for number in range(1, LEVELS + 1) if stems else ():
        query = any_of([quoted(level(stem, number)) for stem in stems])
        if rarity.differs(text):
            exact = weight * (1 + ranking.EXACT_BOOST)
            yield _of_level(all_of([query, as_typed]), exact, text, number)
            yield _of_level(all_of([query, f"!{as_typed}"]), weight, text, number)
        else:
            yield _of_level(query, weight, text, number)
    if len(stems) < len(analysis.LANGUAGES):
        other = [f"!{quoted(stem)}" for stem in stems]
        yield Part(all_of([as_typed, *other]), weight * SMALL)


def _of_level(query: str, weight: float, word: str, number: int) -> Part:
    often = lexemes.often(number)
    return Part(query, weight * ranking.saturated(often), 0.0, word, often, weight)


def _title_word(text: str, rarity: Rarity) -> Iterator[Part]:
    weight, as_typed = rarity.of(text) * IN_TITLE, quoted(titled(text))
    yield Part(as_typed, weight * (1 + ranking.EXACT_BOOST))
    if stems := [quoted(lexemes.title_stem(stem)) for stem in lexemes.stems_of(text)]:
        yield Part(all_of([any_of(stems), f"!{as_typed}"]), weight)


def _alike(alike: Alike, rarity: Rarity, share: float) -> Iterator[Part]:
    """What was typed, else what is like it: likeness counts once, however many words it takes."""
    before: list[str] = []
    for node, weight in [(alike.node, 1.0), *alike.others]:
        query = needed(node)
        found = list(earned(node, rarity, share))
        if not found and query:
            found = [Part(query, BEGINNING, share)]
        for_words = weight * min(1.0, len(words_of(alike.node)) / max(1, len(words_of(node))))
        within = [query] if query and not isinstance(node, Word) else []
        for one in found:
            yield replace(
                one,
                query=all_of([one.query, *within, *before]),
                worth=one.worth * for_words,
                weight=one.weight * for_words,
            )
        if said(node) and query:
            before.append(f"!({query})")


def words_of(node: Node) -> set[str]:
    """All words that are sought, as they are typed."""
    return {word for part in spoken(node) for word in analysis.words(part.text)}
