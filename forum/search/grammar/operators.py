"""The operators of the query language. A feature adds its own with one `register(Operator(…))`."""

from collections.abc import Callable
from dataclasses import dataclass

from forum.categories.policies import Viewer
from forum.core.i18n import LazyText, current_locale
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

    @property
    def example(self) -> str:
        """How it is written by who reads this page."""
        english, french = self.examples
        return french if current_locale() == "fr" else english


@dataclass(frozen=True)
class Place:
    """A value of `in:`, in English or French: `in:title`, `dans:titre`."""

    name: str
    french: str
    read: Callable[[Viewer], Meaning]


_operators: dict[str, Operator] = {}
_places: dict[str, Place] = {}


def register(operator: Operator) -> None:
    """Add an operator to the language."""
    for name in (operator.name, operator.french, operator.sign):
        if name:
            _operators[folded(name)] = operator


def register_place(place: Place) -> None:
    """Add a value of `in:`."""
    for name in (place.name, place.french):
        _places[folded(name)] = place


def find(name: str) -> Operator | None:
    """An operator by either name or by its sign, whatever the accents."""
    return _operators.get(folded(name))


def find_place(name: str) -> Place | None:
    """A value of `in:` by either name."""
    return _places.get(folded(name))


def all_operators() -> list[Operator]:
    """Every operator once, in the order of registering."""
    return list(dict.fromkeys(_operators.values()))


def all_places() -> list[Place]:
    """Every value of `in:` once."""
    return list(dict.fromkeys(_places.values()))
