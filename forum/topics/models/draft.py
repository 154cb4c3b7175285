"""What a member has begun to write."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base


class Draft(Base):
    """One draft per member and place: `topic_42`, `new_topic`, as in Discourse."""

    __tablename__ = "draft"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    content: Mapped[str]  # the composer's fields, as JSON
    sequence: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]
