"""One-time links: made for one purpose and one address, used once, dead after an hour or two days."""

from datetime import timedelta

from sqlalchemy import delete, update

from forum.accounts import settings
from forum.accounts.models.token import OneTimeToken, digest, fresh_secret
from forum.accounts.models.user import User
from forum.core import clock
from forum.core.database import session
from forum.core.errors import Invalid
from forum.core.i18n import _

CONFIRM, RESET, CHANGE_EMAIL = "confirm", "reset", "change_email"


def issue(user: User, purpose: str, *, email: str | None = None) -> str:
    """A new link's secret, which is not kept: only its digest is."""
    moment, secret = clock.now(), fresh_secret()
    hours = settings.RESET_HOURS() if purpose == RESET else settings.CONFIRM_HOURS()
    session.add(
        OneTimeToken(
            user_id=user.id,
            purpose=purpose,
            digest=digest(secret),
            email=email or user.email or "",
            created_at=moment,
            expires_at=moment + timedelta(hours=hours),
        )
    )
    return secret


def use(secret: str, purpose: str) -> tuple[User, str]:
    """Whose link this was, and for which address; of two who use it at once, one is refused."""
    used = session.execute(
        update(OneTimeToken)
        .where(
            OneTimeToken.digest == digest(secret),
            OneTimeToken.purpose == purpose,
            OneTimeToken.used_at.is_(None),
            OneTimeToken.expires_at > clock.now(),
        )
        .values(used_at=clock.now())
        .returning(OneTimeToken.user_id, OneTimeToken.email)
    ).first()
    user = session.get(User, used.user_id, populate_existing=True) if used else None
    if used is None or user is None:
        raise Invalid(_("This link has expired or was already used. Ask for a new one."))
    return user, used.email


def forget(user: User) -> None:
    """Make every unused link of a member worthless."""
    session.execute(
        update(OneTimeToken)
        .where(OneTimeToken.user_id == user.id, OneTimeToken.used_at.is_(None))
        .values(used_at=clock.now())
    )


def forget_expired() -> None:
    """Remove links that nobody can use any more."""
    session.execute(delete(OneTimeToken).where(OneTimeToken.expires_at < clock.now()))
