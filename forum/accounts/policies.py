"""Who may do what to people and groups: each question beside the filter that agrees with it."""

from sqlalchemy import ColumnElement, and_, or_, true

from forum.accounts.guest import Guest
from forum.accounts.models.group import Group
from forum.accounts.models.user import User
from forum.core import clock

Viewer = User | Guest


def can_see(viewer: Viewer, user: User) -> bool:
    """An account that nobody confirmed is seen by its owner and by staff."""
    known = user.confirmed_at is not None or user.staged
    return known or viewer.is_staff or viewer.id == user.id


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    if viewer.is_staff:
        return true()
    known = or_(User.confirmed_at.is_not(None), User.staged)
    return known if viewer.is_guest else or_(known, User.id == viewer.id)


def listed() -> ColumnElement[bool]:
    """Who stands in the directory: members, not the authors an import brought in."""
    return and_(User.confirmed_at.is_not(None), User.staged.is_(False))


def can_see_group(viewer: Viewer, group: Group) -> bool:
    """Automatic groups are public; made ones are known to their members and to staff."""
    return group.automatic or viewer.is_staff or group.id in viewer.made_group_ids


def groups_visible_to(viewer: Viewer) -> ColumnElement[bool]:
    if viewer.is_staff:
        return true()
    return or_(Group.automatic, Group.id.in_(viewer.made_group_ids))


def can_see_members(viewer: Viewer, group: Group) -> bool:
    """Guests learn that a group exists, not who is in it."""
    return not viewer.is_guest and can_see_group(viewer, group)


def can_manage_groups(viewer: Viewer) -> bool:
    """Make groups, and say who is in them."""
    return viewer.is_admin


def can_manage_users(viewer: Viewer) -> bool:
    """See e-mail addresses and sanctions."""
    return viewer.is_staff


def can_sanction(viewer: Viewer, user: User) -> bool:
    """Silence or suspend. Staff lose their role first, so nobody can shut the others out."""
    return viewer.is_staff and not user.is_staff and viewer.id != user.id


def can_set_trust_level(viewer: Viewer, user: User) -> bool:
    return viewer.is_staff and (viewer.is_admin or not user.is_staff)


def can_set_roles(viewer: Viewer) -> bool:
    """Make and unmake admins, moderators and animateurs."""
    return viewer.is_admin


def can_sign_in(user: User) -> bool:
    return not user.staged and not is_suspended(user)


def is_suspended(user: User) -> bool:
    """Whether the account is closed for now."""
    return user.suspended_until is not None and user.suspended_until > clock.now()


def is_silenced(user: User) -> bool:
    """Whether the member may only read for now."""
    return user.silenced_until is not None and user.silenced_until > clock.now()
