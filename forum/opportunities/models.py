"""The card of an opportunity, which is a topic like another for the rest."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base, related
from forum.topics.models.topic import Topic
from forum.vocabulary.models import Term

SIDES = ("request", "offer")
KINDS = ("business", "technology", "partnership")
OPEN, IN_TALKS, CONCLUDED, EXPIRED, WITHDRAWN = STATUSES = (
    "open",
    "in_talks",
    "concluded",
    "expired",
    "withdrawn",
)
# What one may still answer to.
LIVE = (OPEN, IN_TALKS)
LONGEST_COMPANY, LONGEST_PLACE = 160, 120


class Opportunity(Base):
    """What is offered or sought, by which firm, until when. Markets and know-how are the topic's."""

    __tablename__ = "opportunity"
    __table_args__ = (
        CheckConstraint("side IN ('request', 'offer')", name="side"),
        CheckConstraint("kind IN ('business', 'technology', 'partnership')", name="kind"),
        Index("ix_opportunity_status_until", "status", "valid_until"),
    )

    topic_id: Mapped[int] = mapped_column(
        ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True
    )
    side: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(20))
    company: Mapped[str] = mapped_column(String(LONGEST_COMPANY), default="")
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE), default="")
    sector_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"), index=True)
    valid_until: Mapped[date]
    status: Mapped[str] = mapped_column(String(20), default=OPEN)

    topic: Mapped[Topic] = related()
    sector: Mapped[Term | None] = related()
