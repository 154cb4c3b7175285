"""A saved search, what it found, and the mails that told of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.accounts.models.user import User
from forum.alerts.settings import LONGEST_NAME
from forum.core import clock
from forum.core.database import Base, related
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic

INSTANT, DAILY, WEEKLY, NEVER = FREQUENCIES = ("instant", "daily", "weekly", "never")
# On the page always, by mail too if wanted.
PAGE, MAIL = CHANNELS = ("page", "mail")
# The kind of notification.
FOUND = "found"


class SavedSearch(Base):
    """A search that a member keeps, as the address of the search page says it."""

    __tablename__ = "saved_search"
    __table_args__ = (
        Index("ix_saved_search_user", "user_id", "id"),
        Index("ix_saved_search_due", "due_at", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    asked: Mapped[str]  # words, facets and order, as after the ? of the search page
    frequency: Mapped[str] = mapped_column(String(10), default=INSTANT)
    channel: Mapped[str] = mapped_column(String(10), default=PAGE)
    created_at: Mapped[datetime]
    last_run_at: Mapped[datetime]  # what was written before is dealt with
    last_hit_at: Mapped[datetime | None]
    looked_at: Mapped[datetime]  # when its owner last said to have seen what it found
    due_at: Mapped[datetime | None]  # when it is asked next; never, when nobody wants to be told
    paused_until: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    owner: Mapped[User] = related()

    @property
    def search_path(self) -> str:
        """The search page with everything as it was."""
        return f"/search?{self.asked}"

    @property
    def path(self) -> str:
        return f"/alerts/{self.id}"

    @property
    def paused(self) -> bool:
        return self.paused_until is not None and self.paused_until > clock.now()


class AlertLetter(Base):
    """A mail that tells a member of everything his saved searches have found."""

    __tablename__ = "alert_letter"
    __table_args__ = (Index("ix_alert_letter_user", "user_id", "created_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    mailed_at: Mapped[datetime | None]


class SearchHit(Base):
    """A post that a saved search has found: told once, however often it is found."""

    __tablename__ = "search_hit"
    __table_args__ = (
        UniqueConstraint("saved_search_id", "post_id"),
        Index("ix_search_hit_seen", "saved_search_id", "first_seen_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    saved_search_id: Mapped[int] = mapped_column(ForeignKey("saved_search.id", ondelete="CASCADE"))
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), index=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    first_seen_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]  # without: it waits for a mail
    letter_id: Mapped[int | None] = mapped_column(
        ForeignKey("alert_letter.id", ondelete="SET NULL"), index=True
    )

    saved_search: Mapped[SavedSearch] = related()
    topic: Mapped[Topic] = related()
    post: Mapped[Post] = related()
