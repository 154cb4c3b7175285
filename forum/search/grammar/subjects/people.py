"""Who wrote: `@ada`, `user:`, `group:`, `created:`, `company:`."""

from sqlalchemy import select

from forum.accounts import queries as accounts
from forum.accounts.models.user import User
from forum.categories.policies import Viewer
from forum.core.i18n import _, lazy
from forum.opportunities.models import Opportunity
from forum.search.grammar import known
from forum.search.grammar.operators import Meaning, Operator, Place, Unclear
from forum.search.grammar.values import either, require_member, several
from forum.search.question import Among, Either, Every, Has, Node
from forum.topics.models.post import Post

SHORTEST_COMPANY = 2
OPENING = Has("mark", ("first",))


def _author(value: str, viewer: Viewer) -> Meaning:
    labels, ids = _people(value, viewer)
    if labels == [_("me")]:
        return Meaning(_("by me"), Has("author", ids))
    return Meaning(_("by %(name)s", name=either(labels)), Has("author", ids))


def _created(value: str, viewer: Viewer) -> Meaning:
    """The opening posts of someone's topics."""
    labels, ids = _people(value, viewer)
    label = _("topics begun by %(name)s", name=either(labels))
    return Meaning(label, Every((Has("author", ids), OPENING)))


def _people(value: str, viewer: Viewer) -> tuple[list[str], tuple[str, ...]]:
    """How they are called, and their ids."""
    names = several(value, "@")
    found = known.members(viewer, names)
    labels, ids = [], []
    for name in names:
        if name.lower() in {"me", "moi"} and not viewer.is_guest:
            labels.append(_("me"))
            ids.append(str(viewer.id))
        elif name.lower() in found:
            labels.append(found[name.lower()].display_name)
            ids.append(str(found[name.lower()].id))
        else:
            raise Unclear(_("No member is called “%(name)s”.", name=name))
    return labels, tuple(dict.fromkeys(ids))


def _group(value: str, viewer: Viewer) -> Meaning:
    """Posts of the members of a group; who may not know who is in it learns nothing."""
    group = known.group(viewer, value)
    if group is None:
        raise Unclear(_("There is no group “%(name)s”.", name=value))
    by_members = select(Post.id).where(Post.author_id.in_(accounts.ids_of_members(group)))
    label = _("by members of %(group)s", group=group.label)
    return Meaning(label, Among("post", by_members))


def _company(value: str, _viewer: Viewer) -> Meaning:
    """The firm of who writes, or of an opportunity.

    Whether there is such a firm is never said: it may be known from closed categories only.
    """
    names = several(value)
    if any(len(name) < SHORTEST_COMPANY for name in names):
        raise Unclear(_("Write at least two letters of the company."))
    nodes: list[Node] = []
    for name in names:
        people = select(User.id).where(User.company.icontains(name, autoescape=True))
        sought = Opportunity.company.icontains(name, autoescape=True)
        nodes += [
            Among("post", select(Post.id).where(Post.author_id.in_(people))),
            Among("topic", select(Opportunity.topic_id).where(sought)),
        ]
    return Meaning(_("company %(name)s", name=either(names)), Either(tuple(nodes)))


def _posted(viewer: Viewer) -> Meaning:
    require_member(viewer)
    return Meaning(_("by me"), Has("author", (str(viewer.id),)))


def _begun(viewer: Viewer) -> Meaning:
    require_member(viewer)
    return Meaning(_("topics I began"), Every((Has("author", (str(viewer.id),)), OPENING)))


OPERATORS = (
    Operator(
        "user", "membre", lazy("author; also @me"), ("@ada", "@ada"), _author,
        sign="@", also=("auteur", "author"),
    ),
    Operator(
        "created", "créé", lazy("topics someone began"), ("created:@ada", "créé:@ada"), _created,
        also=("lancé",),
    ),
    Operator(
        "group", "groupe", lazy("by members of a group"), ("group:staff", "groupe:équipe"), _group
    ),
    Operator(
        "company", "entreprise", lazy("of the author or the opportunity"),
        ("company:atlas", "entreprise:atlas"), _company, also=("société",),
    ),
)  # fmt: skip
PLACES = (
    Place("posted", "écrits", _posted, also=("écrit",)),
    Place("created", "lancés", _begun, also=("mine", "lancé", "créés", "créé")),
)
