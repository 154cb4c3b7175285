"""What results are counted by, in words: values with their labels, as far as the viewer may know."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from forum.categories import queries as categories
from forum.categories.policies import Viewer
from forum.core.i18n import LazyText, lazy
from forum.search import queries
from forum.search.backend import Counts
from forum.search.grammar.builtin import LANGUAGE_LABELS
from forum.search.question import FACETS
from forum.tags import queries as tags
from forum.topics import kinds
from forum.vocabulary import markets
from forum.vocabulary import queries as vocabulary

SHOWN, MOST = 6, 30

Value = int | str
Chosen = Mapping[str, frozenset[Value]]
Labels = Mapping[Value, str]


@dataclass(frozen=True)
class Box:
    """A value of a facet: ticked or not, and how many topics it would leave."""

    value: Value
    label: str
    count: int
    ticked: bool
    lang: str | None = None


@dataclass(frozen=True)
class Facet:
    """A group of boxes: the most frequent, and years the latest first."""

    name: str
    legend: str
    boxes: list[Box]

    @cached_property
    def shown(self) -> list[Box]:
        """The boxes in sight: the first ones, and whatever is ticked."""
        return [box for place, box in enumerate(self.boxes) if place < SHOWN or box.ticked]

    @cached_property
    def more(self) -> list[Box]:
        """The boxes behind “more”."""
        return [box for box in self.boxes if box not in self.shown]


def drawn(viewer: Viewer, counts: Counts, chosen: Chosen) -> list[Facet]:
    """Every facet that has anything to choose, in the order they are shown."""
    found = [
        Facet(name, str(LEGENDS[name]), _boxes(viewer, name, counts.get(name, {}), chosen))
        for name in FACETS
    ]
    return [facet for facet in found if facet.boxes]


def ticked(viewer: Viewer, chosen: Chosen) -> list[Facet]:
    """What is ticked, without counting anything."""
    return drawn(viewer, {}, chosen)


def _boxes(viewer: Viewer, name: str, counts: Mapping[Value, int], chosen: Chosen) -> list[Box]:
    wanted = chosen.get(name, frozenset())
    values = sorted(counts, key=_order(name, counts))[:MOST]
    values += sorted(wanted.difference(values), key=str)
    labels = LABELS[name](viewer, values) if values else {}
    # What is ticked is told back as it came when the viewer may not know what it is.
    return [
        Box(
            value,
            labels.get(value, str(value)),
            counts.get(value, 0),
            value in wanted,
            str(value) if name == "lang" else None,
        )
        for value in values
        if value in labels or value in wanted
    ]


def _order(name: str, counts: Mapping[Value, int]) -> Callable[[Value], tuple[int, Value]]:
    if name == "year":
        return lambda year: (-int(year), 0)
    return lambda value: (-counts[value], value)


def _categories(viewer: Viewer, _values: Iterable[Value]) -> Labels:
    return {category.id: category.name for category in categories.known(viewer)}


def _kinds(_viewer: Viewer, _values: Iterable[Value]) -> Labels:
    return {kind.name: str(kind.plural) for kind in kinds.all_kinds()}


def _tags(viewer: Viewer, values: Collection[Value]) -> Labels:
    """Tags of topics the viewer may see; the name of any other is none of his business."""
    in_sight = queries.tags_in_sight(viewer, _numbers(values))
    return {tag.id: tag.label for tag in tags.known(in_sight)}


def _markets(_viewer: Viewer, values: Iterable[Value]) -> Labels:
    return {code: markets.country_name(str(code)) for code in values}


def _knowhow(_viewer: Viewer, values: Iterable[Value]) -> Labels:
    return {term.id: term.label for term in vocabulary.by_ids(_numbers(values))}


def _languages(_viewer: Viewer, _values: Iterable[Value]) -> Labels:
    return dict(LANGUAGE_LABELS.items())


def _years(_viewer: Viewer, values: Iterable[Value]) -> Labels:
    return {year: str(year) for year in values}


def _authors(viewer: Viewer, values: Collection[Value]) -> Labels:
    people = queries.authors(viewer, _numbers(values))
    return {person.id: person.display_name for person in people}


def _numbers(values: Iterable[Value]) -> list[int]:
    return [value for value in values if isinstance(value, int)]


LEGENDS: Mapping[str, LazyText] = {
    "category": lazy("Category"),
    "kind": lazy("Kind"),
    "tag": lazy("Tag"),
    "market": lazy("Market"),
    "knowhow": lazy("Know-how"),
    "lang": lazy("Language"),
    "year": lazy("Year"),
    "author": lazy("Author"),
}
LABELS: Mapping[str, Callable[[Viewer, Collection[Value]], Labels]] = {
    "category": _categories,
    "kind": _kinds,
    "tag": _tags,
    "market": _markets,
    "knowhow": _knowhow,
    "lang": _languages,
    "year": _years,
    "author": _authors,
}
