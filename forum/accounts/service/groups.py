"""Groups for access: the automatic ones, and those that staff make and fill."""

from sqlalchemy import delete, func, insert, select

from forum.accounts import names, policies, queries
from forum.accounts.models.group import AUTOMATIC, FIRST_MADE_ID, Group, Membership
from forum.accounts.models.user import User
from forum.accounts.policies import Viewer
from forum.accounts.signals import MemberLeft
from forum.core import clock
from forum.core.database import session
from forum.core.errors import Invalid, require
from forum.core.i18n import _
from forum.core.signals import announce
from forum.core.text import squeeze


def ensure_automatic() -> None:
    """Write down the groups that follow from accounts themselves; safe to repeat."""
    known = set(session.scalars(select(Group.id).where(Group.automatic)))
    missing = [
        {
            "id": group_id,
            "name": name,
            "full_name": "",
            "automatic": True,
            "created_at": clock.now(),
        }
        for group_id, name in AUTOMATIC.items()
        if group_id not in known
    ]
    if missing:
        session.execute(insert(Group), missing)


def make(*, name: str, full_name: str = "", by: Viewer) -> Group:
    """A new group, empty."""
    require(policies.can_manage_groups(by))
    name = names.normalize(name).lower()
    _check_name(name)
    group = Group(
        id=_next_id(),
        name=name,
        full_name=squeeze(full_name)[:120],
        automatic=False,
        created_at=clock.now(),
    )
    session.add(group)
    session.flush()
    return group


def add(group: Group, user: User, *, by: Viewer, owner: bool = False) -> None:
    """Let someone into a made group; nothing happens when he is in it."""
    require(policies.can_manage_groups(by))
    _refuse_automatic(group)
    if session.get(Membership, (group.id, user.id)) is not None:
        return
    session.add(Membership(group_id=group.id, user_id=user.id, owner=owner, created_at=clock.now()))
    session.flush()


def remove(group: Group, user: User, *, by: Viewer) -> None:
    """Take someone out of a made group."""
    require(policies.can_manage_groups(by) or by.id == user.id)
    _refuse_automatic(group)
    left = session.execute(
        delete(Membership)
        .where(Membership.group_id == group.id, Membership.user_id == user.id)
        .returning(Membership.user_id)
    ).first()
    if left is not None:
        announce(MemberLeft(group_id=group.id, user_id=user.id))


def _check_name(name: str) -> None:
    try:
        names.check_shape(name)
    except Invalid as error:
        raise Invalid(error.message, "name") from error
    taken = name in AUTOMATIC.values() or queries.group_by_name(name) is not None
    if taken or queries.looks_taken(names.skeleton(name)):
        raise Invalid(_("This name is taken."), "name")


def _refuse_automatic(group: Group) -> None:
    require(not group.automatic, _("Nobody is put into an automatic group by hand."))


def _next_id() -> int:
    # Not left to the database, whose own count knows nothing of the automatic groups' fixed ids.
    latest = session.scalar(select(func.max(Group.id))) or 0
    return max(latest + 1, FIRST_MADE_ID)
