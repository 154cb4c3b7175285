"""Where: `#category`, `category:`, `tag:`, `topic:`."""

from collections.abc import Sequence
from functools import partial

from forum.categories import queries as categories
from forum.categories.models import Category
from forum.categories.policies import Viewer
from forum.core.i18n import _, lazy
from forum.search.grammar import known
from forum.search.grammar.operators import Meaning, Operator, Unclear
from forum.search.grammar.values import both, either, number, one_or_several, several
from forum.search.question import Either, Every, Has, Node
from forum.tags.models import Tag

LONGEST_TITLE = 40


def _category(value: str, viewer: Viewer) -> Meaning:
    """Categories with those inside them, or without by `=`; what is none may be a tag."""
    find = partial(_with_below, viewer)
    found, unknown = one_or_several(value, find, find)
    if unknown:
        if not found and known.tags_by_words(viewer, map(_bare, unknown)):
            return _tag(value, viewer)
        raise Unclear(_("There is no category or tag “%(name)s”.", name=_bare(unknown[0])))
    ids = dict.fromkeys(str(category.id) for tree in found for category in tree)
    label = _("in %(category)s", category=either(tree[0].name for tree in found))
    return Meaning(label, Has("category", tuple(ids)))


def _with_below(viewer: Viewer, name: str) -> Sequence[Category] | None:
    alone = _unsigned(name).startswith("=")
    category = known.category(viewer, _bare(name))
    if category is None:
        return None
    return [category] if alone else [category, *categories.below(viewer, category)]


def _unsigned(name: str) -> str:
    return name.strip().removeprefix("#")


def _bare(name: str) -> str:
    return _unsigned(name).removeprefix("=")


def _tag(value: str, viewer: Viewer) -> Meaning:
    """Tags: with commas any will do, with + all must be."""
    groups = [
        [name for name in map(_bare, group.split("+")) if name] for group in several(value, "#")
    ]
    names = [name for group in groups for name in group]
    several(",".join(names))  # as many as an operator takes
    found = known.tags_by_words(viewer, names)
    for name in names:
        if name not in found:
            raise Unclear(_("There is no tag “%(name)s”.", name=name))
    tags = [[found[name] for name in group] for group in groups if group]
    label = either(both(tag.label for tag in group) for group in tags)
    return Meaning(_("tag %(tag)s", tag=label), _tagged(tags))


def _tagged(groups: Sequence[Sequence[Tag]]) -> Node:
    if all(len(group) == 1 for group in groups):
        return Has("tag", tuple(dict.fromkeys(str(tag.id) for (tag,) in groups)))
    wanted = [Every(tuple(Has("tag", (str(tag.id),)) for tag in group)) for group in groups]
    return wanted[0] if len(wanted) == 1 else Either(tuple(wanted))


def _topic(value: str, viewer: Viewer) -> Meaning:
    """The posts of topics, by their numbers."""
    ids = [number(part) for part in several(value, "#")]
    titles = known.topics(viewer, ids)
    for topic_id in ids:
        if topic_id not in titles:
            raise Unclear(_("There is no topic %(number)s.", number=topic_id))
    label = either(_short(titles[topic_id]) for topic_id in ids)
    return Meaning(_("in “%(topic)s”", topic=label), Has("topic", tuple(map(str, ids))))


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE].rstrip()}…"


OPERATORS = (
    Operator(
        "category", "catégorie", lazy("category; = without those inside"),
        ("#logistics", "#logistique"), _category, sign="#", also=("categories", "catégories"),
    ),
    Operator(
        "tag", "étiquette", lazy("a,b: any; a+b: all"), ("tag:maritime", "étiquette:maritime"),
        _tag, also=("tags", "étiquettes"),
    ),
    Operator("topic", "sujet", lazy("in a topic, by number"), ("topic:42", "sujet:42"), _topic),
)  # fmt: skip
