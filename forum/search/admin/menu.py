"""Where the screens of search stand in the menus."""

from collections.abc import Iterator

from forum.categories.policies import Viewer
from forum.core.i18n import _
from forum.search.policies import can_manage, can_see_gaps
from forum.web.navigation import Item

GAPS = "/admin/gaps"


def beside_every_page(viewer: Viewer) -> Iterator[Item]:
    """The line of the side bar, for animateurs who have no other staff screen."""
    if can_see_gaps(viewer) and not viewer.is_staff:
        yield Item(_("Sought in vain"), GAPS, "help", covers=(GAPS,))


def beside_staff_screens(viewer: Viewer) -> Iterator[Item]:
    """The lines beside every staff screen."""
    if can_manage(viewer):
        yield Item(_("Index"), "/admin/search", "search", covers=("/admin/search",))
    if can_see_gaps(viewer):
        yield Item(_("Not found"), GAPS, "help", covers=(GAPS,))
    if can_manage(viewer):
        yield Item(_("Glossary"), "/admin/glossary", "languages", covers=("/admin/glossary",))
