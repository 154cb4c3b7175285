"""What staff may do to an account: silence, suspend, and give or take roles."""

from datetime import datetime

from sqlalchemy import select

from forum.accounts import policies
from forum.accounts.models.user import User
from forum.accounts.policies import Viewer
from forum.accounts.service import changes, sessions
from forum.accounts.signals import MemberSilenced, MemberSuspended
from forum.core import clock
from forum.core.database import session
from forum.core.errors import Conflict, Invalid, require
from forum.core.i18n import _
from forum.core.signals import announce
from forum.core.text import squeeze


def silence(user: User, *, until: datetime, reason: str, by: Viewer) -> None:
    """Let someone read but not write until a moment."""
    require(policies.can_sanction(by, user))
    user.silenced_until, user.silence_reason = _later(until), _reason(reason)
    announce(MemberSilenced(user_id=user.id))
    changes.tell(user)


def unsilence(user: User, *, by: Viewer) -> None:
    """Let someone write again."""
    require(policies.can_sanction(by, user))
    user.silenced_until, user.silence_reason = None, ""
    changes.tell(user)


def suspend(user: User, *, until: datetime, reason: str, by: Viewer) -> None:
    """Shut someone out until a moment, at once and everywhere."""
    require(policies.can_sanction(by, user))
    user.suspended_until, user.suspension_reason = _later(until), _reason(reason)
    sessions.end_all(user)
    announce(MemberSuspended(user_id=user.id))
    changes.tell(user)


def unsuspend(user: User, *, by: Viewer) -> None:
    """Let someone in again."""
    require(policies.can_sanction(by, user))
    user.suspended_until, user.suspension_reason = None, ""
    changes.tell(user)


def set_trust_level(user: User, level: int, *, by: Viewer) -> None:
    """Say how much someone is trusted, 0 to 4."""
    require(policies.can_set_trust_level(by, user))
    if level not in range(5):
        raise Invalid(_("Trust levels go from 0 to 4."), "trust_level")
    user.trust_level = level
    changes.tell(user)


def set_roles(user: User, *, admin: bool, moderator: bool, animateur: bool, by: Viewer) -> None:
    """Give and take roles. One admin always remains, even when two demote each other at once."""
    require(policies.can_set_roles(by))
    if user.is_admin and not admin:
        _refuse_last_admin(user)
    user.is_admin, user.is_moderator, user.is_animateur = admin, moderator, animateur
    changes.tell(user)


def _refuse_last_admin(user: User) -> None:
    # The lock makes the second of two admins wait, then see that the first has gone.
    admins = session.scalars(
        select(User.id).where(User.is_admin).order_by(User.id).with_for_update()
    ).all()
    if set(admins) <= {user.id}:
        raise Conflict(_("The community needs an admin: name another one first."))


def _later(until: datetime) -> datetime:
    if until <= clock.now():
        raise Invalid(_("Choose a moment to come."), "until")
    return until


def _reason(reason: str) -> str:
    plain = squeeze(reason)
    if not plain:
        raise Invalid(_("Say why: the member will read it."), "reason")
    return plain[:300]
