"""From a query, understood, to an answer.

Words are widened by what they are also called, and where no post has all of them, most will do.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from forum.search import analysis, engine, named, ranking
from forum.search.backend import Counts, Hit, Hits
from forum.search.question import RELEVANCE, Alike, Every, Most, Node, Question, Word

# A question of so many words is asked for most of them at once: nobody means each of ten words.
LONG = 3
# So many topics are looked at once more for words side by side, of a question not longer than that.
LOOKED_AT, MOST_SIDE_BY_SIDE = 20, 8
# What a word counts that was not typed but means the same (business-domain: 0.6).
EQUIVALENT = 0.6


@dataclass(frozen=True)
class Answer:
    """What was found; whether the index was asked; and whether a part of the words was enough."""

    hits: Hits
    complete: bool
    loose: bool = False


def ask(question: Question) -> Answer:
    """The best answer there is: with all words if any post has them, else with most of them.

    Of the first topics, those come before others whose words stand as they were asked for.
    """
    words, last = list(_words(question.node)), question.offset + question.limit
    if question.order != RELEVANCE or not 1 < len(words) <= MOST_SIDE_BY_SIDE or last > LOOKED_AT:
        return _answered(question)
    answer = _answered(replace(question, offset=0, limit=LOOKED_AT))
    page = _neighbours_first(answer.hits.page, words)[question.offset : last]
    return replace(answer, hits=replace(answer.hits, page=page))


def with_all_words(question: Question) -> engine.Answer:
    """Only what has all of it, whatever it is called: for those who must not be told of less."""
    return engine.ask(replace(question, node=widened(question.node)))


def count(question: Question) -> Counts:
    """How many topics of that answer have each value of each facet."""
    first, second = _in_turn(question)
    counts = engine.count(first)
    return counts if second is None or any(counts.values()) else engine.count(second)


def _answered(question: Question) -> Answer:
    first, second = _in_turn(question)
    answer = engine.ask(first)
    if answer.hits.topics or second is None:
        return Answer(answer.hits, answer.complete)
    more = engine.ask(second)
    return Answer(more.hits, more.complete, loose=bool(more.hits.topics))


def _in_turn(question: Question) -> tuple[Question, Question | None]:
    """What the index is asked, and what it is asked when that finds nothing."""
    wide = replace(question, node=widened(question.node))
    if question.insists:
        return wide, None
    loose = replace(wide, node=loosened(wide.node))
    if _spoken(question.node) >= LONG:
        return loose, None
    return wide, loose if loose != wide else None


def _neighbours_first(page: Sequence[Hit], words: Sequence[str]) -> Sequence[Hit]:
    near = engine.side_by_side(words, [hit.post_id for hit in page])
    if not near:
        return page
    boost = ranking.SIDE_BY_SIDE_BOOST / (len(words) - 1)
    worth = {hit.post_id: hit.score * (1 + boost * near.get(hit.post_id, 0)) for hit in page}
    return sorted(page, key=lambda hit: -worth[hit.post_id])


def _words(node: Node) -> Iterator[str]:
    """The words that were typed beside each other."""
    match node:
        case Word(text):
            yield text
        case Alike(part):
            yield from _words(part)
        case Every(nodes):
            for part in nodes:
                yield from _words(part)


def widened(node: Node) -> Node:
    """The question with what its words are also called beside them."""
    if not isinstance(node, Every):
        return node
    return Every(tuple(_widened(node.nodes)))


def loosened(node: Node) -> Node:
    """The question that most of the words will do for, or words written much like them."""
    if not isinstance(node, Every):
        return node
    said = [_loose(part) for part in node.nodes if _is_said(part)]
    rest = [part for part in node.nodes if not _is_said(part)]
    if _spoken(node) > 1:
        return Every((Most(tuple(said)), *rest))
    return Every((*said, *rest))


def _widened(nodes: Sequence[Node]) -> Iterator[Node]:
    """Each run of plain words on its own: what stands between two of them parts them."""
    place = 0
    while place < len(nodes):
        run = list(_run(nodes[place:]))
        if run:
            yield from _with_equivalents(run)
            place += len(run)
        else:
            yield nodes[place]
            place += 1


def _run(nodes: Iterable[Node]) -> Iterator[Word]:
    for node in nodes:
        if not isinstance(node, Word) or node.in_title:
            return
        yield node


def _with_equivalents(run: Sequence[Word]) -> Iterator[Node]:
    place = 0
    for one in named.equivalents([word.text for word in run]):
        yield from run[place : one.start]
        said = run[one.start : one.end]
        others = [(_all(map(Word, words)), EQUIVALENT) for words in one.words]
        yield Alike(_all(said), (*others, *((has, EQUIVALENT) for has in one.places)))
        place = one.end
    yield from run[place:]


def _all(words: Iterable[Word]) -> Node:
    nodes = tuple(words)
    return nodes[0] if len(nodes) == 1 else Every(nodes)


def _is_said(node: Node) -> bool:
    return isinstance(node, Word | Alike)


def _loose(node: Node) -> Node:
    match node:
        case Word():
            return replace(node, loosely=True)
        case Alike(part, others):
            return Alike(_loose(part), others)
        case Every(nodes):
            return Every(tuple(_loose(part) for part in nodes))
        case _:
            return node


def _spoken(node: Node) -> int:
    """How many words with a subject of their own are asked for side by side."""
    match node:
        case Word(text):
            return not analysis.is_small(text)
        case Alike(part):
            return _spoken(part)
        case Every(nodes):
            return sum(map(_spoken, nodes))
        case _:
            return 0
