"""Faces: what is shown of people beside all they write, kept in memory while nobody changes his.

A list of topics shows a hundred people, a page of posts a dozen; reading them from the database
with everything else an account holds was a fifth of what such a page cost.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from forum.accounts.models.user import User
from forum.core import versions
from forum.core.database import inside_transaction, session

MOST = 20_000


@dataclass(frozen=True, slots=True)
class Face:
    """A person as others see him; answers like `User` as far as it goes."""

    id: int
    username: str
    name: str
    company: str
    display_name: str
    path: str
    initials: str
    tone: int
    avatar_path: str | None
    trust_level: int
    is_admin: bool
    is_moderator: bool
    is_staff: bool


_kept: tuple[int, dict[int, Face]] = (-1, {})


def by_ids(user_ids: Collection[int]) -> dict[int, Face]:
    """Several people by id; from the database only those not met since someone changed."""
    global _kept
    version = versions.read("people")
    if inside_transaction():
        return _read(user_ids)  # may see what is not kept yet, so it is not kept either
    if _kept[0] != version or len(_kept[1]) > MOST:
        _kept = (version, {})
    known = _kept[1]
    missing = [user_id for user_id in user_ids if user_id not in known]
    if missing:
        known.update(_read(missing))
    return {user_id: known[user_id] for user_id in user_ids if user_id in known}


def forget() -> None:
    """Meet everyone anew, as each test does."""
    global _kept
    _kept = (-1, {})


def _read(user_ids: Collection[int]) -> dict[int, Face]:
    rows = session.scalars(select(User).where(User.id.in_(user_ids))) if user_ids else ()
    return {user.id: _face(user) for user in rows}


def _face(user: User) -> Face:
    return Face(**{name: getattr(user, name) for name in Face.__slots__})
