"""Finding the posts that fit a question in lists of words, and how well each fits.

Everything is counted among the documents that the viewer may find: what he may not see moves no
score. A set of posts is a dictionary from the number of a document to its score so far.
"""

from collections.abc import Callable, Iterable, Sequence

from forum.search import analysis, ranking
from forum.search.backends.lists import Lists, Posts
from forum.search.backends.snapshot import Columns, Rights
from forum.search.backends.wording import Wording
from forum.search.insisting import flat, wished_for
from forum.search.question import (
    Alike,
    Among,
    Beginning,
    Either,
    Every,
    Has,
    Most,
    Near,
    Node,
    Not,
    Phrase,
    Word,
    Written,
)


class Matching:
    """One question, asked of one index."""

    def __init__(self, lists: Lists, columns: Columns, rights: Rights) -> None:
        self.lists, self.columns, self.rights = lists, columns, rights
        self.wording = Wording(lists, columns, rights)

    def posts(self, node: Node) -> Posts:  # noqa: C901 - one line a sort of node
        """The documents that fit, with what their words are worth."""
        found: Posts
        match node:
            case Word():
                found = self.wording.word(node)
                if node.loosely and len(found) <= ranking.RARE_AS_A_SLIP:
                    found = self.wording.slipped(node, found)
            case Phrase(text):
                found = self.wording.phrase(analysis.words(text), 0, in_title=node.in_title)
            case Near(words, distance):
                found = self.wording.phrase(words, distance, in_title=node.in_title)
            case Beginning(text):
                found = self.wording.beginning(text)
            case Alike(part, others):
                found = self._alike(part, others)
            case Has(name, values):
                found = self._having(name, values)
            case Among() | Written():
                found = dict.fromkeys(filter(self._fits(node), self._all()), 0.0)
            case Not(part):
                refused = self.posts(part)
                found = {doc: 0.0 for doc in self._all() if doc not in refused}
            case Every(nodes):
                found = self._every(nodes)
            case Either(nodes):
                found = self._either(nodes)
            case Most(nodes):
                found = self._most(nodes)
        return found

    def _alike(self, part: Node, others: Iterable[tuple[Node, float]]) -> Posts:
        found = dict(self.posts(part))
        for other, weight in others:
            with self.wording.instead(weight):
                equivalents = self.posts(other)
            if isinstance(other, Has):
                worth = ranking.rarity(len(equivalents), self.rights.count)
                equivalents = dict.fromkeys(equivalents, worth)
            for doc, score in equivalents.items():
                if score * weight > found.get(doc, -1.0):
                    found[doc] = score * weight
        return found

    def _having(self, name: str, values: Iterable[str]) -> Posts:
        allowed = self.rights.allowed
        return {
            doc: 0.0
            for value in values
            for doc in self.lists.posts_with(name, value)[0]
            if allowed[doc]
        }

    def _every(self, nodes: Sequence[Node]) -> Posts:
        """All of the parts. Small words are wished for when there are others, not insisted on."""
        nodes = list(flat(nodes))
        tests = [part for part in nodes if isinstance(part, Among | Written)]
        refused = [part.node for part in nodes if isinstance(part, Not)]
        kept = [part for part in nodes if not isinstance(part, Among | Written | Not)]
        wished = wished_for(kept)
        sets = sorted((self.posts(part) for part in kept if part not in wished), key=len)
        found = _common(sets) if sets else dict.fromkeys(self._all(), 0.0)
        for test in tests:
            fits = self._fits(test)
            found = {doc: score for doc, score in found.items() if fits(doc)}
        for part in refused:
            out = self.posts(part)
            found = {doc: score for doc, score in found.items() if doc not in out}
        for part in wished:
            _add(found, self.posts(part))
        return found

    def _either(self, nodes: Iterable[Node]) -> Posts:
        found: Posts = {}
        for part in nodes:
            for doc, score in self.posts(part).items():
                found[doc] = found.get(doc, 0.0) + score
        return found

    def _most(self, nodes: Sequence[Node]) -> Posts:
        """What holds enough of the words, the rare ones weighing more than the common ones."""
        wished = wished_for(nodes)
        sets = [self.posts(part) for part in nodes if part not in wished]
        weights = [ranking.telling(len(found), self.rights.count) for found in sets]
        held: Posts = {}
        found: Posts = {}
        for one, weight in zip(sets, weights, strict=True):
            for doc, score in one.items():
                held[doc] = held.get(doc, 0.0) + weight
                found[doc] = found.get(doc, 0.0) + score
        whole = sum(weights) or 1.0
        least = whole * ranking.ENOUGH
        return {
            doc: found[doc] * (1 + ranking.ALL_OF_IT_BOOST * (part / whole - 1))
            for doc, part in held.items()
            if part >= least
        }

    def _fits(self, node: Among | Written) -> Callable[[int], bool]:
        """The test of a document by what is known of it beside its words."""
        if isinstance(node, Among):
            known = self.columns.topic if node.what == "topic" else self.columns.id
            ids = self.lists.ids_among(node)
            return lambda doc: known[doc] in ids
        created = self.columns.created
        since = node.since.timestamp() if node.since else float("-inf")
        until = node.until.timestamp() if node.until else float("inf")
        return lambda doc: since <= created[doc] < until

    def _all(self) -> Iterable[int]:
        return (doc for doc, allowed in enumerate(self.rights.allowed) if allowed)


def _common(sets: Sequence[Posts]) -> Posts:
    """What is in all of them, the smallest first, with the scores added up."""
    first, *others = sets
    return {
        doc: score + sum(other[doc] for other in others)
        for doc, score in first.items()
        if all(doc in other for other in others)
    }


def _add(found: Posts, more: Posts) -> None:
    for doc, score in more.items():
        if doc in found:
            found[doc] += score
