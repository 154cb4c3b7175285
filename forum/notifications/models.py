"""A notification: something that concerns a member happened to a post."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.accounts.models.user import User
from forum.core.database import Base, related
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic

REPLIED, POSTED, MENTIONED, QUOTED = "replied", "posted", "mentioned", "quoted"
LIKED, ACCEPTED = "liked", "accepted"

# What someone wrote concerns a member once, for its best reason, best first.
WRITTEN = (MENTIONED, REPLIED, QUOTED, POSTED)


class Notification(Base):
    """One line of a member's notifications. Likes of a post share one, by the latest giver."""

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("user_id", "post_id", "kind"),
        Index("ix_notification_user_created", "user_id", "created_at", "id"),
        Index("ix_notification_user_read", "user_id", "read_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), index=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    post_number: Mapped[int]
    actor_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    topic: Mapped[Topic] = related()
    post: Mapped[Post] = related()
    actor: Mapped[User] = related(foreign_keys=[actor_id])

    @property
    def unread(self) -> bool:
        return self.read_at is None

    @property
    def path(self) -> str:
        """Needs the topic to be loaded."""
        return f"{self.topic.path}/{self.post_number}"
