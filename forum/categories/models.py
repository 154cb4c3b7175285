"""A place to talk, and the rights of groups in it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base, related
from forum.core.i18n import current_locale

SEE, REPLY, CREATE = 1, 2, 3
LANGUAGES = ("fr", "en", "both")


class Category(Base):
    """A category, on one of two levels."""

    __tablename__ = "category"
    __table_args__ = (CheckConstraint("hue BETWEEN 1 AND 8", name="hue"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name_fr: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    description_fr: Mapped[str] = mapped_column(default="")
    description_en: Mapped[str] = mapped_column(default="")
    hue: Mapped[int] = mapped_column(default=8)
    lang: Mapped[str] = mapped_column(String(5), default="both")
    kind: Mapped[str] = mapped_column(String(20), default="discussion")  # of its new topics
    position: Mapped[int] = mapped_column(default=0)
    # Kept beside the rights so that lists can draw a lock without asking: not everyone sees it.
    private: Mapped[bool] = mapped_column(default=False)
    topic_count: Mapped[int] = mapped_column(default=0)
    post_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]

    rights: Mapped[list["CategoryGroup"]] = related(cascade="all, delete-orphan")

    @property
    def name(self) -> str:
        return self.name_fr if current_locale() == "fr" else self.name_en

    @property
    def description(self) -> str:
        return self.description_fr if current_locale() == "fr" else self.description_en

    @property
    def path(self) -> str:
        return f"/c/{self.slug}/{self.id}"


class CategoryGroup(Base):
    """What a group may do in a category: see < reply < create."""

    __tablename__ = "category_group"
    __table_args__ = (CheckConstraint("level BETWEEN 1 AND 3", name="level"),)

    category_id: Mapped[int] = mapped_column(
        ForeignKey("category.id", ondelete="CASCADE"), primary_key=True
    )
    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True
    )
    level: Mapped[int]
