"""How the operator that someone is typing goes on: its name, then its value."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from forum.categories import queries as categories
from forum.categories.policies import Viewer
from forum.core.i18n import current_locale
from forum.search import places
from forum.search.grammar import operators
from forum.search.grammar.operators import Operator, plain
from forum.topics import kinds
from forum.vocabulary import markets
from forum.vocabulary import queries as vocabulary

SHORTEST_NAME, MOST_VALUES = 2, 8
SIGNS = "@#"


@dataclass(frozen=True)
class Completion:
    """What is offered, and the text in the box once it is chosen."""

    label: str
    detail: str
    text: str


@dataclass(frozen=True)
class Value:
    """What may stand after the colon, and what it means."""

    written: str
    label: str = ""


def is_operator(typed: str) -> bool:
    """Whether the last part is an operator whose value is being typed."""
    before, part = _last(typed)
    return _operator(part) is not None and (bool(before) or part[0] not in SIGNS)


def without_operators(typed: str) -> str:
    """What is left when operators with their values are taken out."""
    left, rest = "", typed
    while rest:
        rest, part = _last(rest.rstrip())
        if _operator(part) is None:
            left = f"{part} {left}"
    return left.strip()


def names(typed: str) -> Iterator[Completion]:
    """Operators whose name begins as the last part does."""
    before, part = _last(typed)
    name = part.lstrip("-")
    if len(name) < SHORTEST_NAME or not name.isalpha():
        return
    kept = before + part[: len(part) - len(name)]
    for operator in operators.all_operators():
        for written in (*_in_order(operator.name, operator.french), *operator.also):
            if plain(written).startswith(plain(name)):
                explained = str(operator.explanation)
                yield Completion(f"{written}:", explained, f"{kept}{written}:")
                break


def values(viewer: Viewer, typed: str) -> Iterator[Completion]:
    """What may follow the colon, or the sign, of the last part."""
    before, part = _last(typed)
    operator = _operator(part)
    if operator is None:
        return
    end = part.index(":") + 1 if ":" in part else part.index(operator.sign) + 1
    sign, begun = part[:end], part[end:].strip('"')
    for value in islice(_values(operator, viewer, begun), MOST_VALUES):
        quoted = f'"{value.written}"' if " " in value.written else value.written
        yield Completion(f"{sign}{quoted}", value.label, f"{before}{sign}{quoted} ")


def _operator(part: str) -> Operator | None:
    """The operator that a part of a query is, with or without its value."""
    bare = part.removeprefix("-")
    name, colon, _value = bare.partition(":")
    if bare[:1] and bare[0] in SIGNS:
        return operators.find(bare[0])
    return operators.find(name) if colon else None


def _last(typed: str) -> tuple[str, str]:
    """What stands before the part that is being typed, and this; an open quote holds it together."""
    place = 0
    quoted = False
    for at, letter in enumerate(typed):
        if letter == '"':
            quoted = not quoted
        elif letter == " " and not quoted:
            place = at + 1
    return typed[:place], typed[place:]


def _values(operator: Operator, viewer: Viewer, begun: str) -> Iterable[Value]:
    choices = ((c.name, c.french, "") for c in operator.choices if c.here)
    find = _FINDERS.get(operator.name)
    return chain(find(viewer, begun) if find else (), _fitting(begun, choices))


def _in_order(english: str, french: str) -> tuple[str, str]:
    return (french, english) if current_locale() == "fr" else (english, french)


def _fitting(begun: str, found: Iterable[tuple[str, str, str]]) -> Iterator[Value]:
    """Those of (English, French, meaning) that begin so, in the language of the page."""
    for english, french, label in found:
        for written in _in_order(english, french):
            if plain(written).startswith(plain(begun)):
                yield Value(written, label if plain(label) != plain(written) else "")
                break


def _places(_viewer: Viewer, begun: str) -> Iterator[Value]:
    return _fitting(begun, ((p.name, p.french, "") for p in operators.all_places()))


def _kinds(_viewer: Viewer, begun: str) -> Iterator[Value]:
    return _fitting(begun, ((k.name, k.name, str(k.plural)) for k in kinds.all_kinds()))


def _markets(_viewer: Viewer, begun: str) -> Iterator[Value]:
    return (Value(market.code, market.label) for market in markets.search(begun))


def _knowhow(_viewer: Viewer, begun: str) -> Iterator[Value]:
    return (Value(match.term.code, match.term.label) for match in vocabulary.search(begun))


def _sectors(_viewer: Viewer, begun: str) -> Iterator[Value]:
    found = vocabulary.search(begun, vocabulary="sector")
    return (Value(match.term.code, match.term.label) for match in found)


def _categories(viewer: Viewer, begun: str) -> Iterator[Value]:
    return _fitting(begun, ((c.slug, c.slug, c.name) for c in categories.known(viewer)))


def _tags(viewer: Viewer, begun: str) -> Iterator[Value]:
    return (Value(tag.name, tag.label) for tag in places.tags(viewer, begun))


def _members(_viewer: Viewer, begun: str) -> Iterator[Value]:
    found = places.members(begun.lstrip("@"), MOST_VALUES)
    return (Value(user.username, user.display_name) for user in found)


def _companies(viewer: Viewer, begun: str) -> Iterator[Value]:
    return (Value(name) for name in places.companies(viewer, begun, MOST_VALUES))


_FINDERS: Mapping[str, Callable[[Viewer, str], Iterable[Value]]] = {
    "in": _places,
    "kind": _kinds,
    "market": _markets,
    "knowhow": _knowhow,
    "sector": _sectors,
    "category": _categories,
    "tag": _tags,
    "user": _members,
    "created": _members,
    "company": _companies,
}
