"""Where the screens of search stand among those of staff."""

from collections.abc import Iterator

from forum.categories.policies import Viewer
from forum.core.i18n import _
from forum.search.policies import can_manage
from forum.web.navigation import Item


def beside_staff_screens(viewer: Viewer) -> Iterator[Item]:
    """The lines beside every staff screen."""
    if can_manage(viewer):
        yield Item(_("Index"), "/admin/search", "search", covers=("/admin/search",))
        yield Item(_("Not found"), "/admin/gaps", "help", covers=("/admin/gaps",))
        yield Item(_("Glossary"), "/admin/glossary", "languages", covers=("/admin/glossary",))
