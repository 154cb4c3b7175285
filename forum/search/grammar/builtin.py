"""The operators that search brings itself."""

from forum.categories.policies import Viewer
from forum.config import config
from forum.core.i18n import _, lazy
from forum.search import queries
from forum.search.analysis import folded
from forum.search.grammar import dates
from forum.search.grammar.operators import (
    Meaning,
    Operator,
    Place,
    Unclear,
    find_place,
)
from forum.search.question import LATEST, LIKES, OLDEST, RELEVANCE, VIEWS, Has, Written
from forum.topics import kinds

ORDER_NAMES = {
    RELEVANCE: ("relevance", "pertinence"),
    LATEST: ("latest", "recents", "recent"),
    OLDEST: ("oldest", "anciens", "ancien"),
    LIKES: ("likes", "aimes"),
    VIEWS: ("views", "vues"),
}
ORDER_LABELS = {
    RELEVANCE: lazy("Relevance"),
    LATEST: lazy("Newest"),
    OLDEST: lazy("Oldest"),
    LIKES: lazy("Most liked"),
    VIEWS: lazy("Most viewed"),
}
LANGUAGE_NAMES = {
    "fr": ("fr", "french", "francais"),
    "en": ("en", "english", "anglais"),
}
LANGUAGE_LABELS = {"fr": "Français", "en": "English"}


def _author(value: str, viewer: Viewer) -> Meaning:
    name = value.lstrip("@")
    if name.lower() in ("me", "moi") and not viewer.is_guest:
        return Meaning(_("by me"), Has("author", (str(viewer.id),)))
    member = queries.author(viewer, name)
    if member is None:
        raise Unclear(_("No member is called “%(name)s”.", name=name))
    return Meaning(_("by %(name)s", name=member.display_name), Has("author", (str(member.id),)))


def _category(value: str, viewer: Viewer) -> Meaning:
    """A category with those inside it; what is no category may be a tag, as in Discourse."""
    slug = value.lstrip("#")
    found = queries.category_with_children(viewer, slug)
    if found:
        ids = tuple(str(category.id) for category in found)
        return Meaning(_("in %(category)s", category=found[0].name), Has("category", ids))
    if queries.tag(viewer, slug) is not None:
        return _tag(slug, viewer)
    raise Unclear(_("There is no category or tag “%(name)s”.", name=slug))


def _tag(value: str, viewer: Viewer) -> Meaning:
    name = value.lstrip("#")
    tag = queries.tag(viewer, name)
    if tag is None:
        raise Unclear(_("There is no tag “%(name)s”.", name=name))
    return Meaning(_("tag %(tag)s", tag=tag.label), Has("tag", (str(tag.id),)))


def _kind(value: str, _viewer: Viewer) -> Meaning:
    wanted = folded(value)
    for kind in kinds.all_kinds():
        names = {kind.name, folded(str(kind.label)), folded(str(kind.plural))}
        if wanted in names:
            return Meaning(str(kind.plural), Has("kind", (kind.name,)))
    known = ", ".join(kind.name for kind in kinds.all_kinds())
    raise Unclear(_("There is no kind “%(name)s”. Kinds: %(known)s.", name=value, known=known))


def _language(value: str, _viewer: Viewer) -> Meaning:
    for lang, names in LANGUAGE_NAMES.items():
        if folded(value) in names:
            return Meaning(LANGUAGE_LABELS[lang], Has("lang", (lang,)))
    raise Unclear(_("The languages are fr and en."))


def _before(value: str, viewer: Viewer) -> Meaning:
    day = _date(value, viewer)
    return Meaning(_("before %(date)s", date=day.label), Written(until=day.moment))


def _after(value: str, viewer: Viewer) -> Meaning:
    day = _date(value, viewer)
    return Meaning(_("since %(date)s", date=day.label), Written(since=day.moment))


def _date(value: str, viewer: Viewer) -> dates.Day:
    day = dates.read(value, config().time_zone if viewer.is_guest else viewer.time_zone)
    if day is None:
        raise Unclear(
            _("“%(value)s” is no date. Write 2026-01-15, 2026-01, 2026 or yesterday.", value=value)
        )
    return day


def _order(value: str, _viewer: Viewer) -> Meaning:
    for order, names in ORDER_NAMES.items():
        if folded(value) in names:
            return Meaning(str(ORDER_LABELS[order]), order=order)
    known = ", ".join(ORDER_NAMES)
    raise Unclear(_("“%(value)s” is no order. Orders: %(known)s.", value=value, known=known))


def _in(value: str, viewer: Viewer) -> Meaning:
    place = find_place(value)
    if place is None:
        raise Unclear(_("There is no place “%(name)s” to search in.", name=value))
    return place.read(viewer)


OPERATORS = (
    Operator("user", "membre", lazy("author"), ("@ada", "@ada"), _author, sign="@"),
    Operator(
        "category",
        "catégorie",
        lazy("category"),
        ("#logistics", "#logistique"),
        _category,
        sign="#",
    ),
    Operator("tag", "étiquette", lazy("tag"), ("tag:maritime", "étiquette:maritime"), _tag),
    Operator("in", "dans", lazy("also first, solved"), ("in:title", "dans:titre"), _in),
    Operator("kind", "type", lazy("kind of topic"), ("kind:question", "type:question"), _kind),
    Operator("lang", "langue", lazy("language"), ("lang:fr", "langue:fr"), _language),
    Operator(
        "before",
        "avant",
        lazy("also a day or a year"),
        ("before:2026-09", "avant:2026-09"),
        _before,
    ),
    Operator("after", "après", lazy("also yesterday"), ("after:2026-01", "après:2026-01"), _after),
    Operator(
        "order",
        "ordre",
        lazy("also oldest, likes, views"),
        ("order:latest", "ordre:récents"),
        _order,
    ),
)
PLACES = (
    Place("title", "titre", lambda _viewer: Meaning(_("in titles"), in_title=True)),
    Place(
        "first",
        "premier",
        lambda _viewer: Meaning(_("opening posts"), Has("mark", ("first",))),
    ),
    Place(
        "solved",
        "résolu",
        lambda _viewer: Meaning(_("solved"), Has("mark", ("solved",))),
    ),
)
