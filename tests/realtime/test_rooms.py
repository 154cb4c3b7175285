"""Who may join which room: the same rules as for the pages."""

import pytest

from forum.core.database import transaction
from forum.realtime import rooms
from forum.topics.service import topics
from tests.factories.topics import make_topic


@pytest.mark.parametrize(
    ("place", "welcome"),
    [
        ("square", {"ada", "max", "rose", "nina", "silas", "otto", "guest"}),
        ("staff_room", {"ada", "max"}),
        ("chess_club", {"ada", "rose"}),
    ],
)
def test_a_room_is_open_to_those_who_see_its_category(cast, place, welcome):
    category = getattr(cast, place)
    topic = make_topic(cast.ada, category)

    for name in ("ada", "max", "rose", "nina", "silas", "otto", "guest"):
        joined = {
            rooms.may_join(cast.person(name), room)
            for room in (rooms.of_category(category.id), rooms.of_topic(topic.id))
        }
        assert joined == {name in welcome}, name


def test_the_room_of_a_deleted_topic_is_open_to_staff_only(cast):
    topic = make_topic(cast.rose, cast.square)
    with transaction():
        topics.remove(topic, by=cast.ada)

    room = rooms.of_topic(topic.id)

    assert rooms.may_join(cast.max, room)
    assert not rooms.may_join(cast.rose, room)
    assert not rooms.may_join(cast.guest, room)


def test_a_members_own_room_is_open_to_nobody_else(cast):
    room = rooms.of_user(cast.rose.id)

    welcome = [person for person in cast.people if rooms.may_join(person, room)]

    assert welcome == [cast.rose]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "topic",
        "topic:",
        "topic:0",
        "topic:01",
        "topic:-1",
        "topic:1 ",
        " topic:1",
        "topic:1\n",
        "topic:١",
        "topic:9999999999",
        "Topic:1",
        "admin:1",
        "topic:1:2",
        "user:None",
        None,
        1,
        ["topic:1"],
        {"topic": 1},
    ],
)
def test_only_whole_names_are_rooms(cast, name):
    assert rooms.read(name) is None


def test_many_rooms_are_asked_for_in_one_statement(cast, queries_made):
    names = [rooms.of_topic(make_topic(cast.ada, cast.square).id) for _ in range(5)]
    names += [rooms.of_category(cast.square.id), rooms.of_user(cast.rose.id)]

    with queries_made() as seen:
        welcome = rooms.joinable(cast.rose, names)

    assert welcome == set(names)
    assert len(seen) == 1
