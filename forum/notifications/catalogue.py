"""What each kind of notification looks and sounds like: icon, sentence, reason."""

from dataclasses import dataclass

from markupsafe import Markup, escape

from forum.core.i18n import LazyText, _, lazy, ngettext
from forum.notifications import models
from forum.notifications.queries.lines import Line


@dataclass(frozen=True)
class Kind:
    """An entry. Places: %(who)s, %(topic)s; `number` is Discourse's for the same thing."""

    icon: str
    number: int
    sentence: LazyText
    reason: LazyText
    # Shown as something achieved.
    happy: bool = False
    # Whether the words that were written say more.
    quotes_words: bool = True
    # Where the member changes when he is told, if not in the topic.
    changed_at: str = ""


KINDS = {
    models.REPLIED: Kind(
        "reply",
        2,
        lazy("%(who)s replied in %(topic)s"),
        lazy("It answers you"),
    ),
    models.POSTED: Kind(
        "reply",
        9,
        lazy("%(who)s replied in %(topic)s"),
        lazy("You watch this topic"),
    ),
    models.MENTIONED: Kind(
        "at",
        1,
        lazy("%(who)s mentioned you in %(topic)s"),
        lazy("Your name is in it"),
    ),
    models.QUOTED: Kind(
        "quote",
        3,
        lazy("%(who)s quoted you in %(topic)s"),
        lazy("Your post is quoted"),
    ),
    models.LIKED: Kind(
        "heart",
        5,
        lazy("%(who)s liked your post in %(topic)s"),
        lazy("You wrote it"),
        quotes_words=False,
    ),
    models.ACCEPTED: Kind(
        "check",
        14,
        lazy("%(who)s chose your answer in %(topic)s"),
        lazy("You wrote it"),
        happy=True,
        quotes_words=False,
    ),
}


def register(name: str, kind: Kind) -> None:
    """Sign in the kind of a feature above, which tells of it with `service.tell`."""
    KINDS[name] = kind


def of(line: Line) -> Kind:
    """The entry of a line."""
    return KINDS[line.notification.kind]


def linked(line: Line) -> Markup:
    """The sentence with the topic as a link to the post."""
    title = Markup('<a href="{}" lang="{}">{}</a>').format(
        line.notification.path, line.topic.lang, line.topic.title
    )
    return _sentence(line, title)


def plain(line: Line) -> Markup:
    """The sentence to be put inside a link."""
    title = Markup('<span lang="{}">{}</span>').format(line.topic.lang, line.topic.title)
    return _sentence(line, escape(_("“%(title)s”")) % {"title": title})


def _sentence(line: Line, title: Markup) -> Markup:
    # The catalogue's own words are escaped too: a translation is text, not markup.
    return escape(str(of(line).sentence)) % {"who": _who(line), "topic": title}


def _who(line: Line) -> Markup:
    name = Markup("<b>{}</b>").format(line.actor.display_name)
    if not line.others:
        return name
    sentence = ngettext(
        "%(name)s and %(count)s other",
        "%(name)s and %(count)s others",
        line.others,
        name="%(name)s",  # stays a place: what fills it is markup
    )
    return escape(sentence) % {"name": name}
