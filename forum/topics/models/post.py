"""A post: what someone wrote, as typed and as shown, with its earlier versions."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.accounts.models.user import User
from forum.core.database import Base, related
from forum.topics.models.topic import Topic

REGULAR, SMALL_ACTION = "regular", "small_action"
# Said in one way everywhere, for the index to be used.
SHOWS_IMAGE = text("cooked LIKE '%<img %'")


class Post(Base):
    """A post. `raw` is what was typed, `cooked` the safe HTML made of it once, at save."""

    __tablename__ = "post"
    __table_args__ = (
        UniqueConstraint("topic_id", "number"),
        UniqueConstraint("author_id", "submit_key"),
        Index("ix_post_author_created", "author_id", "created_at", "id"),
        Index("ix_post_created", "created_at", "id"),
        Index("ix_post_image", "id", postgresql_where=SHOWS_IMAGE, sqlite_where=SHOWS_IMAGE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"))
    number: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    reply_to_number: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(20), default=REGULAR)
    action: Mapped[str | None] = mapped_column(String(30))  # of a small action: closed.enabled, …

    raw: Mapped[str]
    cooked: Mapped[str]
    cooked_version: Mapped[int] = mapped_column(default=1)
    text: Mapped[str] = mapped_column(default="")  # plain words: for search and excerpts
    lang: Mapped[str] = mapped_column(String(5), default="fr")

    like_count: Mapped[int] = mapped_column(default=0)
    reply_count: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)  # moves with every edit
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]  # none while only its author mended it at once
    last_editor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    edit_reason: Mapped[str] = mapped_column(String(255), default="")
    deleted_at: Mapped[datetime | None]
    deleted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    submit_key: Mapped[str | None] = mapped_column(String(64))  # of the form: one post per submit
    import_key: Mapped[str | None] = mapped_column(String(200), unique=True)

    topic: Mapped[Topic] = related()
    author: Mapped[User] = related(foreign_keys=[author_id])
    deleted_by: Mapped[User | None] = related(foreign_keys=[deleted_by_id])
    attachments: Mapped[list["Attachment"]] = related()

    @property
    def path(self) -> str:
        """Needs the topic to be loaded."""
        return f"{self.topic.path}/{self.number}"

    @property
    def anchor(self) -> str:
        """Its id on the page of its topic: what a browser without scripts scrolls to."""
        return f"p{self.number}"

    @property
    def deleted(self) -> bool:
        return self.deleted_at is not None


class Revision(Base):
    """A post as it stood before an edit."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("post_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    version: Mapped[int]
    editor_id: Mapped[int] = mapped_column(ForeignKey("users.id"))  # who replaced it
    raw: Mapped[str]
    title: Mapped[str | None] = mapped_column(String(255))
    reason: Mapped[str] = mapped_column(String(255), default="")
    created_at: Mapped[datetime]

    editor: Mapped[User] = related()


class PostMention(Base):
    """A member whom a post names with @, as last written; quoted words do not count."""

    __tablename__ = "post_mention"

    post_id: Mapped[int] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Attachment(Base):
    """A file kept with a post; who may see the post may have it."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    mime: Mapped[str] = mapped_column(String(100))
    bytes: Mapped[int]
    key: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]

    @property
    def path(self) -> str:
        return f"/attachments/{self.id}"
