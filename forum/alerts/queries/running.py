"""What is to be asked, and what its answer is compared with."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from forum.alerts import policies, settings
from forum.alerts.models import DAILY, INSTANT, WEEKLY, SavedSearch, SearchHit
from forum.core import clock
from forum.core.database import session
from forum.core.signals import Outbox
from forum.search import queueing
from forum.topics.models.post import Post
from forum.topics.models.reading import MUTED, TopicReading


def due(most: int) -> Sequence[SavedSearch]:
    """Those to be asked now, the longest waiting first and a member's own together.

    Where nobody has written, those that tell at once are not asked.
    """
    moment = clock.now()
    latest_post = session.scalar(select(func.max(Post.created_at)))
    if latest_post is None:
        return []
    at_once = and_(
        SavedSearch.frequency == INSTANT,
        SavedSearch.last_run_at <= latest_post + settings.OVERLAP,
    )
    return session.scalars(
        select(SavedSearch)
        .join(SavedSearch.owner)
        .where(
            SavedSearch.due_at <= moment,
            SavedSearch.deleted_at.is_(None),
            or_(at_once, SavedSearch.frequency.in_((DAILY, WEEKLY))),
            policies.told(),
        )
        .order_by(SavedSearch.due_at, SavedSearch.user_id, SavedSearch.id)
        .limit(most)
    ).all()


def index_is_behind() -> bool:
    """Whether posts have waited for the index so long that asking now might miss them."""
    oldest = session.scalar(
        select(func.min(Outbox.created_at)).where(Outbox.consumer == queueing.SOON)
    )
    return oldest is not None and oldest < clock.now() - settings.OVERLAP / 2


def last_seen(saved: SavedSearch, topic_ids: Collection[int]) -> dict[int, datetime]:
    """When the search last found each of the topics."""
    rows = session.execute(
        select(SearchHit.topic_id, func.max(SearchHit.first_seen_at))
        .where(SearchHit.saved_search_id == saved.id, SearchHit.topic_id.in_(topic_ids))
        .group_by(SearchHit.topic_id)
    )
    return {row[0]: row[1] for row in rows}


def written_at(owner_id: int, post_ids: Collection[int]) -> dict[int, datetime]:
    """When posts were written that stand, that the owner has not read, in no topic he muted."""
    unread = or_(
        TopicReading.user_id.is_(None),
        and_(TopicReading.level != MUTED, TopicReading.last_read_number < Post.number),
    )
    rows = session.execute(
        select(Post.id, Post.created_at)
        .outerjoin(
            TopicReading,
            and_(TopicReading.topic_id == Post.topic_id, TopicReading.user_id == owner_id),
        )
        .where(Post.id.in_(post_ids), Post.deleted_at.is_(None), unread)
    )
    return {row.id: row.created_at for row in rows}
