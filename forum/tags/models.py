"""A tag and the other words that mean it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base, related
from forum.core.i18n import current_locale


class Tag(Base):
    """A word on topics. `name` is how it is typed and addressed, the labels how it is read."""

    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    label_fr: Mapped[str] = mapped_column(String(60), default="")
    label_en: Mapped[str] = mapped_column(String(60), default="")
    created_at: Mapped[datetime]

    synonyms: Mapped[list["TagSynonym"]] = related(cascade="all, delete-orphan")

    @property
    def label(self) -> str:
        chosen = self.label_fr if current_locale() == "fr" else self.label_en
        return chosen or self.name

    @property
    def path(self) -> str:
        return f"/tag/{self.name}"


class TagSynonym(Base):
    """Another word for a tag, in either language; typing it gives the tag."""

    __tablename__ = "tag_synonym"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), index=True)
