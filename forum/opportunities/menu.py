"""The places of opportunities in the menu."""

from collections.abc import Iterable

from forum.categories.policies import Viewer
from forum.core.i18n import _
from forum.web.navigation import Item


def beside_every_page(_viewer: Viewer) -> Iterable[Item]:
    """Opportunities and the base."""
    label = _("Opportunities")
    yield Item(label, "/opportunities", "handshake", tab=label, key="o", covers=("/opportunities",))
    yield Item(_("Markets and know-how"), "/base", "grid", tab=_("Markets"), key="b")
