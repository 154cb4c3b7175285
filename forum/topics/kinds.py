"""Kinds of topic. Discussions and questions by default; other features sign theirs in."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from forum.core.errors import Invalid
from forum.core.i18n import LazyText, _, lazy
from forum.topics.models.topic import Topic

NEW_TOPIC = lazy("New topic")


@dataclass(frozen=True)
class Kind:
    """What a topic can be.

    `list_path` is where all of them are, when not among the topics of their category only;
    `form_path` is where one is begun, when not in the composer, and `invitation` what the button
    says that leads there; `card` draws what stands between its title and its posts.
    """

    name: str
    label: LazyText
    plural: LazyText
    icon: str
    list_path: str | None = None
    form_path: str | None = None
    invitation: LazyText = NEW_TOPIC
    card: Callable[[Topic], Markup] | None = None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Sign a kind in; `app.py` does it for features above."""
    _kinds[kind.name] = kind


def find(name: str) -> Kind:
    """A kind by name; an unknown one reads as a discussion."""
    return _kinds.get(name, DISCUSSION)


def card(topic: Topic) -> Markup:
    """What a topic's kind draws above its posts; nothing for a discussion."""
    draw = find(topic.kind).card
    return draw(topic) if draw else Markup("")


def all_kinds() -> list[Kind]:
    """Every kind, in the order of signing in."""
    return list(_kinds.values())


def composed() -> list[Kind]:
    """The kinds that are written in the composer."""
    return [kind for kind in _kinds.values() if kind.form_path is None]


def of_the_composer(name: str) -> Kind:
    """One of them; `Invalid` for those that have a form of their own."""
    for kind in composed():
        if kind.name == name:
            return kind
    raise Invalid(_("Topics of this kind are not written here."), "kind")


DISCUSSION = Kind("discussion", lazy("Discussion"), lazy("Discussions"), "messages")
QUESTION = Kind("question", lazy("Question"), lazy("Questions"), "help")
register(DISCUSSION)
register(QUESTION)
