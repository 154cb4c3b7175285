"""Moving a member's mark in a topic, and how closely he follows it."""

from sqlalchemy import update

from forum.accounts.models.user import User
from forum.core import clock
from forum.core.database import insert_once, session
from forum.core.errors import Invalid, require
from forum.core.i18n import _
from forum.core.signals import announce
from forum.topics import policies, settings
from forum.topics.models.reading import MUTED, NORMAL, TRACKING, WATCHING, TopicReading
from forum.topics.models.topic import Topic
from forum.topics.signals import TopicRead

LEVELS = (MUTED, NORMAL, TRACKING, WATCHING)
LONGEST_SECONDS = 3600  # of one report, so that a page left open is not a day of reading


def read(topic: Topic, *, by: User, number: int, seconds: int = 0) -> None:
    """The member has read up to a post. A mark never moves back."""
    require(policies.can_see(by, topic))
    mark = visit(topic, by=by)
    mark.read_seconds += max(0, min(seconds, LONGEST_SECONDS))
    if mark.level == NORMAL and mark.read_seconds >= settings.TRACK_AFTER_SECONDS():
        mark.level = TRACKING
    number = min(number, topic.highest_post_number)
    if number > mark.last_read_number:
        mark.last_read_number = number
        announce(TopicRead(topic.id, by.id, number))


def visit(topic: Topic, *, by: User) -> TopicReading:
    """The member's mark, made at his first visit."""
    moment = clock.now()
    mark = session.get(TopicReading, (by.id, topic.id), with_for_update=True)
    if mark is None:
        insert_once(
            TopicReading,
            user_id=by.id,
            topic_id=topic.id,
            first_visited_at=moment,
            last_visited_at=moment,
        )
        mark = session.get_one(TopicReading, (by.id, topic.id), with_for_update=True)
    mark.last_visited_at = moment
    return mark


def mark_written(author: User, topic: Topic, number: int) -> None:
    """Who writes has read so far, and follows: watching his own topic, tracking another's."""
    mark = visit(topic, by=author)
    mark.posted = True
    mark.last_read_number = max(mark.last_read_number, number)
    wished = WATCHING if number == 1 else TRACKING
    if mark.level == NORMAL:
        mark.level = wished


def follow(topic: Topic, *, by: User, level: int) -> None:
    """Choose how closely to follow: muted, normal, tracking, watching."""
    require(policies.can_see(by, topic))
    if level not in LEVELS:
        raise Invalid(_("There is no such level."), "notification_level")
    visit(topic, by=by).level = level
    session.flush()


def read_everything(by: User, topic_ids: list[int]) -> None:
    """Mark topics as read to their end, as the list *unread* offers."""
    ends = session.query(Topic.id, Topic.highest_post_number).filter(Topic.id.in_(topic_ids))
    for topic_id, highest in ends:
        session.execute(
            update(TopicReading)
            .where(TopicReading.user_id == by.id, TopicReading.topic_id == topic_id)
            .values(last_read_number=highest)
        )
