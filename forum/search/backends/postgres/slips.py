"""Words of the index that are written much like another, and what a word may be a slip for."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, exists, func, select

from forum.search import ranking
from forum.search.backends import spelling
from forum.search.backends.postgres import trigrams
from forum.search.backends.postgres.conditions import has_lexemes
from forum.search.backends.postgres.lexemes import quoted
from forum.search.backends.postgres.rarity import Rarity
from forum.search.backends.postgres.tables import word as table
from forum.search.question import Alike, Either, Every, Most, Node, Not, Question, Word

# Words that share this much are compared letter by letter: enough for one slip in four letters.
SHARED = 0.2
LOOKED_AT = 60


def alike(connection: Connection, word: str) -> Sequence[str]:
    """The words written most like this one, the most frequent first."""
    if not trigrams.known():
        return []
    connection.execute(select(func.set_config("pg_trgm.similarity_threshold", str(SHARED), True)))
    often = func.sum(table.c.posts)
    rows = connection.execute(
        select(table.c.word, often)
        .where(table.c.word.bool_op("%")(word), table.c.word.not_like("~%"))  # those are stems
        .group_by(table.c.word)
        .order_by(func.similarity(table.c.word, word).desc(), table.c.word)
        .limit(LOOKED_AT)
    )
    known: dict[str, int] = {row[0]: row[1] for row in rows}
    near = spelling.nearest(word, [[*known]])
    there = [one for one in near if known[one] or _is_written(connection, one)]
    return sorted(there, key=lambda one: -known[one])


def _is_written(connection: Connection, word: str) -> bool:
    """Whether a word that no listed post has is in an unlisted one, or has left the index."""
    return bool(connection.scalar(select(exists().where(has_lexemes(quoted(word))))))


def corrected(connection: Connection, question: Question) -> Question:
    """The question with what may have been meant by words that hardly anyone wrote."""
    categories = question.visible_category_ids

    def meant(word: Word) -> Node:
        found = posts.having(word.text)
        if not word.loosely or found > ranking.RARE_AS_A_SLIP:
            return word
        near = alike(connection, word.text)
        seen = Rarity.read(connection, near, categories)
        least = ranking.SLIPS_ARE_RARER * max(1, found)
        others = [Word(one, word.in_title) for one in near if seen.having(one) >= least]
        return Alike(word, tuple((other, ranking.SLIP) for other in others)) if others else word

    loose = [word.text for word in _words(question.node) if word.loosely]
    if not loose:
        return question
    posts = Rarity.read(connection, loose, categories)
    return replace(question, node=_with_words(question.node, meant))


def _words(node: Node) -> list[Word]:
    found: list[Word] = []

    def note(word: Word) -> Node:
        found.append(word)
        return word

    _with_words(node, note)
    return found


def _with_words(node: Node, change: Callable[[Word], Node]) -> Node:
    """The question with other words."""
    match node:
        case Word():
            return change(node)
        case Not(part):
            return Not(_with_words(part, change))
        case Alike(part, others):
            return Alike(
                _with_words(part, change),
                tuple((_with_words(other, change), weight) for other, weight in others),
            )
        case Every(nodes) | Either(nodes) | Most(nodes):
            return replace(node, nodes=tuple(_with_words(part, change) for part in nodes))
        case _:
            return node
