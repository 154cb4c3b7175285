"""What a topic is like: `status:`, `in:pinned`, `in:tagged`, `in:solved`, `include:unlisted`."""

from sqlalchemy import exists, select

from forum.categories.policies import Viewer
from forum.core.i18n import _, lazy
from forum.search.grammar import known
from forum.search.grammar.operators import Choice, Meaning, Operator, Place, Unclear
from forum.search.grammar.values import out_of
from forum.search.question import Among, Every, Has, Node, Not
from forum.topics.models.post import REGULAR, Post
from forum.topics.models.topic import Topic, TopicTag

ARCHIVED = Among("topic", select(Topic.id).where(Topic.archived_at.is_not(None)))
PINNED = Among("topic", select(Topic.id).where(Topic.pinned_at.is_not(None)))
# Counts of posts count lines about what was done too: those are no replies.
REPLY = exists().where(
    Post.topic_id == Topic.id, Post.number > 1, Post.kind == REGULAR, Post.deleted_at.is_(None)
)
UNANSWERED = Among("topic", select(Topic.id).where(~REPLY))
OF_ONE = Among("topic", select(Topic.id).where(Topic.participant_count <= 1))
TAGGED = Among("topic", select(TopicTag.topic_id))
CLOSED, SOLVED = Has("mark", ("closed",)), Has("mark", ("solved",))
# Every topic but a few: the few are named.
OPEN = Every((Not(CLOSED), Not(ARCHIVED)))
UNSOLVED = Every((Has("kind", ("question",)), Not(SOLVED)))


def _open(_viewer: Viewer) -> Meaning:
    return Meaning(_("open to replies"), OPEN)


def _closed(_viewer: Viewer) -> Meaning:
    return Meaning(_("closed"), CLOSED)


def _archived(_viewer: Viewer) -> Meaning:
    return Meaning(_("archived"), ARCHIVED)


def _public(viewer: Viewer) -> Meaning:
    ids = tuple(str(category_id) for category_id in known.open_category_ids(viewer))
    return Meaning(_("open to everyone"), Has("category", ids))


def _unanswered(_viewer: Viewer) -> Meaning:
    return Meaning(_("without replies"), UNANSWERED)


def _of_one(_viewer: Viewer) -> Meaning:
    return Meaning(_("with one author only"), OF_ONE)


def _solved(_viewer: Viewer) -> Meaning:
    return Meaning(_("solved"), SOLVED)


def _unsolved(_viewer: Viewer) -> Meaning:
    return Meaning(_("questions without a solution"), UNSOLVED)


def _pinned(_viewer: Viewer) -> Meaning:
    return Meaning(_("pinned"), PINNED)


def _tagged(_viewer: Viewer) -> Meaning:
    return Meaning(_("with tags"), TAGGED)


def _untagged(_viewer: Viewer) -> Meaning:
    untagged: Node = Not(TAGGED)
    return Meaning(_("without tags"), untagged)


def _unlisted(viewer: Viewer) -> Meaning:
    """Staff are shown unlisted topics anyway; nobody else may be."""
    if not viewer.is_staff:
        raise Unclear(_("Unlisted topics are found by the team only."))
    return Meaning(_("unlisted topics too"))


STATES = (
    Choice("open", "ouvert", _open, also=("ouverts",)),
    Choice("closed", "fermé", _closed, also=("fermés", "clos")),
    Choice("public", "public", _public, also=("publics",)),
    Choice("archived", "archivé", _archived, also=("archivés",)),
    Choice("noreplies", "sans-réponse", _unanswered, also=("noreply", "sans-réponses")),
    Choice("single_user", "un-seul-auteur", _of_one),
    Choice("solved", "résolu", _solved, also=("résolus",)),
    Choice("unsolved", "non-résolu", _unsolved, also=("non-résolus",)),
)
INCLUDED = (Choice("unlisted", "hors-liste", _unlisted, also=("invisible",)),)
OPERATORS = (
    Operator(
        "status", "statut", lazy("also closed, archived, noreplies, unsolved"),
        ("status:open", "statut:ouvert"), out_of(STATES), choices=STATES,
    ),
    Operator(
        "include", "inclure", lazy("for the team"),
        ("include:unlisted", "inclure:hors-liste"), out_of(INCLUDED), choices=INCLUDED,
    ),
)  # fmt: skip
PLACES = (
    Place("pinned", "épinglés", _pinned, also=("épinglé",)),
    Place("tagged", "étiquetés", _tagged, also=("étiqueté",)),
    Place("untagged", "sans-étiquette", _untagged, also=("non-étiquetés",)),
    Place("solved", "résolus", _solved, also=("résolu",)),
    Place("unsolved", "non-résolus", _unsolved, also=("non-résolu",)),
)
