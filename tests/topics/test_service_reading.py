"""Marks of reading, following, and what is new and unread as Discourse defines them."""

from datetime import timedelta

import pytest

from forum.core import clock
from forum.core.database import session, transaction
from forum.core.errors import Forbidden, Invalid
from forum.topics.models.reading import MUTED, NORMAL, TRACKING, WATCHING, TopicReading
from forum.topics.queries import lists, unread
from forum.topics.service import reading, topics
from tests.factories.topics import make_reply, make_topic


def read(topic, by, number, seconds=0):
    with transaction():
        reading.read(topic, by=by, number=number, seconds=seconds)


def mark_of(member, topic):
    return session.get(TopicReading, (member.id, topic.id), populate_existing=True)


def titles(found):
    return [row.topic.title for row in found.rows]


def test_a_mark_never_moves_back_nor_beyond_the_end(cast):
    topic = make_topic(cast.rose, cast.square)
    for _ in range(4):
        make_reply(topic, cast.ada)

    for number, kept in ((3, 3), (2, 3), (99, 5)):
        read(topic, cast.otto, number)
        assert mark_of(cast.otto, topic).last_read_number == kept


def test_five_minutes_of_reading_make_a_topic_tracked(cast):
    topic = make_topic(cast.rose, cast.square)

    read(topic, cast.otto, 1, seconds=299)
    before = mark_of(cast.otto, topic).level
    read(topic, cast.otto, 1, seconds=1)

    assert (before, mark_of(cast.otto, topic).level) == (NORMAL, TRACKING)


def test_one_report_is_an_hour_of_reading_at_most(cast):
    topic = make_topic(cast.rose, cast.square)

    read(topic, cast.otto, 1, seconds=10**9)
    read(topic, cast.otto, 1, seconds=-500)

    assert mark_of(cast.otto, topic).read_seconds == 3600


def test_writing_follows_and_a_choice_of_one_s_own_stays(cast):
    topic = make_topic(cast.rose, cast.square)
    with transaction():
        reading.follow(topic, by=cast.otto, level=MUTED)

    make_reply(topic, cast.otto)

    assert mark_of(cast.rose, topic).level == WATCHING
    assert mark_of(cast.otto, topic).level == MUTED


def test_one_follows_only_what_one_sees_in_ways_there_are(cast):
    hidden, topic = make_topic(cast.rose, cast.chess_club), make_topic(cast.rose, cast.square)

    with pytest.raises(Forbidden), transaction():
        reading.follow(hidden, by=cast.otto, level=TRACKING)
    with pytest.raises(Invalid), transaction():
        reading.follow(topic, by=cast.otto, level=7)
    with pytest.raises(Forbidden):
        read(hidden, cast.otto, 1)


def test_new_is_what_began_lately_and_was_never_opened(cast):
    with clock.stopped(clock.now() - timedelta(days=3)):
        make_topic(cast.rose, cast.square, title="Began three days ago, too long")
    fresh = make_topic(cast.rose, cast.square, title="Began a moment ago in the square")
    make_topic(cast.otto, cast.square, title="Begun by the one who is asking")
    make_topic(cast.rose, cast.chess_club, title="Begun where he may not look in")
    before = titles(lists.new(cast.otto))

    read(fresh, cast.otto, 1)

    assert before == ["Began a moment ago in the square"]
    assert titles(lists.new(cast.otto)) == []
    assert lists.new(cast.nina).rows


def test_nothing_is_new_that_was_there_before_one_joined(cast):
    topic = make_topic(cast.rose, cast.square)
    with transaction():
        cast.otto.created_at = clock.now() + timedelta(seconds=1)

    assert titles(lists.new(cast.otto)) == []
    assert titles(lists.new(cast.nina)) == [topic.title]


def test_unread_is_what_one_follows_and_has_not_read_to_its_end(cast):
    topic, other = make_topic(cast.rose, cast.square), make_topic(cast.rose, cast.square)
    make_reply(topic, cast.otto)
    read(other, cast.otto, 1)
    quiet = titles(lists.unread(cast.otto))
    for which in (topic, other):
        make_reply(which, cast.ada)
        make_reply(which, cast.ada)

    (row,) = lists.unread(cast.otto).rows

    assert quiet == []
    assert (row.topic.id, row.unread_count, row.next_path) == (topic.id, 2, f"{topic.path}/3")


def test_what_is_muted_is_in_no_list(cast):
    topic = make_topic(cast.rose, cast.square)
    make_reply(topic, cast.otto)
    with transaction():
        reading.follow(topic, by=cast.otto, level=MUTED)
    make_reply(topic, cast.ada)

    for found in (lists.latest(cast.otto), lists.new(cast.otto), lists.unread(cast.otto)):
        assert titles(found) == []
    assert titles(lists.latest(cast.nina)) == [topic.title]


def test_the_counts_of_the_menu_are_those_of_the_lists(cast):
    for n in range(3):
        topic = make_topic(cast.rose, cast.square)
        if n:
            make_reply(topic, cast.otto)
            make_reply(topic, cast.ada)
    make_topic(cast.rose, cast.chess_club)
    with transaction():
        topics.remove(make_topic(cast.rose, cast.square), by=cast.ada)

    counts = unread.counts_by_category(cast.otto)

    assert counts == {cast.square.id: (len(lists.new(cast.otto)), len(lists.unread(cast.otto)))} == {
        cast.square.id: (1, 2)
    }  # fmt: skip
    assert unread.counts_by_category(cast.guest) == {}


def test_reading_everything_leaves_nothing_unread(cast):
    for _ in range(2):
        topic = make_topic(cast.rose, cast.square)
        make_reply(topic, cast.otto)
        make_reply(topic, cast.ada)

    with transaction():
        reading.read_everything(cast.otto, [row.topic.id for row in lists.unread(cast.otto).rows])

    assert titles(lists.unread(cast.otto)) == []
