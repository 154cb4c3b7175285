"""Signing in and out, and the browsers in which a member is signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from babel.dates import format_date
from sqlalchemy import ColumnElement, delete, select

from forum.accounts import passwords, policies, queries, settings
from forum.accounts.models.token import UserSession, digest, fresh_secret
from forum.accounts.models.user import User
from forum.accounts.signals import SessionEnded
from forum.core import clock
from forum.core.database import session
from forum.core.errors import Forbidden, Invalid, NotFound
from forum.core.i18n import _, babel_locale
from forum.core.signals import announce


@dataclass(frozen=True)
class Device:
    """A browser in which a member has signed in before, as its own cookie shows."""

    user_id: int
    mark: str


def authenticate(login: str, password: str, *, device: Device | None = None) -> User:
    """The member with this name or address and this password.

    Reads only, and takes as long whether or not the name exists. Raises `Invalid` when either is
    wrong, `Forbidden` when the member is suspended; only the right password learns of that.
    Tries are counted for each account, and apart for each browser the member has used.
    """
    user = queries.by_login(login)
    if user is not None and device is not None and device.user_id == user.id:
        settings.SIGN_IN_ACCOUNT.spend(user.id, device.mark)
    else:
        settings.SIGN_IN_ACCOUNT.spend(user.id if user else login.strip().lower())
    kept = user.password_hash if user else None
    if not passwords.matches(password, kept) or user is None:
        raise Invalid(_("This name or password is not known."))
    if not policies.can_sign_in(user):
        raise Forbidden(_suspension(user))
    return user


def check_password(user: User, password: str, *, field: str) -> None:
    """Ask a signed-in member for the password again before something that matters."""
    settings.PASSWORD_CHECK.spend(user.id)
    if not passwords.matches(password, user.password_hash):
        raise Invalid(_("This is not your password."), field)


def begin(
    user: User, *, password: str, remember: bool, address: str, user_agent: str
) -> UserSession:
    """Sign a member in. The secret for the cookie is `user.session_secret`, kept nowhere else."""
    if passwords.outdated(user.password_hash or ""):
        user.password_hash = passwords.hash_of(password)
    moment = clock.now()
    user.session_secret = fresh_secret()
    begun = UserSession(
        user_id=user.id,
        digest=digest(user.session_secret),
        created_at=moment,
        last_seen_at=moment,
        expires_at=_expiry(moment, moment, remember=remember),
        remember=remember,
        address=address[:60],
        user_agent=user_agent[:300],
    )
    user.last_seen_at = moment
    session.add_all([begun, user])
    return begun


def is_due(user: User) -> bool:
    """Whether a visit is worth noting: every few minutes is enough."""
    if user.own_session is None:
        return False
    return bool(
        clock.now() - user.own_session.last_seen_at > timedelta(minutes=settings.SEEN_MINUTES())
    )


def note_visit(user: User, *, address: str) -> None:
    """Remember that a member was here, which also lengthens the session."""
    moment, visited = clock.now(), user.own_session
    visited.last_seen_at = user.last_seen_at = moment
    visited.expires_at = _expiry(moment, visited.created_at, remember=visited.remember)
    visited.address = address[:60]


def end(user: User, session_id: int) -> None:
    """Sign a member out of one of his browsers."""
    if not _end(user, UserSession.id == session_id):
        raise NotFound


def end_others(user: User) -> int:
    """Sign a member out everywhere but here; gives how many sessions ended."""
    here = user.own_session.id if user.own_session else 0
    return _end(user, UserSession.id != here)


def end_all(user: User) -> int:
    """Sign a member out everywhere."""
    return _end(user, UserSession.user_id == user.id)


def forget_expired() -> None:
    """Remove sessions that ended by themselves."""
    session.execute(delete(UserSession).where(UserSession.expires_at < clock.now()))


def _end(user: User, which: ColumnElement[bool]) -> int:
    ended = session.scalars(
        select(UserSession.id).where(UserSession.user_id == user.id, which)
    ).all()
    session.execute(delete(UserSession).where(UserSession.id.in_(ended)))
    for session_id in ended:
        announce(SessionEnded(session_id=session_id, user_id=user.id))
    return len(ended)


def _suspension(user: User) -> str:
    if user.suspended_until is None:
        return ""
    day = format_date(user.suspended_until, locale=babel_locale())
    return _(
        "Your account is suspended until %(day)s. %(reason)s",
        day=day,
        reason=user.suspension_reason,
    )


def _expiry(moment: datetime, begun_at: datetime, *, remember: bool) -> datetime:
    idle = (
        timedelta(days=settings.REMEMBERED_DAYS())
        if remember
        else timedelta(hours=settings.SESSION_HOURS())
    )
    return min(moment + idle, begun_at + timedelta(days=settings.MOST_SESSION_DAYS()))
