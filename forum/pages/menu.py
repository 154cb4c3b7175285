"""The forum's own places in the menu."""

from collections.abc import Iterable

from forum.categories.policies import Viewer
from forum.core.i18n import _
from forum.topics.queries import unread
from forum.web.navigation import Item


def forum(viewer: Viewer) -> Iterable[Item]:
    """The front page, with how many topics wait for the member."""
    waiting = sum(unread.totals(viewer).values())
    lists = ("/latest", "/new", "/unread", "/top", "/categories", "/tags")
    counter = "" if viewer.is_guest else f"user:{viewer.id}"
    yield Item(
        _("Forum"),
        "/",
        "messages",
        count=waiting,
        counter=counter,
        tab=_("Forum"),
        key="h",
        covers=lists,
    )


def rest(viewer: Viewer) -> Iterable[Item]:
    """Members, and what one has begun to write."""
    if viewer.is_guest:
        return
    yield Item(_("Members"), "/u", "users", tab=_("Members"))
    yield Item(_("Drafts"), "/my/drafts", "file")
