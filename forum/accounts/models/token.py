"""What proves who someone is: sessions, one-time links, API keys. Only digests are kept."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.accounts.models.user import User
from forum.core.database import Base, related

# What browsers call themselves; most also claim to be those that come after them.
_BROWSERS = {
    "Firefox/": "Firefox",
    "Edg/": "Edge",
    "OPR/": "Opera",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


def fresh_secret() -> str:
    """A secret of 256 bits, as text."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of a secret; its 256 bits need no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


class UserSession(Base):
    """One browser in which a member is signed in."""

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    remember: Mapped[bool] = mapped_column(default=False)
    address: Mapped[str] = mapped_column(String(60), default="")
    user_agent: Mapped[str] = mapped_column(String(300), default="")

    user: Mapped[User] = related()

    @property
    def browser(self) -> str:
        """The browser and the system in two words, as far as they say who they are."""
        names = [_first(_BROWSERS, self.user_agent), _first(_SYSTEMS, self.user_agent)]
        return ", ".join(name for name in names if name) or "?"

    @property
    def is_mobile(self) -> bool:
        return "Mobi" in self.user_agent or "Android" in self.user_agent


def _first(marks: dict[str, str], text: str) -> str:
    return next((name for mark, name in marks.items() if mark in text), "")


class OneTimeToken(Base):
    """A link sent by mail: one purpose, one use, a short life."""

    __tablename__ = "one_time_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))  # confirm, reset, change_email
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped[User] = related()


class ApiKey(Base):
    """A key for programs. Without a user it may act as anyone, through `Api-Username`."""

    __tablename__ = "api_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    description: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    user: Mapped[User | None] = related()
