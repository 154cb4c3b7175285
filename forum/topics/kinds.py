"""Kinds of topic. Discussions and questions by default; other features sign theirs in."""

from dataclasses import dataclass

from forum.core.i18n import LazyText, lazy


@dataclass(frozen=True)
class Kind:
    """What a topic can be. `form_path` is where one is begun, when not in the composer."""

    name: str
    label: LazyText
    plural: LazyText
    icon: str
    form_path: str | None = None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Sign a kind in; `app.py` does it for features above."""
    _kinds[kind.name] = kind


def find(name: str) -> Kind:
    """A kind by name; an unknown one reads as a discussion."""
    return _kinds.get(name, DISCUSSION)


def all_kinds() -> list[Kind]:
    """Every kind, in the order of signing in."""
    return list(_kinds.values())


def composed() -> list[Kind]:
    """The kinds that are written in the composer."""
    return [kind for kind in _kinds.values() if kind.form_path is None]


DISCUSSION = Kind("discussion", lazy("Discussion"), lazy("Discussions"), "messages")
QUESTION = Kind("question", lazy("Question"), lazy("Questions"), "help")
register(DISCUSSION)
register(QUESTION)
