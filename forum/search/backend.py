"""What an engine is given, what it gives back, and the contract that every engine keeps."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest
from typing import NamedTuple, Protocol

from forum.search.question import FACETS, LIKES, OLDEST, RELEVANCE, Question


@dataclass(frozen=True)
class Document:
    """What a post says to the index: its own words and what it shares with its topic."""

    id: int
    topic_id: int
    category_id: int
    author_id: int
    number: int
    lang: str
    text: str
    title: str
    title_lang: str
    kind: str
    listed: bool
    created_at: datetime
    likes: int = 0
    tags: Sequence[str] = ()
    knowhow: Sequence[str] = ()
    markets: Sequence[str] = ()
    # Anything else that is or is not: first, solved, closed, archived.
    marks: Sequence[str] = ()


@dataclass(frozen=True)
class Hit:
    """The best post of a topic, and the next best ones, to be folded under it."""

    post_id: int
    topic_id: int
    score: float
    others: tuple[int, ...] = ()


@dataclass(frozen=True)
class Hits:
    """A page of topics, best first; how many there are, and in how many posts."""

    page: Sequence[Hit] = ()
    topics: int = 0
    posts: int = 0


# Facet to value to number of topics, true under all the other facets.
Counts = Mapping[str, Mapping[int | str, int]]


class Damaged(Exception):
    """The index is not what was written: it is dropped and built anew."""


class Finder(Protocol):
    """Answers questions."""

    def search(self, question: Question) -> Hits:
        """Topics that hold what is sought, within the rights of the question."""

    def count(self, question: Question) -> Counts:
        """How many topics have each value of each facet, within the same rights."""

    def alike(self, word: str, most: int) -> Sequence[str]:
        """Words of the index written much like this folded one, the likeliest first.

        Whoever offers them to a viewer asks first whether they lead him to anything.
        """

    def side_by_side(self, words: Sequence[str], post_ids: Collection[int]) -> Mapping[int, int]:
        """How many neighbours among some folded words are neighbours in these posts, or their titles.

        Posts that have none may be left out.
        """


class Backend(Finder, Protocol):
    """An index that is kept beside the database and can always be made from it."""

    def index(self, documents: Iterable[Document], *, gone: Collection[int] = ()) -> None:
        """Take documents in, in place of those with the same ids, and take others out.

        Kept when it returns; safe to run twice.
        """

    def remove(self, ids: Collection[int]) -> None:
        """Take documents out."""

    def ids(self) -> Iterator[int]:
        """The documents it holds."""


class Match(NamedTuple):
    """A post that fits the question, before facets."""

    score: float
    post_id: int
    topic_id: int
    created: float
    likes: int
    # The values it has of each facet, in the order of FACETS.
    sorts: tuple[tuple[int | str, ...], ...]


# How many more posts of a topic are folded under its best.
FOLDED = 3


def gather(matches: Iterable[Match], question: Question) -> Hits:
    """One hit per topic, its best posts folded, and the page of them that is asked for."""
    rank = _RANKS.get(question.order, _by_date)
    ticked = _ticked(question)
    topics: dict[int, list[tuple[tuple[float, ...], Match]]] = {}
    posts = 0
    for match in matches:
        if any(wanted.isdisjoint(match.sorts[place]) for place, wanted in ticked):
            continue
        posts += 1
        topics.setdefault(match.topic_id, []).append((rank(match), match))
    best = {topic_id: nlargest(1 + FOLDED, found) for topic_id, found in topics.items()}
    first = nlargest(question.offset + question.limit, best.values(), key=lambda found: found[0][0])
    return Hits(
        page=[
            Hit(m.post_id, m.topic_id, m.score, tuple(other.post_id for _rank, other in others))
            for (_place, m), *others in first[question.offset :]
        ],
        topics=len(best),
        posts=posts,
    )


def tally(matches: Iterable[Match], question: Question) -> Counts:
    """How many topics have each value of each facet, as the other facets are ticked."""
    ticked = _ticked(question)
    seen: list[dict[int | str, set[int]]] = [{} for _facet in FACETS]
    for match in matches:
        missed = [place for place, wanted in ticked if wanted.isdisjoint(match.sorts[place])]
        if len(missed) > 1:
            continue
        for place in missed or range(len(FACETS)):
            for value in match.sorts[place]:
                seen[place].setdefault(value, set()).add(match.topic_id)
    return {
        facet: {value: len(topics) for value, topics in found.items()}
        for facet, found in zip(FACETS, seen, strict=True)
    }


def _ticked(question: Question) -> list[tuple[int, frozenset[int | str]]]:
    return [
        (place, frozenset(question.chosen[facet]))
        for place, facet in enumerate(FACETS)
        if question.chosen.get(facet)
    ]


# The id comes last in each, so that equals always stand in the same order.


def _by_score(match: Match) -> tuple[float, ...]:
    return match.score, match.created, -match.post_id


def _by_date(match: Match) -> tuple[float, ...]:
    return match.created, match.post_id


def _by_age(match: Match) -> tuple[float, ...]:
    return -match.created, -match.post_id


def _by_likes(match: Match) -> tuple[float, ...]:
    return match.likes, match.score, -match.post_id


_RANKS: dict[str, Callable[[Match], tuple[float, ...]]] = {
    RELEVANCE: _by_score,
    OLDEST: _by_age,
    LIKES: _by_likes,
}
