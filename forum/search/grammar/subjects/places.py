"""Where: `#category`, `category:`, `tag:`, `topic:`."""

from collections.abc import Mapping, Sequence

from forum.categories import queries as categories
from forum.categories.policies import Viewer
from forum.core.i18n import _, lazy
from forum.search.grammar import known
from forum.search.grammar.operators import Meaning, Operator, Unclear
from forum.search.grammar.values import any_of, both, either, number, only, several
from forum.search.question import Either, Every, Has, Node
from forum.tags.models import Tag

LONGEST_TITLE = 40


def _category(value: str, viewer: Viewer) -> Meaning:
    """Categories with those inside them, or without by `=`; what is none may be a tag."""
    named = known.category(viewer, _bare(value)) is not None
    names = [value.strip().removeprefix("#")] if named else several(value, "#")
    strange = [_bare(name) for name in names if known.category(viewer, _bare(name)) is None]
    tags = known.tags_by_words(viewer, strange) if strange else {}
    return any_of([_place(name, viewer, tags) for name in names])


def _place(name: str, viewer: Viewer, tags: Mapping[str, Tag]) -> Meaning:
    bare = _bare(name)
    category = known.category(viewer, bare)
    if category is None and bare in tags:
        return Meaning(_("tag %(tag)s", tag=tags[bare].label), _tagged([[tags[bare]]]))
    like = [(other, other.name) for other in known.categories_like(viewer, bare)]
    category = category or only(like, bare)
    if category is None:
        raise Unclear(_("There is no category or tag “%(name)s”.", name=bare))
    below = [] if name.startswith("=") else categories.below(viewer, category)
    ids = tuple(str(one.id) for one in (category, *below))
    return Meaning(_("in %(category)s", category=category.name), Has("category", ids))


def _bare(name: str) -> str:
    return name.strip().removeprefix("#").removeprefix("=")


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
