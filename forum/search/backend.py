"""What an engine is given, what it gives back, and the contract that every engine keeps."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
    """The best post of a topic."""

    post_id: int
    topic_id: int
    score: float


@dataclass(frozen=True)
class Hits:
    """A page of topics, best first; how many there are, in how many posts, and of which sorts."""

    page: Sequence[Hit] = ()
    topics: int = 0
    posts: int = 0
    # Facet to value to number of topics, true under all the other facets.
    counts: Mapping[str, Mapping[int | str, int]] = field(default_factory=dict)


class Damaged(Exception):
    """The index is not what was written: it is dropped and built anew."""


class Finder(Protocol):
    """Answers questions."""

    def search(self, question: Question) -> Hits:
        """Topics that hold what is sought, within the rights of the question."""


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
    # In the order of FACETS.
    sorts: tuple[int | str, ...]


def gather(matches: Iterable[Match], question: Question) -> Hits:
    """One hit per topic, the page of them that is asked for, and the counts."""
    rank = _RANKS.get(question.order, _by_date)
    ticked = [question.chosen.get(facet) or None for facet in FACETS]
    best: dict[int, tuple[tuple[float, ...], Match]] = {}
    seen: list[dict[int | str, set[int]]] = [{} for _facet in FACETS]
    posts = 0
    for match in matches:
        missed = [
            place
            for place, wanted in enumerate(ticked)
            if wanted is not None and match.sorts[place] not in wanted
        ]
        if len(missed) > 1:
            continue
        for place in missed or range(len(FACETS)):
            seen[place].setdefault(match.sorts[place], set()).add(match.topic_id)
        if missed:
            continue
        posts += 1
        place_in_order = rank(match)
        known = best.get(match.topic_id)
        if known is None or place_in_order > known[0]:
            best[match.topic_id] = (place_in_order, match)
    first = nlargest(question.offset + question.limit, best.values(), key=lambda pair: pair[0])
    return Hits(
        page=[Hit(m.post_id, m.topic_id, m.score) for _place, m in first[question.offset :]],
        topics=len(best),
        posts=posts,
        counts={
            facet: {value: len(topics) for value, topics in found.items()}
            for facet, found in zip(FACETS, seen, strict=True)
        },
    )


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
