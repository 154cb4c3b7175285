"""Who may keep searches, whose they are, and who is told of what they find."""

from sqlalchemy import ColumnElement, and_, or_

from forum.accounts import policies as accounts
from forum.accounts.models.user import User
from forum.alerts.models import SavedSearch
from forum.categories.policies import Viewer
from forum.core import clock


def can_save(viewer: Viewer) -> bool:
    """A member whose address is confirmed; who may only read may be told what there is to read."""
    return not viewer.is_guest and viewer.confirmed_at is not None


def can_see(viewer: Viewer, saved: SavedSearch) -> bool:
    """What someone looks for is his own affair: staff does not see it either."""
    return saved.user_id == viewer.id and saved.deleted_at is None


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    return and_(SavedSearch.user_id == viewer.id, SavedSearch.deleted_at.is_(None))


def may_be_told(owner: User) -> bool:
    """Neither those who may not come in nor those whose address nobody confirmed."""
    return owner.confirmed_at is not None and accounts.can_sign_in(owner)


def told() -> ColumnElement[bool]:
    """The filter beside it, on the owners."""
    return and_(
        User.confirmed_at.is_not(None),
        User.staged.is_(False),
        or_(User.suspended_until.is_(None), User.suspended_until <= clock.now()),
    )
