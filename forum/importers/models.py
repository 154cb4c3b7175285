"""Who the authors of imported texts are here."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base


class ImportedAuthor(Base):
    """The account that stands for an author of some archive.

    `key` is his mail address, or his id in the archive: kept here rather than with the account,
    so that nothing is ever mailed to it and no page can show it.
    """

    __tablename__ = "imported_author"

    key: Mapped[str] = mapped_column(String(254), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
