"""What search keeps in tables of its own; the index is elsewhere, and can be made anew."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.accounts.models.user import User
from forum.core.database import Base, related

SEPARATOR = "|"
LONGEST_FOLDED = 1200


class GlossaryEntry(Base):
    """What the trade calls one thing in French and in English, so that one finds the other.

    `seed` names the line of data/glossary.csv that it came from. Once someone changed or removed
    it, upgrades leave it alone; a removed one stays as a row, so that it can be brought back.
    """

    __tablename__ = "glossary_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    words_fr: Mapped[str] = mapped_column(String(500))  # equivalents, separated by |
    words_en: Mapped[str] = mapped_column(String(500))
    # All of them as they are compared, for the list: it is ordered by it and searched in it.
    folded: Mapped[str] = mapped_column(String(LONGEST_FOLDED))
    seed: Mapped[str | None] = mapped_column(String(200), unique=True)
    changed_at: Mapped[datetime | None]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    removed_at: Mapped[datetime | None]

    changed_by: Mapped[User | None] = related()

    def names(self, lang: str) -> list[str]:
        """What it is called in a language, the usual word first."""
        return (self.words_fr if lang == "fr" else self.words_en).split(SEPARATOR)
