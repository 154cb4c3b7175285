"""A member's saved searches."""

from sqlalchemy import func, select

from forum.alerts import policies, settings
from forum.alerts.models import SavedSearch
from forum.categories.policies import Viewer
from forum.core import clock
from forum.core.database import session
from forum.core.errors import NotFound


def owned_by(viewer: Viewer) -> list[SavedSearch]:
    """The viewer's saved searches, by name."""
    return list(
        session.scalars(
            select(SavedSearch)
            .where(policies.visible_to(viewer))
            .order_by(func.lower(SavedSearch.name), SavedSearch.id)
        )
    )


def get(viewer: Viewer, saved_search_id: int) -> SavedSearch:
    """One of the viewer's own; anyone else's is as good as absent."""
    saved = session.scalar(
        select(SavedSearch).where(SavedSearch.id == saved_search_id, policies.visible_to(viewer))
    )
    if saved is None:
        raise NotFound
    return saved


def find_deleted(viewer: Viewer, saved_search_id: int) -> SavedSearch | None:
    """One that the viewer has just deleted."""
    return session.scalar(
        select(SavedSearch).where(
            SavedSearch.id == saved_search_id,
            SavedSearch.user_id == viewer.id,
            SavedSearch.deleted_at > clock.now() - settings.UNDO,
        )
    )


def get_deleted(viewer: Viewer, saved_search_id: int) -> SavedSearch:
    """The same, insisting."""
    saved = find_deleted(viewer, saved_search_id)
    if saved is None:
        raise NotFound
    return saved


def same(viewer: Viewer, asked: str) -> SavedSearch | None:
    """The viewer's saved search that asks the same."""
    return session.scalar(
        select(SavedSearch).where(policies.visible_to(viewer), SavedSearch.asked == asked).limit(1)
    )


def count(viewer: Viewer) -> int:
    """How many the viewer keeps."""
    counted = select(func.count(SavedSearch.id)).where(policies.visible_to(viewer))
    return session.scalar(counted) or 0
