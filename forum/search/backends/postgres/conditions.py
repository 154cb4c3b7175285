"""From a question to what must be true of a row.

`needed` says it in lexemes, which the index looks up at once for the whole question. What lexemes
cannot say (phrases, times, what other tables know) is asked of the rows that are left, by
`condition`. It asks through sub-selects, never by reading the words of a row: they are long, and
kept elsewhere.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    false,
    literal,
    not_,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY

from forum.search import analysis
from forum.search.backends.postgres import lexemes
from forum.search.backends.postgres.tables import document
from forum.search.insisting import insisted_on
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

# The rows of a look-up beside the question's own.
_other = document.alias("other")
_WITHIN = """EXISTS (
    SELECT 1
    FROM unnest(other.words) AS one(lexeme, places, weights), unnest(one.places) AS first,
        unnest(other.words) AS two(lexeme, places, weights), unnest(two.places) AS place
    WHERE one.lexeme = ANY(:words) AND two.lexeme = ANY(:words)
        AND place BETWEEN first AND first + :most
    GROUP BY first
    HAVING count(DISTINCT two.lexeme) = :count
)"""


def needed(node: Node) -> str:  # noqa: C901, PLR0911 - one line a sort of node
    """Lexemes that a post must have to fit, as a `tsquery`; empty when none can be named."""
    match node:
        case Word():
            return any_of(_forms(node))
        case Phrase(_, in_title):
            return all_of(_words(analysis.words(node.text), in_title=in_title))
        case Near(words, _, in_title):
            return all_of(_words(words, in_title=in_title))
        case Beginning(beginning):
            return lexemes.quoted(lexemes.titled(beginning)) + ":*"
        case Has(name, values):
            return any_of([lexemes.quoted(lexemes.has(name, value)) for value in values])
        case Not(part):
            return _refused(part)
        case Every(nodes):
            return all_of(filter(None, map(needed, insisted_on(nodes))))
        case Either(nodes):
            return _one_of(nodes)
        case Most(nodes):
            return _one_of(insisted_on(nodes))
        case Alike(part, others):
            return _one_of([part, *(other for other, _weight in others)])
    return ""


def said(node: Node) -> bool:  # noqa: PLR0911 - one line a sort of node
    """Whether `needed` says all there is to say. (How many are most is counted elsewhere.)"""
    match node:
        case Word() | Beginning() | Has():
            return True
        case Phrase():
            return len(analysis.words(node.text)) < 2
        case Not(part):
            return said(part)
        case Every(nodes):
            return all(map(said, insisted_on(nodes)))
        case Either(nodes) | Most(nodes):
            return all(map(said, nodes))
        case Alike(part, others):
            return all(map(said, [part, *(other for other, _weight in others)]))
    return False


def looked_up(node: Every) -> tuple[str, list[Node]]:
    """What the index looks up for the whole question, and what is asked of the rows it gives.

    What is only refused is no reason to read the whole index.
    """
    parts = insisted_on(node.nodes)
    named = [part for part in parts if needed(part)]
    if all(isinstance(part, Not) for part in named):
        return "", parts
    return all_of(map(needed, named)), [part for part in parts if not said(part)]


def condition(  # noqa: PLR0911 - one line a sort of node
    node: Node, rows: FromClause = document
) -> ColumnElement[bool]:
    """What rows must be, whatever their lexemes."""
    match node:
        case Among(what, ids):
            known = ids.subquery().columns[0]
            place = rows.c.topic_id if what == "topic" else rows.c.post_id
            return place.in_(select(known).where(known.is_not(None)))
        case Written():
            return in_time(node, rows)
        case Not(part):
            return not_(condition(part, rows))
        case Every(nodes):
            return and_(true(), *(condition(part, rows) for part in insisted_on(nodes)))
        case Alike(part, others) if not said(node):
            return or_(*(condition(one, rows) for one in (part, *(o for o, _weight in others))))
        case Either(nodes) if not said(node):
            return or_(false(), *(condition(part, rows) for part in nodes))
    return rows.c.post_id.in_(_found_by(node)) if needed(node) else true()


def in_time(written: Written, rows: FromClause = document) -> ColumnElement[bool]:
    """Whether rows are of a time."""
    since, until = written.since, written.until
    return and_(
        true() if since is None else rows.c.created >= since.timestamp(),
        true() if until is None else rows.c.created < until.timestamp(),
    )


def has_lexemes(query: str, rows: FromClause = document) -> ColumnElement[bool]:
    """Whether rows fit a `tsquery`."""
    return rows.c.words.bool_op("@@")(cast(literal(query), TSQUERY))


def all_of(queries: Iterable[str]) -> str:
    """Every one of them."""
    return " & ".join(f"({query})" for query in queries)


def any_of(queries: Sequence[str]) -> str:
    """One of them; nothing fits none."""
    return " | ".join(queries) or lexemes.quoted(lexemes.NONE)


def _one_of(nodes: Sequence[Node]) -> str:
    queries = [needed(part) for part in nodes]
    return any_of([f"({query})" for query in queries]) if all(queries) else ""


def _refused(part: Node) -> str:
    """Not having some lexemes; looked up only where it says all, and beside others."""
    if not said(part):
        return ""
    query = needed(part)
    return f"!({query})" if query else lexemes.quoted(lexemes.NONE)


def _forms(word: Word) -> list[str]:
    """Any form of a word. A small word of a language is there only as it is written."""
    stems = lexemes.stems_of(word.text)
    forms = [lexemes.title_stem(stem) if word.in_title else stem for stem in stems]
    if len(stems) < len(analysis.LANGUAGES):
        forms.append(lexemes.titled(word.text) if word.in_title else word.text)
    return [lexemes.quoted(form) for form in forms]


def _words(words: Iterable[str], *, in_title: bool) -> list[str]:
    return [lexemes.quoted(lexemes.titled(word) if in_title else word) for word in words]


def _phrases(phrase: Phrase) -> list[str]:
    words = analysis.words(phrase.text)
    places = [True] if phrase.in_title else [True, False]
    return [" <-> ".join(_words(words, in_title=in_title)) for in_title in places]


def _found_by(node: Node) -> Select[Any]:
    """The rows that a look-up of its own finds."""
    found = select(_other.c.post_id)
    match node:
        case Phrase():
            return found.where(or_(*(has_lexemes(query, _other) for query in _phrases(node))))
        case Near():
            return found.where(has_lexemes(needed(node), _other), _side_by_side(node))
    return found.where(has_lexemes(needed(node), _other))


def _side_by_side(near: Near) -> ColumnElement[bool]:
    places = [True] if near.in_title else [True, False]
    words = [[lexemes.titled(w) if place else w for w in set(near.words)] for place in places]
    return or_(
        *(
            text(_WITHIN).bindparams(
                bindparam("words", some, ARRAY(Text), unique=True),
                bindparam("count", len(some), unique=True),
                # As many as stand between the first and the last, and these themselves.
                bindparam("most", near.distance + len(near.words) - 1, unique=True),
            )
            for some in words
        )
    )
