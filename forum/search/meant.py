"""What a query that found little may have meant: words written much like those nobody wrote.

They are guessed from all that is in the index, whoever may read it, and from the words of the trade in
both languages. So nothing of a guess is told until the viewer was seen to find it: words that he
could not find count for nothing, and a query is offered when asking it leads him to more topics.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, product

from markupsafe import Markup, escape

from forum.categories.policies import Viewer
from forum.search import analysis, engine, glossary, queries, service
from forum.search.grammar import tokens
from forum.search.grammar.tokens import Sort
from forum.search.question import Question, Word
from forum.search.service import Request
from forum.vocabulary import queries as vocabulary

# With fewer topics than this other words are thought of.
FEW = 3
SHORTEST, LONG_WORD = 4, 7
# So many times more topics must hold another word than one that is not unknown.
FAR_MORE = 10
# Words of a query that may be wrong, likely ones for each, and queries that are tried.
MOST_WRONG, LIKELY, MOST_ASKED = 3, 2, 3
LOOKED_AT = 12


@dataclass(frozen=True)
class Meant:
    """Another query, and the same with the words that differ in bold."""

    text: str
    marked: Markup


@dataclass(frozen=True)
class Part:
    """A word of the query: where it stands, and how it is folded."""

    start: int
    end: int
    word: str


def instead(viewer: Viewer, request: Request, found: int) -> Meant | None:
    """A query that leads the viewer to more topics than he found, if one is written alike."""
    if found >= FEW:
        return None
    likely: dict[Part, list[str]] = {}
    for part in _parts(request.text):
        topics = _reach(viewer, part.word)
        if topics < FEW and len(likely) < MOST_WRONG:
            likely[part] = _likely(viewer, part.word, more_than=topics * FAR_MORE)
    likely = {part: words for part, words in likely.items() if words}
    if not likely:
        return None
    for words in islice(product(*likely.values()), MOST_ASKED):
        changes = dict(zip(likely, words, strict=True))
        hits = service.reach(viewer, replace(request, text=_changed(request.text, changes).text))
        posts = queries.posts(viewer, [hit.post_id for hit in hits.page])
        if hits.topics > found and posts:
            texts = [text for post in posts.values() for text in (post.topic.title, post.text)]
            return _changed(request.text, _as_written(changes, texts))
    return None


def _parts(text: str) -> Iterator[Part]:
    """The words that may be wrong: not those of phrases and operators, small ones or codes."""
    for token in tokens.cut(tokens.one_sort_of_quotes(text)):
        if token.sort is Sort.WORD and not token.refused:
            for start, end, word in analysis.spans(text[token.start : token.end]):
                if len(word) >= SHORTEST and word.isalpha() and not analysis.is_small(word):
                    yield Part(token.start + start, token.start + end, word)


def _likely(viewer: Viewer, word: str, *, more_than: int) -> list[str]:
    """The few words that were likely meant: the nearest, then those that most topics hold."""
    slips = 2 if len(word) >= LONG_WORD else 1
    trade = {one for one in _trade_words() if _may_be(one, word, slips)} if not more_than else set()
    near = {one: distance(word, one) for one in {*engine.alike(word, LOOKED_AT), *trade}}
    near = {one: far for one, far in near.items() if 0 < far <= slips}
    ranked = sorted(near, key=lambda one: _unlike(word, one, near))
    likely: list[str] = []
    for _rank, equals in groupby(ranked, key=lambda one: _unlike(word, one, near)):
        topics = {one: _reach(viewer, one) for one in equals}
        known = [one for one, count in topics.items() if count > more_than or one in trade]
        likely += sorted(known, key=lambda one: (-topics[one], one))
        if len(likely) >= LIKELY:
            break
    return likely[:LIKELY]


def _may_be(one: str, word: str, slips: int) -> bool:
    """Whether it is worth looking closer."""
    return one[0] == word[0] and abs(len(one) - len(word)) <= slips


def _unlike(word: str, other: str, near: Mapping[str, int]) -> tuple[int, bool]:
    """People seldom mistake the first letter."""
    return near[other], other[0] != word[0]


def _reach(viewer: Viewer, word: str) -> int:
    """How many topics with a word the viewer finds."""
    question = Question(Word(word), viewer.visible_category_ids, viewer.is_staff, limit=1)
    return engine.ask(question).hits.topics


def _trade_words() -> Iterator[str]:
    """The words of know-how, sectors and the glossary, which anyone may read."""
    for name in (*vocabulary.names(), *glossary.names()):
        yield from analysis.words(name)


def _changed(text: str, changes: Mapping[Part, str]) -> Meant:
    plain, marked, here = "", Markup(), 0
    for part, word in changes.items():
        before = text[here : part.start]
        plain, here = f"{plain}{before}{word}", part.end
        marked += escape(before) + Markup("<b>%s</b>") % word
    return Meant(plain + text[here:], marked + escape(text[here:]))


def _as_written(changes: Mapping[Part, str], texts: Collection[str]) -> dict[Part, str]:
    """The words with the accents that they have where they were found."""
    wanted = set(changes.values())
    written: dict[str, str] = {}
    for text in (*texts, *vocabulary.names()):
        for start, end, word in analysis.spans(text):
            if word in wanted:
                written.setdefault(word, text[start:end].lower())
    return {part: written.get(word, word) for part, word in changes.items()}


def distance(one: str, other: str) -> int:
    """How many slips make one word of another: a letter more, less, other, or two that changed places.

    No more than is needed to tell: words of quite another length are only said to be far.
    """
    if abs(len(one) - len(other)) > 2:
        return 3
    before: Sequence[int] = []
    last: Sequence[int] = range(len(other) + 1)
    for i, letter in enumerate(one):
        row = [i + 1]
        for j, also in enumerate(other):
            slip = min(last[j + 1] + 1, row[j] + 1, last[j] + (letter != also))
            if before and j and letter == other[j - 1] and also == one[i - 1]:
                slip = min(slip, before[j - 1] + 1)
            row.append(slip)
        before, last = last, row
    return last[-1]
