"""Reading a query: words, "phrases", -not, and operators.

A query never fails. What makes no sense is left out and explained beside the results.
"""

import re
from dataclasses import dataclass, field, replace

from forum.categories.policies import Viewer
from forum.core.i18n import _, ngettext
from forum.core.text import squeeze
from forum.search import analysis, settings
from forum.search.grammar import builtin
from forum.search.grammar.operators import (
    Meaning,
    Operator,
    Unclear,
    find,
    register,
    register_place,
)
from forum.search.question import Every, Node, Not, Phrase, Word

for _operator in builtin.OPERATORS:
    register(_operator)
for _place in builtin.PLACES:
    register_place(_place)

# Quotes of every sort are one sort, letter for letter, so that places stay places.
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"') | {"\u2019": "'"})
_PART = re.compile(
    r"""
    (?P<minus>-)?
    (?:
        (?P<name>[^\W\d_]{2,20}):(?P<value>"[^"]*"?|[^\s"]*)
      | (?P<sign>[@#])(?P<signed>[^\s"]+)
      | "(?P<phrase>[^"]*)"?
      | (?P<word>[^\s"]+)
    )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Chip:
    """An operator as it was understood, and the query without it."""

    label: str
    without: str


@dataclass(frozen=True)
class Problem:
    """A part of the query that was left out, and why."""

    text: str
    message: str


@dataclass
class Reading:
    """A query, understood."""

    text: str
    node: Every = field(default_factory=Every)
    order: str | None = None
    chips: list[Chip] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    # The words without operators: what a topic that asks this would be called.
    words: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing at all is asked for."""
        return not self.node.nodes


def read(text: str, viewer: Viewer) -> Reading:
    """Understand a query as the viewer typed it."""
    reading = Reading(squeeze(analysis.composed(text.replace("\x00", ""))))
    query = _shortened(reading)
    nodes: list[Node] = []
    spoken: list[str] = []
    in_title = False
    for part in _parts(query, reading):
        operator = find(part["name"] or part["sign"] or "")
        if operator is not None:
            meaning = _meaning(operator, part, viewer, reading)
            if meaning is None:
                continue
            in_title = in_title or meaning.in_title
            reading.order = meaning.order or reading.order
            if meaning.node is not None:
                nodes.append(_maybe_not(part, meaning.node))
        else:
            found = _spoken(part)
            nodes += [_maybe_not(part, found)] if part["minus"] and found else _flat(found)
            if not part["minus"]:
                spoken.append(reading.text[part.start() : part.end()])
    reading.words = squeeze(" ".join(spoken))
    reading.node = Every(tuple(_into_title(node) if in_title else node for node in nodes))
    return reading


def _shortened(reading: Reading) -> str:
    longest = settings.LONGEST_QUERY()
    if len(reading.text) > longest:
        reading.text = reading.text[:longest]
        reading.problems.append(
            Problem(
                "…",
                ngettext(
                    "A query has at most %(count)s character; the rest was left out.",
                    "A query has at most %(count)s characters; the rest was left out.",
                    longest,
                ),
            )
        )
    return reading.text.translate(_QUOTES)


def _parts(query: str, reading: Reading) -> list[re.Match[str]]:
    parts = list(_PART.finditer(query))
    most = settings.MOST_PARTS()
    if len(parts) > most:
        left_out = query[parts[most].start() :]
        message = ngettext(
            "A query has at most %(count)s word; the rest was left out.",
            "A query has at most %(count)s words; the rest was left out.",
            most,
        )
        reading.problems.append(Problem(left_out, message))
    return parts[:most]


def _meaning(
    operator: Operator, part: re.Match[str], viewer: Viewer, reading: Reading
) -> Meaning | None:
    value = (part["value"] if part["name"] else part["signed"]).strip('" ')
    try:
        if not value:
            raise Unclear(_("Write after the colon what to look for, without a space."))
        meaning = operator.read(value, viewer)
    except Unclear as unclear:
        reading.problems.append(Problem(part.group(), str(unclear)))
        return None
    refused = part["minus"] and meaning.node is not None
    label = _("not %(what)s", what=meaning.label) if refused else meaning.label
    before, after = reading.text[: part.start()], reading.text[part.end() :]
    reading.chips.append(Chip(label, squeeze(f"{before} {after}")))
    return meaning


def _spoken(part: re.Match[str]) -> Node | None:
    """A word, a phrase, or the words that one piece of typing holds: l'appel, sous-traitant."""
    words = analysis.words(part["phrase"] if part["phrase"] is not None else part.group())
    if not words:
        return None
    if part["phrase"] is not None:
        return Phrase(" ".join(words))
    if len(words) == 1:
        return Word(words[0])
    return Every(tuple(Word(word) for word in words))


def _flat(node: Node | None) -> list[Node]:
    if node is None:
        return []
    return list(node.nodes) if isinstance(node, Every) else [node]


def _maybe_not(part: re.Match[str], node: Node) -> Node:
    return Not(node) if part["minus"] else node


def _into_title(node: Node) -> Node:
    if isinstance(node, Word | Phrase):
        return replace(node, in_title=True)
    if isinstance(node, Not):
        return Not(_into_title(node.node))
    if isinstance(node, Every):
        return Every(tuple(_into_title(part) for part in node.nodes))
    return node
