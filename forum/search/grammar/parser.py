"""Reading a query: words, "phrases", -not, AND, OR, (parentheses), and operators.

A query never fails. What makes no sense is left out and explained beside the results.

Words beside each other are all wanted, and hold closer together than OR: `cold chain OR ice`
seeks either both words or the third.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from forum.categories.policies import Viewer
from forum.core.i18n import _, ngettext
from forum.core.text import squeeze
from forum.search import analysis, settings
from forum.search.grammar import builtin, sentence, tokens
from forum.search.grammar.operators import Meaning, Unclear
from forum.search.grammar.reading import Chip, Problem, Reading
from forum.search.grammar.tokens import Sort, Token
from forum.search.question import (
    Beginning,
    Either,
    Every,
    Near,
    Node,
    Not,
    Phrase,
    Word,
)

__all__ = ["Chip", "Problem", "Reading", "read"]

builtin.register_all()

SHORTEST_BEGINNING = 3
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu)'", re.IGNORECASE)
# AB-12/3, ada@example.org, 10:30: what is written together is sought together.
_REFERENCE = re.compile(r"\d|(?<=\w)[@/_.](?=\w)")


def read(text: str, viewer: Viewer) -> Reading:
    """Understand a query as the viewer typed it."""
    reading = Reading(squeeze(analysis.composed(text.replace("\x00", ""))))
    _shorten(reading)
    query = tokens.one_sort_of_quotes(reading.text)
    found = sentence.put_right(tokens.cut(query), reading)
    node = _Sentence(found, viewer, reading).node()
    reading.node = node if isinstance(node, Every) else Every((node,) if node else ())
    return reading


def _shorten(reading: Reading) -> None:
    longest = settings.LONGEST_QUERY()
    if len(reading.text) > longest:
        reading.text = reading.text[:longest]
        message = ngettext(
            "A query has at most %(count)s character; the rest was left out.",
            "A query has at most %(count)s characters; the rest was left out.",
            longest,
        )
        reading.problems.append(Problem("…", message))


class _Sentence:
    """Tokens in good order on their way to a node, read from the left to the right."""

    def __init__(self, found: Sequence[Token], viewer: Viewer, reading: Reading) -> None:
        self.tokens = found
        self.viewer = viewer
        self.reading = reading
        self.place = 0
        # Whether what is read now is unwanted, and whether its words are sought in titles.
        self.refused = False
        self.in_title = False

    def node(self) -> Node | None:
        """All of it, or all that stands between two parentheses."""
        around, self.in_title = self.in_title, False
        node = self._either()
        if node is not None and self.in_title:
            node = into_title(node)
        self.in_title = around
        return node

    def _either(self) -> Node | None:
        branches = [self._every()]
        while self._take(Sort.OR):
            branches.append(self._every())
        return _either(branches)

    def _every(self) -> Node | None:
        parts = []
        while self._sort() not in {None, Sort.OR, Sort.CLOSE}:
            if self._take(Sort.AND):
                self.reading.insists = True
            else:
                parts.append(self._part())
        return every(parts)

    def _part(self) -> Node | None:
        """A word, phrase, operator or parenthesis, with the refusals before it."""
        refused = False
        while self._take(Sort.NOT):
            refused = not refused
        token = self.tokens[self.place]
        self.place += 1
        refused ^= token.refused
        self.refused ^= refused
        node = self._read(token)
        self.refused ^= refused
        return Not(node) if refused and node is not None else node

    def _read(self, token: Token) -> Node | None:
        if token.sort is Sort.OPEN:
            node = self.node()
            self._take(Sort.CLOSE)
            return node
        if token.operator is not None:
            meaning = self._meaning(token)
            return meaning.node if meaning else None
        if not self.refused and not token.text.endswith("*"):
            words = self.reading.text[token.start : token.end]
            self.reading.words = squeeze(f"{self.reading.words} {words}")
        return self._phrase(token) if token.sort is Sort.PHRASE else self._word(token)

    def _meaning(self, token: Token) -> Meaning | None:
        """What an operator says, with a chip to take it out again."""
        try:
            meaning = _understood(token, self.viewer)
            self._refuse_senseless(meaning)
        except Unclear as unclear:
            self.reading.explain(token.start, token.end, str(unclear))
            return None
        self.in_title = self.in_title or meaning.in_title
        self.reading.order = meaning.order or self.reading.order
        label = _("not %(what)s", what=meaning.label) if self.refused else meaning.label
        self._add_chip(label)
        return meaning

    def _refuse_senseless(self, meaning: Meaning) -> None:
        if self.refused and meaning.node is None:
            raise Unclear(_("This says where or how to search; it cannot be refused."))
        if meaning.order and self.reading.order:
            raise Unclear(_("Results have one order: the first that is written."))

    def _add_chip(self, label: str) -> None:
        start, end = sentence.without(self.tokens, self.place - 1)
        text = self.reading.text
        before, after = text[:start].rstrip(), text[end:].lstrip()
        space = "" if before.endswith("(") or after.startswith(")") else " "
        self.reading.chips.append(Chip(label, f"{before}{space}{after}".strip()))

    def _phrase(self, token: Token) -> Node | None:
        words = analysis.words(token.text)
        if not token.ends:
            message = _("This quotation mark is not closed; it reaches to the end.")
            self.reading.explain(token.start, token.end, message)
        if not words:
            return None
        if token.distance is None or len(words) == 1:
            return Phrase(" ".join(words))
        farthest = settings.FARTHEST()
        if token.distance > farthest:
            message = ngettext(
                "At most %(count)s word may lie between; it was read so.",
                "At most %(count)s words may lie between; it was read so.",
                farthest,
            )
            self.reading.explain(token.start, token.end, message)
        return Near(tuple(words), min(token.distance, farthest))

    def _word(self, token: Token) -> Node | None:
        """A word, or those that one piece of typing holds: l'appel, sous-traitant, AB-12/3."""
        words = analysis.words(token.text)
        if token.text.endswith("*") and words:
            return every([*(Word(word) for word in words[:-1]), self._beginning(token, words[-1])])
        if len(words) > 1 and _REFERENCE.search(token.text):
            return Phrase(" ".join(analysis.words(_ELISION.sub("", token.text))))
        return every([Word(word) for word in words])

    def _beginning(self, token: Token, letters: str) -> Node | None:
        if len(letters) >= SHORTEST_BEGINNING:
            self._add_chip(_("titles with a word beginning “%(letters)s”", letters=letters))
            return Beginning(letters)
        message = _("Write at least three letters before the star.")
        self.reading.explain(token.start, token.end, message)
        return None

    def _sort(self) -> Sort | None:
        return self.tokens[self.place].sort if self.place < len(self.tokens) else None

    def _take(self, sort: Sort) -> bool:
        if self._sort() is not sort:
            return False
        self.place += 1
        return True


def _understood(token: Token, viewer: Viewer) -> Meaning:
    if token.operator is None or not token.text:
        raise Unclear(_("Write after the colon what to look for, without a space."))
    return token.operator.read(token.text, viewer)


def every(parts: Sequence[Node | None]) -> Node | None:
    """All of the parts that there are, as simply as it can be said."""
    flat: list[Node] = []
    for part in parts:
        flat += part.nodes if isinstance(part, Every) else [part] if part else []
    return flat[0] if len(flat) == 1 else Every(tuple(flat)) if flat else None


def _either(parts: Sequence[Node | None]) -> Node | None:
    flat: list[Node] = []
    for part in parts:
        flat += part.nodes if isinstance(part, Either) else [part] if part else []
    return flat[0] if len(flat) == 1 else Either(tuple(flat)) if flat else None


def into_title(node: Node) -> Node:
    """The same, sought in titles only."""
    match node:
        case Word() | Phrase() | Near():
            return replace(node, in_title=True)
        case Not(part):
            return Not(into_title(part))
        case Every(parts) | Either(parts):
            return type(node)(tuple(into_title(part) for part in parts))
        case _:
            return node
