"""A user: someone with an account, or a staged author brought in by an import."""

from datetime import datetime
from typing import Any
from zlib import crc32

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.accounts.models import group
from forum.core.database import Base

TONES = 8


class User(Base):
    """A person with an account. Answers the same questions as `Guest`."""

    __allow_unmapped__ = True  # for the rights below, which are no columns
    __tablename__ = "users"
    __table_args__ = (CheckConstraint("trust_level BETWEEN 0 AND 4", name="trust_level"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(60), unique=True)
    username_lower: Mapped[str] = mapped_column(String(60), unique=True)
    # What the name looks like: two names with one skeleton cannot be told apart by eye.
    username_skeleton: Mapped[str] = mapped_column(String(240), unique=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    confirmed_at: Mapped[datetime | None]
    staged: Mapped[bool] = mapped_column(default=False)

    name: Mapped[str] = mapped_column(String(120), default="")
    company: Mapped[str] = mapped_column(String(120), default="")
    bio_raw: Mapped[str] = mapped_column(default="")
    bio_cooked: Mapped[str] = mapped_column(default="")
    location: Mapped[str] = mapped_column(String(120), default="")
    languages: Mapped[str] = mapped_column(String(60), default="")  # "fr,en": languages read
    avatar_key: Mapped[str | None] = mapped_column(String(120))

    locale: Mapped[str] = mapped_column(String(5), default="fr")
    theme: Mapped[str] = mapped_column(String(5), default="auto")
    time_zone: Mapped[str] = mapped_column(String(60), default="Europe/Paris")
    shortcuts: Mapped[bool] = mapped_column(default=True)

    trust_level: Mapped[int] = mapped_column(default=0)
    is_admin: Mapped[bool] = mapped_column(default=False)
    is_moderator: Mapped[bool] = mapped_column(default=False)
    is_animateur: Mapped[bool] = mapped_column(default=False)
    silenced_until: Mapped[datetime | None]
    silence_reason: Mapped[str] = mapped_column(String(300), default="")
    suspended_until: Mapped[datetime | None]
    suspension_reason: Mapped[str] = mapped_column(String(300), default="")

    topic_count: Mapped[int] = mapped_column(default=0)
    post_count: Mapped[int] = mapped_column(default=0)
    likes_given: Mapped[int] = mapped_column(default=0)
    likes_received: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime | None]

    # Filled once per request by `recognise` and by `categories.queries.load_rights`.
    own_session: Any = None
    categories_version: int | None = None
    site_version: None = None  # a member's page is never kept
    unread_counts: Any = None
    made_group_ids: frozenset[int] = frozenset()
    visible_category_ids: frozenset[int] = frozenset()
    reply_category_ids: frozenset[int] = frozenset()
    create_category_ids: frozenset[int] = frozenset()

    is_guest = False
    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """What Flask-Login keeps in the cookie: the session's secret, set when it began."""
        return str(self.session_secret)

    session_secret = ""

    @property
    def is_staff(self) -> bool:
        return self.is_admin or self.is_moderator

    @property
    def automatic_group_ids(self) -> frozenset[int]:
        ids = {group.EVERYONE, group.MEMBERS}
        ids |= {group.TRUST_LEVEL_0 + level for level in range(self.trust_level + 1)}
        if self.is_admin:
            ids |= {group.ADMINS, group.STAFF}
        if self.is_moderator:
            ids |= {group.MODERATORS, group.STAFF}
        return frozenset(ids)

    @property
    def group_ids(self) -> frozenset[int]:
        return self.automatic_group_ids | self.made_group_ids

    @property
    def display_name(self) -> str:
        return self.name or self.username

    @property
    def path(self) -> str:
        return f"/u/{self.username}"

    @property
    def initials(self) -> str:
        return initials(self.display_name)

    @property
    def tone(self) -> int:
        return tone(self.username)

    @property
    def avatar_path(self) -> str | None:
        return f"/avatars/{self.avatar_key}" if self.avatar_key else None


def initials(name: str) -> str:
    """The one or two letters that stand for a person without a picture."""
    words = [word for word in name.replace(".", " ").replace("_", " ").split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "·"


def tone(username: str) -> int:
    """One of eight avatar grounds, always the same for a name."""
    return crc32(username.lower().encode()) % TONES + 1
