"""Finding the posts that fit a question in lists of words, and how well each fits.

Everything is counted among the documents that the viewer may find: what he may not see moves no
score. A set of posts is a dictionary from the number of a document to its score so far.
"""

from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple, Protocol

from forum.search import analysis, ranking
from forum.search.backends.snapshot import Columns, Rights
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


class Spoken(NamedTuple):
    """A word that was asked for: its weight, how often each document has it, and which as typed."""

    weight: float
    often: Posts
    as_typed: Collection[int]


class Matching:
    """One question, asked of one index."""

    def __init__(self, lists: Lists, columns: Columns, rights: Rights) -> None:
        self.lists, self.columns, self.rights = lists, columns, rights
        # How many of the words that are sought each document has in its title.
        self.in_title: dict[int, int] = {}
        self.words = 0
        # How often each word is in each document, in the order of asking: for whole topics.
        self.spoken: list[Spoken] = []
        self._weight = 1.0

    def posts(self, node: Node) -> Posts:  # noqa: C901 - one line a sort of node
        """The documents that fit, with what their words are worth."""
        found: Posts
        match node:
            case Word():
                found = self._word(node)
                if node.loosely and len(found) <= ranking.RARE_AS_A_SLIP:
                    found = self._slipped(node, found)
            case Phrase(text):
                found = self._phrase(analysis.words(text), 0, in_title=node.in_title)
            case Near(words, distance):
                found = self._phrase(words, distance, in_title=node.in_title)
            case Beginning(text):
                found = self._beginning(text)
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

    def _word(self, word: Word) -> Posts:
        """Any form of the word in either language; the form that was typed counts for more."""
        stems = {lang: analysis.stem(word.text, lang) for lang in analysis.LANGUAGES}
        title: Posts = {}
        body: Posts = {}
        for lang, stem in stems.items():
            if stem is not None:
                self._count_in(title, f"title_{lang}", stem)
                if not word.in_title:
                    self._count_in(body, f"body_{lang}", stem)
        if not all(stems.values()):  # a small word of a language is in its exact field only
            self._count_in(title, "title_exact", word.text)
            if not word.in_title:
                self._count_in(body, "body_exact", word.text)
        self._note_title(title)
        scored = self._scored(title, body)
        fields = ("title_exact",) if word.in_title else ("title_exact", "body_exact")
        as_typed = {doc for field in fields for doc in self.lists.posts_with(field, word.text)[0]}
        as_typed.intersection_update(scored)
        for doc in as_typed:
            scored[doc] *= 1 + ranking.EXACT_BOOST
        self.spoken[-1] = self.spoken[-1]._replace(as_typed=as_typed)
        return scored

    def _slipped(self, word: Word, found: Posts) -> Posts:
        """A word that hardly anyone wrote, or what may have been meant by it."""
        meant = dict(found)
        noted = self.in_title, self.words, self._weight
        self.in_title, self._weight = {}, self._weight * ranking.SLIP
        for near in self.lists.words_like(word.text):
            like = self.posts(Word(near, word.in_title))
            if len(like) >= ranking.SLIPS_ARE_RARER * max(1, len(found)):
                for doc, score in like.items():
                    meant[doc] = max(meant.get(doc, 0.0), score * ranking.SLIP)
        self.in_title, self.words, self._weight = noted
        return meant

    def _count_in(self, counts: Posts, field: str, term: str) -> None:
        """Add how often each document that may be found has a term, by the length of the field."""
        numbers, frequencies = self.lists.posts_with(field, term)
        if not numbers:
            return
        allowed = self.rights.allowed
        if field.startswith("title"):
            held, average = ranking.TITLE_LENGTH, self.rights.title_length
            lengths = self.columns.title_length
        else:
            held, average = ranking.BODY_LENGTH, self.rights.body_length
            lengths = self.columns.body_length
        base, slope = 1 - held, held / average
        found = {
            doc: frequency / (base + slope * lengths[doc])
            for doc, frequency in zip(numbers, frequencies, strict=True)
            if allowed[doc]
        }
        if counts:
            for doc, worth in found.items():
                counts[doc] = counts.get(doc, 0.0) + worth
        else:
            counts.update(found)

    def _note_title(self, title: Iterable[int]) -> None:
        self.words += 1
        seen = self.in_title
        for doc in title:
            seen[doc] = seen.get(doc, 0) + 1

    def _scored(self, title: Posts, body: Posts) -> Posts:
        """BM25F: the fields are added up before repetition stops counting."""
        for doc, worth in title.items():
            body[doc] = body.get(doc, 0.0) + worth * ranking.TITLE_BOOST
        self.spoken.append(Spoken(self._weight, body, frozenset()))
        rare = ranking.rarity(len(body), self.rights.count) * (ranking.K1 + 1)
        steep = ranking.K1
        return {doc: rare * worth / (worth + steep) for doc, worth in body.items()}

    def _phrase(self, words: Sequence[str], distance: int, *, in_title: bool) -> Posts:
        title: Posts = {}
        body: Posts = {}
        for field, counts in (("title_exact", title), ("body_exact", body)):
            if in_title and counts is body:
                continue
            if len(words) == 1:
                numbers, frequencies = self.lists.posts_with(field, words[0])
            else:
                numbers, frequencies = self.lists.posts_near(field, words, distance)
            allowed = self.rights.allowed
            counts.update(
                (doc, worth)
                for doc, worth in zip(numbers, frequencies, strict=True)
                if allowed[doc]
            )
        self._note_title(title)
        return self._scored(title, body)

    def _beginning(self, text: str) -> Posts:
        title: Posts = {}
        for word in self.lists.words_from("title_exact", text):
            self._count_in(title, "title_exact", word)
        return self._scored(title, {})

    def _alike(self, part: Node, others: Iterable[tuple[Node, float]]) -> Posts:
        found = dict(self.posts(part))
        # A title made of equivalents is not the one that was typed.
        noted = self.in_title, self.words, self._weight
        for other, weight in others:
            self.in_title, self._weight = {}, noted[2] * weight
            equivalents = self.posts(other)
            if isinstance(other, Has):
                worth = ranking.rarity(len(equivalents), self.rights.count)
                equivalents = dict.fromkeys(equivalents, worth)
            for doc, score in equivalents.items():
                if score * weight > found.get(doc, -1.0):
                    found[doc] = score * weight
        self.in_title, self.words, self._weight = noted
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
        tests = [part for part in nodes if isinstance(part, Among | Written)]
        refused = [part.node for part in nodes if isinstance(part, Not)]
        kept = [part for part in nodes if not isinstance(part, Among | Written | Not)]
        wished = _small(kept)
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
        wished = _small(nodes)
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


def _small(nodes: Sequence[Node]) -> list[Node]:
    """Words without a subject of their own, where there are others beside them."""
    spoken = [part for part in nodes if not isinstance(part, Has)]
    small: list[Node] = [
        part for part in spoken if isinstance(part, Word) and analysis.is_small(part.text)
    ]
    return small if len(small) < len(spoken) else []


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


def packed(numbers: Iterable[int], frequencies: Iterable[float]) -> List:
    """A list as it is kept: a word repeated too often counts no more."""
    capped = (min(frequency, ranking.MOST_REPEATS) for frequency in frequencies)
    return array("l", numbers), array("f", capped)
