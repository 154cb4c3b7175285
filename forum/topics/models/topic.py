"""A topic: posts under one title, in one category, of one kind."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.accounts.models.user import User
from forum.categories.models import Category
from forum.core.database import Base, related
from forum.tags.models import Tag
from forum.vocabulary.models import Term

PINNED = text("pinned_at IS NOT NULL")


class Topic(Base):
    """A topic. Counts are stored, and only `topics.counters` touches them."""

    __tablename__ = "topic"
    __table_args__ = (
        Index("ix_topic_bumped", "bumped_at", "id"),
        Index("ix_topic_pinned", "pinned_at", postgresql_where=PINNED, sqlite_where=PINNED),
        # All that is asked of a topic while someone types its title.
        Index("ix_topic_titles", "bumped_at", "id", "slug", "category_id", "listed", "deleted_at"),
        Index("ix_topic_category_bumped", "category_id", "bumped_at", "id"),
        Index("ix_topic_created", "created_at", "id"),
        Index("ix_topic_author", "author_id", "created_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(20), default="discussion")
    title: Mapped[str] = mapped_column(String(255))
    slug: Mapped[str] = mapped_column(String(120))
    lang: Mapped[str] = mapped_column(String(5), default="fr")
    excerpt: Mapped[str] = mapped_column(String(400), default="")

    created_at: Mapped[datetime]
    bumped_at: Mapped[datetime]
    last_posted_at: Mapped[datetime]
    last_poster_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    highest_post_number: Mapped[int] = mapped_column(default=1)
    posts_count: Mapped[int] = mapped_column(default=1)
    like_count: Mapped[int] = mapped_column(default=0)
    views: Mapped[int] = mapped_column(default=0)
    # Who to draw beside the title: the author first, then others by how much they wrote.
    participant_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    participant_count: Mapped[int] = mapped_column(default=1)
    # Moves with whatever a reader could see change, so that drawn pages may be kept by it.
    version: Mapped[int] = mapped_column(default=1)

    pinned_at: Mapped[datetime | None]
    pinned_globally: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    listed: Mapped[bool] = mapped_column(default=True)
    deleted_at: Mapped[datetime | None]
    deleted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    accepted_post_id: Mapped[int | None]
    import_key: Mapped[str | None] = mapped_column(String(200), unique=True)

    category: Mapped[Category] = related()
    author: Mapped[User] = related(foreign_keys=[author_id])
    last_poster: Mapped[User] = related(foreign_keys=[last_poster_id])
    tags: Mapped[list[Tag]] = related(secondary="topic_tag", order_by=Tag.name)
    terms: Mapped[list[Term]] = related(secondary="topic_term", order_by=Term.position)
    markets: Mapped[list["TopicMarket"]] = related(order_by="TopicMarket.country")

    @property
    def path(self) -> str:
        return f"/t/{self.slug}/{self.id}"

    @property
    def reply_count(self) -> int:
        return max(0, self.posts_count - 1)

    @property
    def closed(self) -> bool:
        return self.closed_at is not None

    @property
    def archived(self) -> bool:
        return self.archived_at is not None

    @property
    def deleted(self) -> bool:
        return self.deleted_at is not None

    @property
    def pinned(self) -> bool:
        return self.pinned_at is not None

    @property
    def solved(self) -> bool:
        return self.accepted_post_id is not None


class TopicTag(Base):
    """A tag on a topic."""

    __tablename__ = "topic_tag"

    topic_id: Mapped[int] = mapped_column(
        ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True
    )
    tag_id: Mapped[int] = mapped_column(
        ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class TopicTerm(Base):
    """A know-how that a topic is about."""

    __tablename__ = "topic_term"

    topic_id: Mapped[int] = mapped_column(
        ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True
    )
    term_id: Mapped[int] = mapped_column(
        ForeignKey("term.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class TopicMarket(Base):
    """A market that a topic is about: a country, as ISO 3166-1 alpha-2."""

    __tablename__ = "topic_market"

    topic_id: Mapped[int] = mapped_column(
        ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True
    )
    country: Mapped[str] = mapped_column(String(2), primary_key=True, index=True)


class TopTopic(Base):
    """How a topic scores over a period; rebuilt by a job."""

    __tablename__ = "top_topic"
    __table_args__ = (Index("ix_top_topic_period_score", "period", "score", "topic_id"),)

    topic_id: Mapped[int] = mapped_column(
        ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True
    )
    period: Mapped[str] = mapped_column(String(10), primary_key=True)
    score: Mapped[float]
