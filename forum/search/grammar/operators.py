"""The operators of the query language.

A feature adds its own with one `register(Operator(…))`, and a place to search in with one
`register_place(Place(…))`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from forum.categories.policies import Viewer
from forum.core.i18n import LazyText, current_locale, lazy
from forum.search.analysis import folded
from forum.search.question import Node


@dataclass(frozen=True)
class Meaning:
    """What an operator with its value asks for, and how it is told back to the reader.

    One that orders or narrows where words are sought gives no node.
    """

    label: str
    node: Node | None = None
    order: str | None = None
    in_title: bool = False


class Unclear(Exception):
    """A value makes no sense; the message tells the reader why."""


Read = Callable[[str, Viewer], Meaning]
OTHERS = lazy("Others")


@dataclass(frozen=True)
class Choice:
    """A value out of a closed set, in English or French: `status:open`, `statut:ouvert`."""

    name: str
    french: str
    read: Callable[[Viewer], Meaning]
    also: tuple[str, ...] = ()
    # False for what Discourse has and this forum has not: reading it says why.
    here: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """Every way to write it."""
        return self.name, self.french, *self.also

    @property
    def usual(self) -> str:
        """How who reads this page writes it."""
        return self.french if current_locale() == "fr" else self.name


class Place(Choice):
    """A value of `in:`: `in:title`, `dans:titre`."""


@dataclass(frozen=True)
class Operator:
    """`name:value`, in English or French; some have a sign that stands for the name."""

    name: str
    french: str
    explanation: LazyText
    # As the list of operators shows it, in each language.
    examples: tuple[str, str]
    read: Read
    sign: str = ""
    also: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    here: bool = True
    # Under which heading it is listed.
    group: LazyText = OTHERS

    @property
    def names(self) -> tuple[str, ...]:
        """Every way to write it, without its sign."""
        return self.name, self.french, *self.also

    @property
    def example(self) -> str:
        """How it is written by who reads this page."""
        english, french = self.examples
        return french if current_locale() == "fr" else english


_operators: dict[str, Operator] = {}
_places: dict[str, Place] = {}


def register(operator: Operator) -> None:
    """Add an operator to the language, in place of another of that name."""
    for name in (*operator.names, operator.sign):
        if name:
            _operators[plain(name)] = operator


def register_place(place: Place) -> None:
    """Add a value of `in:`, in place of another of that name."""
    for name in place.names:
        _places[plain(name)] = place


def find(name: str) -> Operator | None:
    """An operator by any of its names or by its sign, whatever the accents."""
    return _operators.get(plain(name))


def find_place(name: str) -> Place | None:
    """A value of `in:` by any of its names."""
    return _places.get(plain(name))


def all_operators() -> list[Operator]:
    """Every operator of this forum once, in the order of registering."""
    return [operator for operator in dict.fromkeys(_operators.values()) if operator.here]


def grouped() -> dict[LazyText, list[Operator]]:
    """The same, under their headings."""
    groups: dict[LazyText, list[Operator]] = {}
    for operator in all_operators():
        groups.setdefault(operator.group, []).append(operator)
    return groups


def all_places() -> list[Place]:
    """Every value of `in:` once."""
    return [place for place in dict.fromkeys(_places.values()) if place.here]


def plain(name: str) -> str:
    """A name as it is compared: `Sans_réponse` is `sans-reponse`."""
    return folded(name).replace("_", "-")
