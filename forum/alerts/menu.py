"""The place of alerts in the member's own menu."""

from collections.abc import Iterable

from forum.categories.policies import Viewer
from forum.core.i18n import _
from forum.web.navigation import Item


def in_account_menu(viewer: Viewer) -> Iterable[Item]:
    """A member's saved searches."""
    if not viewer.is_guest:
        yield Item(_("Saved searches and alerts"), "/alerts", "bell-ring")
