"""Rooms and what rang in them, so that a listener who was away can catch up."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base


class Room(Base):
    """A room and the number of its latest ring."""

    __tablename__ = "room"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(default=0)


class RoomEvent(Base):
    """A ring: its name, and the ids and counters it tells."""

    __tablename__ = "room_event"
    __table_args__ = (Index("ix_room_event_created", "created_at"),)

    room: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime]
