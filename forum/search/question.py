"""A question to the index, in terms that belong to no engine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

RELEVANCE, LATEST, OLDEST, LIKES, VIEWS = ORDERS = (
    "relevance",
    "latest",
    "oldest",
    "likes",
    "views",
)
# Views change with every reading, so no index knows them: the service orders by them.
# What results are counted by, beside the list.
FACETS = ("category", "kind", "lang")


@dataclass(frozen=True)
class Word:
    """A word in any of its forms; the place it is sought in is the whole post, or its title."""

    text: str
    in_title: bool = False


@dataclass(frozen=True)
class Phrase:
    """Words that follow each other, as typed."""

    text: str
    in_title: bool = False


@dataclass(frozen=True)
class Has:
    """A property out of a closed set: author, category, tag, kind, lang, market, knowhow, mark.

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


Node = Word | Phrase | Has | Written | Not | Every | Either


@dataclass(frozen=True)
class Question:
    """What is sought, by whom (as far as it decides what he may see), and which part of it.

    The rights are part of the question: an engine counts nothing outside of them.
    """

    node: Node
    visible_category_ids: frozenset[int]
    sees_unlisted: bool = False
    # Facet to values: the boxes ticked beside the list. None ticked: all.
    chosen: Mapping[str, frozenset[int | str]] = field(default_factory=dict)
    order: str = RELEVANCE
    offset: int = 0
    limit: int = 20


def spoken(node: Node) -> Iterator[Word | Phrase]:
    """The words and phrases that a hit has: what to mark in it."""
    if isinstance(node, Word | Phrase):
        yield node
    elif isinstance(node, Every | Either):
        for part in node.nodes:
            yield from spoken(part)
