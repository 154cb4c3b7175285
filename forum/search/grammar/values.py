"""Values of operators: one or several, out of a closed set or looked up."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from babel.lists import format_list
from sqlalchemy import Select

from forum.categories.policies import Viewer
from forum.core.i18n import LazyText, _, babel_locale, ngettext
from forum.search import settings
from forum.search.analysis import words
from forum.search.grammar.operators import Choice, Meaning, Read, Unclear, plain
from forum.search.question import Among, Either, Has, Node

T = TypeVar("T")
OFFERED = 5
_MOST_DIGITS = 9


def several(value: str, sign: str = "") -> list[str]:
    """The values that commas part, each once, without the sign before it."""
    parts = (part.strip().removeprefix(sign) for part in value.split(","))
    found = list(dict.fromkeys(part for part in parts if part))
    most = settings.MOST_VALUES()
    if len(found) > most:
        raise Unclear(
            ngettext(
                "An operator takes at most %(count)s value.",
                "An operator takes at most %(count)s values.",
                most,
            )
        )
    if not found:
        raise Unclear(_("Write after the colon what to look for, without a space."))
    return found


def one_or_several(
    value: str, find: Callable[[str], T | None], named: Callable[[str], T | None]
) -> tuple[list[T], list[str]]:
    """What has that whole name, comma and all; else what each part means, and what means nothing."""
    whole = named(value) if "," in value else None
    if whole is not None:
        return [whole], []
    found = {part: find(part) for part in several(value)}
    things = [thing for thing in found.values() if thing is not None]
    return things, [part for part, thing in found.items() if thing is None]


def only(fitting: Sequence[tuple[T, str]], value: str) -> T | None:
    """The only one that fits; several are offered instead."""
    if len(fitting) > 1:
        names = either(label for _thing, label in fitting[:OFFERED])
        raise Unclear(
            _("“%(value)s” may be %(names)s. Write more of it.", value=value, names=names)
        )
    return fitting[0][0] if fitting else None


def number(value: str) -> int:
    """A plain number."""
    if not (value.isascii() and value.isdecimal() and len(value) <= _MOST_DIGITS):
        raise Unclear(_("“%(value)s” is no number.", value=value))
    return int(value)


def out_of(choices: Sequence[Choice]) -> Read:
    """Reads one of the choices, or several of which any will do."""

    def read(value: str, viewer: Viewer) -> Meaning:
        return any_of([_chosen(choices, part).read(viewer) for part in several(value)])

    return read


def _chosen(choices: Sequence[Choice], value: str) -> Choice:
    for choice in choices:
        if plain(value) in {plain(name) for name in choice.names}:
            return choice
    known = ", ".join(choice.usual for choice in choices if choice.here)
    raise Unclear(_("There is no “%(value)s” here. Write: %(known)s.", value=value, known=known))


def any_of(meanings: Sequence[Meaning]) -> Meaning:
    """Several meanings as one: what fits any of them."""
    if len(meanings) == 1:
        return meanings[0]
    nodes = [meaning.node for meaning in meanings if meaning.node is not None]
    if len(nodes) < len(meanings):
        raise Unclear(_("Write these apart: they do not narrow the results."))
    return Meaning(either(meaning.label for meaning in meanings), _either(nodes))


def _either(nodes: Sequence[Node]) -> Node:
    """Several values of one property are said in one."""
    names = {node.name for node in nodes if isinstance(node, Has)}
    if len(names) == 1 and all(isinstance(node, Has) for node in nodes):
        values = dict.fromkeys(v for node in nodes if isinstance(node, Has) for v in node.values)
        return Has(names.pop(), tuple(values))
    return Either(tuple(nodes))


def either(labels: Iterable[str]) -> str:
    """“a, b or c”, in the reader's language."""
    return str(format_list(list(labels), "or", locale=babel_locale()))


def both(labels: Iterable[str]) -> str:
    """“a, b and c”."""
    return str(format_list(list(labels), "standard", locale=babel_locale()))


def compared(name: str) -> str:
    """A name as it is compared: `south-africa` is South Africa."""
    return " ".join(words(name))


def require_member(viewer: Viewer) -> None:
    """Personal operators speak of the viewer's own reading and writing."""
    if viewer.is_guest:
        raise Unclear(_("Sign in first: this speaks of what you have read and written."))


def own(
    label: LazyText, what: str, ids: Callable[[Viewer], Select[Any]]
) -> Callable[[Viewer], Meaning]:
    """Reads a place of the viewer's own: the topics or posts that a statement names for him."""

    def read(viewer: Viewer) -> Meaning:
        require_member(viewer)
        return Meaning(str(label), Among(what, ids(viewer)))

    return read
