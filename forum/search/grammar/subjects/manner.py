"""How to search: in titles or opening posts, in which order, in which language."""

from functools import partial

from forum.categories.policies import Viewer
from forum.core.i18n import _, lazy
from forum.search.grammar.operators import Choice, Meaning, Operator, Place
from forum.search.grammar.values import out_of
from forum.search.question import (
    LATEST,
    LATEST_TOPIC,
    LIKES,
    OLDEST,
    OLDEST_TOPIC,
    RELEVANCE,
    VIEWS,
    Has,
)

ORDER_NAMES = {
    RELEVANCE: ("pertinence",),
    LATEST: ("récents", "récent"),
    OLDEST: ("anciens", "ancien"),
    LATEST_TOPIC: ("sujets-récents", "sujet-récent"),
    OLDEST_TOPIC: ("sujets-anciens", "sujet-ancien"),
    LIKES: ("aimés", "aimé"),
    VIEWS: ("vues",),
}
ORDER_LABELS = {
    RELEVANCE: lazy("Relevance"),
    LATEST: lazy("Newest"),
    OLDEST: lazy("Oldest"),
    LATEST_TOPIC: lazy("Newest topics"),
    OLDEST_TOPIC: lazy("Oldest topics"),
    LIKES: lazy("Most liked"),
    VIEWS: lazy("Most viewed"),
}
LANGUAGE_LABELS = {"fr": "Français", "en": "English"}


def _order(order: str, _viewer: Viewer) -> Meaning:
    return Meaning(str(ORDER_LABELS[order]), order=order)


def _language(lang: str, _viewer: Viewer) -> Meaning:
    return Meaning(LANGUAGE_LABELS[lang], Has("lang", (lang,)))


def _titles(_viewer: Viewer) -> Meaning:
    return Meaning(_("in titles"), in_title=True)


def _opening(_viewer: Viewer) -> Meaning:
    return Meaning(_("opening posts"), Has("mark", ("first",)))


def _everywhere(_viewer: Viewer) -> Meaning:
    return Meaning(_("everywhere"))


ORDERS = tuple(
    Choice(order, french, partial(_order, order), also=tuple(also))
    for order, (french, *also) in ORDER_NAMES.items()
)
LANGUAGES = (
    Choice("fr", "français", partial(_language, "fr"), also=("french",)),
    Choice("en", "anglais", partial(_language, "en"), also=("english",)),
)
OPERATORS = (
    Operator(
        "lang", "langue", lazy("language"), ("lang:fr", "langue:fr"), out_of(LANGUAGES),
        choices=LANGUAGES, also=("locale",),
    ),
    Operator(
        "order", "ordre", lazy("also oldest, latest_topic, likes, views"),
        ("order:latest", "ordre:récents"), out_of(ORDERS), choices=ORDERS,
    ),
)  # fmt: skip
PLACES = (
    Place("title", "titre", _titles, also=("titles", "titres")),
    Place("first", "premier", _opening, also=("premiers",)),
    Place("all", "tout", _everywhere, also=("partout",)),
)
