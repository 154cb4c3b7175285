"""What is told by mail, and to whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager

from forum.accounts.models.user import User
from forum.alerts import policies, settings
from forum.alerts.models import DAILY, MAIL, WEEKLY, AlertLetter, SavedSearch, SearchHit
from forum.alerts.queries.hits import drawn, visible_to
from forum.core import clock
from forum.core.database import session
from forum.topics.models.post import Post
from forum.topics.models.reading import MUTED, TopicReading
from forum.topics.models.topic import Topic


@dataclass(frozen=True)
class Waiting:
    """A member for whom a mail could be written."""

    user_id: int
    time_zone: str


def waiting(most: int) -> list[Waiting]:
    """Members with something to be told by mail, none of whose searches is still to be asked.

    So one mail holds all of a morning.
    """
    to_come = exists().where(
        SavedSearch.user_id == User.id,
        SavedSearch.due_at <= clock.now(),
        SavedSearch.deleted_at.is_(None),
        SavedSearch.frequency.in_((DAILY, WEEKLY)),
    )
    rows = session.execute(
        select(User.id, User.time_zone)
        .where(
            User.id.in_(select(SavedSearch.user_id).join(SearchHit).where(to_be_mailed())),
            User.email.is_not(None),
            policies.told(),
            ~to_come,
        )
        .order_by(User.id)
        .limit(most)
    )
    return [Waiting(row.id, row.time_zone) for row in rows]


def to_be_mailed() -> ColumnElement[bool]:
    """What waits for a mail, of searches whose owner still wants one."""
    return and_(SearchHit.sent_at.is_(None), SearchHit.letter_id.is_(None), _wanted_by_mail())


def letters_since(user_ids: Collection[int], moment: datetime) -> dict[int, list[datetime]]:
    """Member to when mails were written to him."""
    rows = session.execute(
        select(AlertLetter.user_id, AlertLetter.created_at)
        .where(AlertLetter.user_id.in_(user_ids), AlertLetter.created_at >= moment)
        .order_by(AlertLetter.created_at)
    )
    found: dict[int, list[datetime]] = {}
    for user_id, written in rows:
        found.setdefault(user_id, []).append(written)
    return found


def told_in(letter: AlertLetter, owner: User) -> list[SearchHit]:
    """What a mail tells: what its reader may still see, still wants, and has not read meanwhile."""
    unread = or_(
        TopicReading.user_id.is_(None),
        and_(TopicReading.level != MUTED, TopicReading.last_read_number < Post.number),
    )
    statement = (
        drawn(select(SearchHit))
        .join(SearchHit.saved_search)
        .outerjoin(
            TopicReading,
            and_(TopicReading.topic_id == Topic.id, TopicReading.user_id == owner.id),
        )
        .where(SearchHit.letter_id == letter.id, visible_to(owner), _wanted_by_mail(), unread)
        .options(contains_eager(SearchHit.saved_search))
        .order_by(func.lower(SavedSearch.name), SavedSearch.id, SearchHit.id.desc())
    )
    return list(session.scalars(statement))


def lost_letters() -> list[int]:
    """Mails that were written some minutes ago and not sent, as when a process was killed."""
    moment = clock.now()
    rows = session.scalars(
        select(AlertLetter.id)
        .where(
            AlertLetter.mailed_at.is_(None),
            AlertLetter.created_at < moment - settings.TRY_AGAIN,
            AlertLetter.created_at > moment - settings.GIVE_UP,
        )
        .order_by(AlertLetter.id)
        .limit(20)
    )
    return list(rows)


def _wanted_by_mail() -> ColumnElement[bool]:
    return and_(
        SavedSearch.channel == MAIL,
        SavedSearch.deleted_at.is_(None),
        or_(SavedSearch.paused_until.is_(None), SavedSearch.paused_until <= clock.now()),
    )
