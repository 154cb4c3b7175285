"""What Discourse has and this forum has not: whoever writes it is told so.

A feature that brings one takes its place with a line in `app.py`:
`register_place(Place("bookmarks", "signets", own(lazy("bookmarked"), "post", bookmarks.kept_by)))`.
"""

from forum.categories.policies import Viewer
from forum.core.i18n import LazyText, lazy
from forum.search.grammar.operators import Meaning, Operator, Place, Unclear

NO_BOOKMARKS = lazy("Bookmarks do not exist here yet.")
NO_MESSAGES = lazy("Private messages do not exist here yet.")
NO_WIKI = lazy("Posts that everyone edits do not exist here.")
NO_BADGES = lazy("Badges do not exist here.")
NO_ASSIGNMENTS = lazy("Topics are assigned to nobody here.")


def _place(name: str, french: str, why: LazyText, *also: str) -> Place:
    def read(_viewer: Viewer) -> Meaning:
        raise Unclear(str(why))

    return Place(name, french, read, also, here=False)


def _operator(name: str, french: str, why: LazyText) -> Operator:
    def read(_value: str, _viewer: Viewer) -> Meaning:
        raise Unclear(str(why))

    return Operator(name, french, why, (f"{name}:x", f"{french}:x"), read, here=False)


PLACES = (
    _place("bookmarks", "signets", NO_BOOKMARKS),
    _place("messages", "messages-privés", NO_MESSAGES, "personal", "personal-direct", "all-pms"),
    _place("wiki", "collectifs", NO_WIKI),
    _place("assigned", "attribués", NO_ASSIGNMENTS, "unassigned"),
)
OPERATORS = (
    _operator("badge", "insigne", NO_BADGES),
    _operator("assigned", "attribué", NO_ASSIGNMENTS),
    _operator("group_messages", "messages-du-groupe", NO_MESSAGES),
    _operator("personal_messages", "messages-de", NO_MESSAGES),
)
