"""How far a member has read a topic, and how closely he follows it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base

MUTED, NORMAL, TRACKING, WATCHING = 0, 1, 2, 3


class TopicReading(Base):
    """A member's mark in a topic, kept for ever."""

    __tablename__ = "topic_reading"
    __table_args__ = (
        Index("ix_topic_reading_topic", "topic_id"),
        Index("ix_topic_reading_followed", "user_id", "level"),
    )

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    topic_id: Mapped[int] = mapped_column(
        ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True
    )
    last_read_number: Mapped[int] = mapped_column(default=0)
    level: Mapped[int] = mapped_column(default=NORMAL)
    read_seconds: Mapped[int] = mapped_column(default=0)
    posted: Mapped[bool] = mapped_column(default=False)
    first_visited_at: Mapped[datetime]
    last_visited_at: Mapped[datetime]


class TopicDay(Base):
    """How often a topic was opened in a day; what *top* is made of."""

    __tablename__ = "topic_day"

    topic_id: Mapped[int] = mapped_column(
        ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    views: Mapped[int] = mapped_column(default=0)
