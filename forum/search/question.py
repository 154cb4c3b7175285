"""A question to the index, in terms that belong to no engine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select

RELEVANCE, LATEST, OLDEST, LATEST_TOPIC, OLDEST_TOPIC, LIKES, VIEWS = ORDERS = (
    "relevance",
    "latest",
    "oldest",
    "latest_topic",
    "oldest_topic",
    "likes",
    "views",
)
# By what no index knows, as views change with every reading: the service asks the table.
BY_TOPIC = (LATEST_TOPIC, OLDEST_TOPIC, VIEWS)
# What results are counted by, beside the list.
FACETS = ("category", "kind", "tag", "market", "knowhow", "lang", "year", "author")


@dataclass(frozen=True)
class Word:
    """A word in any of its forms; the place it is sought in is the whole post, or its title.

    `loosely`: where hardly anyone wrote it, words written much like it will do.
    """

    text: str
    in_title: bool = False
    loosely: bool = False


@dataclass(frozen=True)
class Phrase:
    """Words that follow each other, as typed."""

    text: str
    in_title: bool = False


@dataclass(frozen=True)
class Beginning:
    """Any word that begins so: `prefix*`. At least three letters; sought in titles only."""

    text: str


@dataclass(frozen=True)
class Near:
    """Words in any order, with at most `distance` others between the first and the last of them."""

    words: tuple[str, ...]
    distance: int
    in_title: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True)
class Alike:
    """Something sought, or one of its equivalents, each with its weight against 1 for what was typed.

    Such are what it is called in the other language, a tag or know-how of that name.
    """

    node: "Node"
    others: tuple[tuple["Node", float], ...] = ()


@dataclass(frozen=True)
class Among:
    """Topics or posts that a statement of the database names: what no index knows.

    `what` is "topic" or "post"; the statement selects their ids and nothing else. So a feature
    brings an operator of its own without the index hearing of it.
    """

    what: str
    ids: Select[Any]

    def __hash__(self) -> int:
        """By what the statement says, so that equal questions are one."""
        return hash(self._said)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Among) and self._said == other._said

    @property
    def _said(self) -> tuple[str, str]:
        compiled = self.ids.compile(compile_kwargs={"render_postcompile": True})
        return self.what, f"{compiled} {compiled.params}"


@dataclass(frozen=True)
class Has:
    """A property out of a closed set: author, category, topic, tag, kind, lang, market, knowhow, mark.

    Any of the values will do; none at all is asked for what cannot be.
    """

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """Posts of a time: from `since` on, up to but without `until`."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Not:
    """What must not be."""

    node: "Node"


@dataclass(frozen=True)
class Every:
    """All of them; none asks for everything."""

    nodes: tuple["Node", ...] = ()


@dataclass(frozen=True)
class Either:
    """At least one of them."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True)
class Most:
    """Words of a long question, most of which will do: the more and the rarer, the better.

    What must be besides stands beside it in an `Every`.
    """

    nodes: tuple["Node", ...]


Node = (
    Word | Phrase | Beginning | Near | Alike | Has | Among | Written | Not | Every | Either | Most
)


@dataclass(frozen=True)
class Question:
    """What is sought, by whom (as far as it decides what he may see), and which part of it.

    The rights are part of the question: an engine counts nothing outside of them.
    """

    node: Node
    visible_category_ids: frozenset[int]
    sees_unlisted: bool = False
    # Whether words were joined by AND, so that none of them may be missing.
    insists: bool = False
    # Facet to values: the boxes ticked beside the list. None ticked: all.
    chosen: Mapping[str, frozenset[int | str]] = field(default_factory=dict)
    order: str = RELEVANCE
    offset: int = 0
    limit: int = 20


def spoken(node: Node) -> Iterator[Word | Phrase | Beginning | Near]:
    """The words and phrases that a hit may have: what to mark in it."""
    if isinstance(node, Word | Phrase | Beginning | Near):
        yield node
    elif isinstance(node, Alike):
        yield from spoken(node.node)
        for other, _weight in node.others:
            yield from spoken(other)
    elif isinstance(node, Every | Either | Most):
        for part in node.nodes:
            yield from spoken(part)
