"""An open index as it is at one moment, and the lists in it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import Any

from whoosh import query
from whoosh.reading import TermNotFound

from forum.search import queries
from forum.search.backends import nearness, spelling
from forum.search.backends.keeping import Kept
from forum.search.backends.lists import List, Posts, packed
from forum.search.backends.matching import Matching
from forum.search.backends.snapshot import Snapshot
from forum.search.question import Among, Question

MOST_BEGINNINGS = 100
_EXACT = ("title_exact", "body_exact")


class Reading:
    """An open index as it is at one moment, and the lists in it."""

    def __init__(
        self,
        searcher: Any,
        snapshot: Snapshot,
        kept: Kept,
        words_of: Callable[[Any], Sequence[str]],
    ) -> None:
        self._searcher, self.snapshot, self._kept = searcher, snapshot, kept
        self._words_of = words_of
        self.reader = searcher.reader()
        self._leaves = list(self.reader.leaf_readers())
        self._among: dict[Among, Collection[int]] = {}

    def found(self, question: Question) -> tuple[Matching, Posts]:
        """The posts that fit a question, with what was noted on the way."""
        rights = self.snapshot.rights(
            question.visible_category_ids, unlisted=question.sees_unlisted
        )
        matching = Matching(self, self.snapshot.columns, rights)
        return matching, matching.posts(question.node)

    def posts_with(self, field: str, term: str) -> List:
        lists = [(self._list(leaf, field, term), offset) for leaf, offset in self._leaves]
        lists = [(one, offset) for one, offset in lists if one[0]]
        if len(lists) == 1 and not lists[0][1]:
            return lists[0][0]
        numbers = [doc + offset for (docs, _often), offset in lists for doc in docs]
        return numbers, [often for (_docs, some), _offset in lists for often in some]

    def posts_near(self, field: str, words: Sequence[str], distance: int) -> List:
        if distance:
            numbers = self._in_any_order(field, words, distance)
        else:
            terms = [query.Term(field, word) for word in words]
            numbers = list(query.SpanNear2(terms, slop=1).docs(self._searcher))
        return numbers, [1.0] * len(numbers)

    def _in_any_order(self, field: str, words: Sequence[str], distance: int) -> list[int]:
        """Whoosh can do this for two words only."""
        found = []
        for leaf, offset in self._leaves:
            holding = [set(self._list(leaf, field, word)[0]) for word in words]
            # The lists that are kept have what was deleted since.
            both = [d for d in sorted(set.intersection(*holding)) if not leaf.is_deleted(d)]
            places = [_places(leaf, field, word, both) for word in words]
            stretch = len(words) + distance
            near = (nearness.within(of_words, stretch) for of_words in zip(*places, strict=True))
            found += [offset + doc for doc, is_near in zip(both, near, strict=True) if is_near]
        return found

    def side_by_side(self, words: Sequence[str], post_ids: Collection[int]) -> Mapping[int, int]:
        """Of a few posts, by going straight to each: never by reading all that have the words."""
        found: Counter[int] = Counter()
        ids, places = self.snapshot.columns.id, self.snapshot.places
        documents = sorted(places[post_id] for post_id in post_ids if post_id in places)
        for leaf, offset in self._leaves:
            end = offset + leaf.doc_count_all()
            wanted = {doc - offset for doc in documents if offset <= doc < end}
            for pair in pairwise(words) if wanted else ():
                near = {doc for field in _EXACT for doc in self._next_to(leaf, field, pair, wanted)}
                found.update(ids[offset + doc] for doc in near)
        return found

    def _next_to(
        self, leaf: Any, field: str, pair: Sequence[str], wanted: Collection[int]
    ) -> Iterator[int]:
        """Those of some documents in which two words follow each other."""
        both = {*wanted}
        for word in pair:
            both.intersection_update(self._list(leaf, field, word)[0])
        there = [doc for doc in sorted(both) if not leaf.is_deleted(doc)]
        places = [_places(leaf, field, word, there) for word in pair]
        for doc, first, second in zip(there, *places, strict=True):
            if not {place + 1 for place in first}.isdisjoint(second):
                yield doc

    def words_from(self, field: str, beginning: str) -> Sequence[str]:
        terms = self.reader.expand_prefix(field, beginning)
        return [term.decode() for term in islice(terms, MOST_BEGINNINGS)]

    def words_like(self, word: str) -> Sequence[str]:
        near = spelling.nearest(word, (self._words_of(leaf) for leaf, _offset in self._leaves))
        return sorted(near, key=lambda one: -self.reader.doc_frequency("body_exact", one))

    def ids_among(self, among: Among) -> Collection[int]:
        if among not in self._among:
            self._among[among] = queries.ids(among.ids)
        return self._among[among]

    def _list(self, leaf: Any, field: str, term: str) -> List:
        segment = leaf.segment()
        if segment is None:
            return (), ()
        return self._kept.get((segment.segment_id(), field, term), lambda: _read(leaf, field, term))


def _read(leaf: Any, field: str, term: str) -> List:
    """A list out of the files, with the documents that were deleted since."""
    try:
        matcher = leaf.postings(field, term)
    except TermNotFound:
        return (), ()
    numbers, frequencies = [], []
    while matcher.is_active():
        numbers.append(matcher.id())
        frequencies.append(matcher.weight())
        matcher.next()
    return packed(numbers, frequencies)


def _places(leaf: Any, field: str, term: str, documents: Sequence[int]) -> Iterator[list[int]]:
    """Where a term stands in each of some documents that have it."""
    matcher: Any = leaf.postings(field, term) if documents else None
    for doc in documents:
        matcher.skip_to(doc)
        yield matcher.value_as("positions")
