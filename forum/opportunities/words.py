"""The words of cards, in the page's language, and which day counts as soon."""

from typing import Any

from forum.core import clock
from forum.core.i18n import _
from forum.opportunities import settings


def of_cards() -> dict[str, Any]:
    """Everything a card says besides what was typed."""
    return {
        "today": clock.now().date(),
        "soon_days": settings.SOON_DAYS(),
        "sides": {"offer": _("Offer"), "request": _("Request")},
        "kinds": {
            "business": _("Business"),
            "technology": _("Technology"),
            "partnership": _("Partnership"),
        },
        "statuses": {
            "open": _("Open"),
            "in_talks": _("In talks"),
            "concluded": _("Concluded"),
            "expired": _("Expired"),
            "withdrawn": _("Withdrawn"),
        },
    }
