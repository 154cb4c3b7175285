"""The places of opportunities in the menu."""

from collections.abc import Iterable

from forum.categories import queries as categories
from forum.categories import unread
from forum.categories.policies import Viewer
from forum.core.i18n import _
from forum.opportunities.service import KIND
from forum.web.navigation import Item


def beside_every_page(viewer: Viewer) -> Iterable[Item]:
    """Opportunities, which stand for their categories, and the base."""
    label = _("Opportunities")
    places = [c for c in categories.known(viewer) if c.kind == KIND]
    new = unread.counts(viewer)
    yield Item(
        label,
        "/opportunities",
        "handshake",
        tab=label,
        key="o",
        count=sum(new.get(place.id, 0) for place in places),
        # Scripts count one place again; several are counted with each page.
        counter=f"category:{places[0].id}" if len(places) == 1 else "",
        covers=("/opportunities", *(place.path for place in places)),
    )
    yield Item(_("Markets and know-how"), "/base", "grid", tab=_("Markets"), key="b")
