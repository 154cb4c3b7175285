"""How a notification of something found looks and sounds."""

from forum.alerts.models import FOUND
from forum.core.i18n import lazy
from forum.notifications.catalogue import Kind, register


def sign_in() -> None:
    """Add the kind to the catalogue."""
    register(
        FOUND,
        Kind(
            "search",
            36,
            lazy("For your alert: %(topic)s, by %(who)s"),
            lazy("It fits a search you saved"),
            changed_at="/alerts",
        ),
    )
