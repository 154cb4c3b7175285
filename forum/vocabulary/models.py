"""Concepts of the trade, in a tree, with a label and synonyms in each language."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base
from forum.core.i18n import current_locale

KNOWHOW, SECTOR = "knowhow", "sector"


class Term(Base):
    """A concept: a know-how (our own tree) or a sector (NACE Rev. 2)."""

    __tablename__ = "term"
    __table_args__ = (UniqueConstraint("vocabulary", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    vocabulary: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(80))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    label_fr: Mapped[str] = mapped_column(String(160))
    label_en: Mapped[str] = mapped_column(String(160))
    synonyms_fr: Mapped[str] = mapped_column(default="")  # separated by |
    synonyms_en: Mapped[str] = mapped_column(default="")

    @property
    def label(self) -> str:
        return self.label_fr if current_locale() == "fr" else self.label_en

    @property
    def other_label(self) -> str:
        """How the other language reads it."""
        return self.label_en if current_locale() == "fr" else self.label_fr
