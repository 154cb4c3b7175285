"""What search keeps in tables of its own; the index is elsewhere, and can be made anew."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.accounts.models.user import User
from forum.core.database import Base, related

SEPARATOR = "|"
LONGEST_FOLDED = 1200
LONGEST_KEY = 120


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


class SearchDay(Base):
    """What was asked of the search page on a day, by many or by one: without saying by whom.

    `key` is the stems of the words, so that inflections and other orders of them are one.
    """

    __tablename__ = "search_day"
    __table_args__ = (Index("ix_search_day_key", "key"),)

    day: Mapped[date] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(LONGEST_KEY), primary_key=True)
    words: Mapped[str] = mapped_column(String(LONGEST_KEY))
    lang: Mapped[str] = mapped_column(String(2))  # of the page it was asked on
    asked: Mapped[int] = mapped_column(default=0)
    found_none: Mapped[int] = mapped_column(default=0)


class SearchAsker(Base):
    """Somebody asked for something in vain. `who` is another for each thing he asks for."""

    __tablename__ = "search_asker"
    __table_args__ = (Index("ix_search_asker_last_on", "last_on"),)

    key: Mapped[str] = mapped_column(String(LONGEST_KEY), primary_key=True)
    who: Mapped[str] = mapped_column(String(16), primary_key=True)
    last_on: Mapped[date]


class DismissedGap(Base):
    """Something that is sought in vain, and that staff want to hear no more of."""

    __tablename__ = "search_dismissed_gap"

    key: Mapped[str] = mapped_column(String(LONGEST_KEY), primary_key=True)
    dismissed_at: Mapped[datetime]
    dismissed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
