"""The operators that search brings itself, in the order in which they are shown."""

from dataclasses import replace

from forum.categories.policies import Viewer
from forum.core.i18n import _, lazy
from forum.search.grammar import operators
from forum.search.grammar.operators import Meaning, Operator, Unclear, find_place
from forum.search.grammar.subjects import (
    absent,
    figures,
    files,
    manner,
    people,
    places,
    reading_marks,
    states,
    times,
    trade,
)
from forum.search.grammar.subjects.manner import LANGUAGE_LABELS, ORDER_LABELS
from forum.search.grammar.values import any_of, several

__all__ = ["LANGUAGE_LABELS", "ORDER_LABELS", "register_all"]


def _in(value: str, viewer: Viewer) -> Meaning:
    return any_of([_place(name, viewer) for name in several(value)])


def _place(name: str, viewer: Viewer) -> Meaning:
    place = find_place(name)
    if place is None:
        known = ", ".join(known.usual for known in operators.all_places())
        raise Unclear(
            _(
                "There is no place “%(name)s” to search in. Places: %(known)s.",
                name=name,
                known=known,
            )
        )
    return place.read(viewer)


IN = Operator(
    "in", "dans", lazy("also first, seen, posted, solved"), ("in:title", "dans:titre"), _in
)
GROUPS = {
    lazy("Who"): people.OPERATORS,
    lazy("Where"): (*places.OPERATORS, IN),
    lazy("Business"): trade.OPERATORS,
    lazy("When"): times.OPERATORS,
    lazy("How"): (*manner.OPERATORS, *states.OPERATORS),
    lazy("Numbers and files"): (*figures.OPERATORS, *files.OPERATORS),
}
OPERATORS = (
    *(replace(operator, group=group) for group, listed in GROUPS.items() for operator in listed),
    *absent.OPERATORS,
)
PLACES = (
    *manner.PLACES,
    *people.PLACES,
    *reading_marks.PLACES,
    *states.PLACES,
    *absent.PLACES,
)


def register_all() -> None:
    """Make the language what it is before any feature adds to it."""
    for operator in OPERATORS:
        operators.register(operator)
    for place in PLACES:
        operators.register_place(place)
