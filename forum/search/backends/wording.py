"""What the words of a question are worth in each post: BM25F, among what the viewer may find."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from forum.search import analysis, ranking
from forum.search.backends.lists import Lists, Posts
from forum.search.backends.snapshot import Columns, Rights
from forum.search.question import Word


class Spoken(NamedTuple):
    """A word that was asked for: its weight, how often each document has it, and which as typed."""

    weight: float
    often: Posts
    as_typed: Collection[int]


class Wording:
    """The words of one question, and what was noted while they were looked up."""

    def __init__(self, lists: Lists, columns: Columns, rights: Rights) -> None:
        self.lists, self.columns, self.rights = lists, columns, rights
        # How many of the words that are sought each document has in its title.
        self.in_title: dict[int, int] = {}
        self.count = 0
        # How often each word is in each document, in the order of asking: for whole topics.
        self.spoken: list[Spoken] = []
        self._weight = 1.0

    def word(self, word: Word) -> Posts:
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

    def slipped(self, word: Word, found: Posts) -> Posts:
        """A word that hardly anyone wrote, or what may have been meant by it."""
        meant = dict(found)
        with self.instead(ranking.SLIP):
            for near in self.lists.words_like(word.text):
                like = self.word(Word(near, word.in_title))
                if len(like) >= ranking.SLIPS_ARE_RARER * max(1, len(found)):
                    for doc, score in like.items():
                        meant[doc] = max(meant.get(doc, 0.0), score * ranking.SLIP)
        return meant

    def phrase(self, words: Sequence[str], distance: int, *, in_title: bool) -> Posts:
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

    def beginning(self, text: str) -> Posts:
        title: Posts = {}
        for word in self.lists.words_from("title_exact", text):
            self._count_in(title, "title_exact", word)
        return self._scored(title, {})

    @contextmanager
    def instead(self, weight: float) -> Iterator[None]:
        """Look up what was not typed itself: it counts less, and makes no title the one sought."""
        noted = self.in_title, self.count, self._weight
        self.in_title, self._weight = {}, self._weight * weight
        try:
            yield
        finally:
            self.in_title, self.count, self._weight = noted

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
        self.count += 1
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
