"""The lists of an index: which documents have a word, and how often."""

from array import array
from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from forum.search import ranking
from forum.search.question import Among

Posts = dict[int, float]
# Numbers of documents, and how often each has the word.
List = tuple[Sequence[int], Sequence[float]]


class Lists(Protocol):
    """Where the lists of an index are read from."""

    def posts_with(self, field: str, term: str) -> List:
        """The documents that have a term in a field."""

    def posts_near(self, field: str, words: Sequence[str], distance: int) -> List:
        """The documents where words follow each other, with at most so many others between them."""

    def words_from(self, field: str, beginning: str) -> Sequence[str]:
        """The words of a field that begin so."""

    def words_like(self, word: str) -> Sequence[str]:
        """The words written much like another, the likeliest first."""

    def ids_among(self, among: Among) -> Collection[int]:
        """The topics or posts that a statement names."""


def packed(numbers: Iterable[int], frequencies: Iterable[float]) -> List:
    """A list as it is kept: a word repeated too often counts no more."""
    capped = (min(frequency, ranking.MOST_REPEATS) for frequency in frequencies)
    return array("l", numbers), array("f", capped)
