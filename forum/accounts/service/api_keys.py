"""Keys for programs. Without a user of its own, a key may act as anyone."""

from datetime import timedelta

from sqlalchemy import select

from forum.accounts import policies, queries
from forum.accounts.models.token import ApiKey, digest, fresh_secret
from forum.accounts.models.user import User
from forum.core import clock
from forum.core.database import session

NOTE_USE_EVERY = timedelta(hours=1)


def create(*, user: User | None = None, description: str = "") -> str:
    """A new key. It is told once; only its digest is kept."""
    secret = fresh_secret()
    session.add(
        ApiKey(
            user_id=user.id if user else None,
            digest=digest(secret),
            description=description[:120],
            created_at=clock.now(),
        )
    )
    session.flush()
    return secret


def revoke(key: ApiKey) -> None:
    """Make a key worthless at once."""
    key.revoked_at = key.revoked_at or clock.now()


def recognise(secret: str, username: str = "") -> User | None:
    """Whom a program acts as, knowing his groups; None when the key does not open for that name.

    A member's own key acts as that member only; a key without one needs a name.
    """
    key = session.scalar(
        select(ApiKey).where(ApiKey.digest == digest(secret), ApiKey.revoked_at.is_(None))
    )
    if key is None:
        return None
    user = _actor(key, username.strip())
    if user is None or not policies.can_sign_in(user):
        return None
    return queries.with_groups(user)


def is_due(secret: str) -> bool:
    """Whether the use of a key is worth noting: once an hour is enough."""
    last = session.execute(
        select(ApiKey.last_used_at).where(ApiKey.digest == digest(secret))
    ).first()
    return last is not None and (
        last.last_used_at is None or clock.now() - last.last_used_at > NOTE_USE_EVERY
    )


def note_use(secret: str) -> None:
    """Remember that a key was used, so that idle ones can be found."""
    key = session.scalar(select(ApiKey).where(ApiKey.digest == digest(secret)))
    if key is not None:
        key.last_used_at = clock.now()


def _actor(key: ApiKey, username: str) -> User | None:
    if key.user_id is None:
        return queries.by_username(username) if username else None
    user = queries.find(key.user_id)
    if user is not None and username and user.username_lower != username.lower():
        return None
    return user
