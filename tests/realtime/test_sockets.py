"""Two people side by side: what each hears, and what nobody may do."""

import pytest

from forum.core.database import session, transaction
from forum.realtime import gateway, service, settings
from forum.realtime.listeners import listeners
from forum.topics.service import posts, reading, states, topics
from tests.factories.topics import like, make_reply, make_topic


def test_a_reply_rings_for_whoever_reads_the_topic(cast, listen):
    topic = make_topic(cast.rose, cast.square)
    page = listen(cast.nina, f"topic:{topic.id}")

    post = make_reply(topic, cast.otto)

    assert page.rings == [
        {
            "room": f"topic:{topic.id}",
            "number": 1,
            "name": "post:created",
            "topic": topic.id,
            "post": post.id,
            "post_number": 2,
        }
    ]


def test_guests_are_live_too(cast, listen):
    topic = make_topic(cast.rose, cast.square)
    page = listen(None, f"topic:{topic.id}", f"category:{cast.square.id}")

    make_reply(topic, cast.otto)

    assert page.names(f"topic:{topic.id}") == ["post:created"]
    assert page.names(f"category:{cast.square.id}") == ["topic:bumped"]


def test_each_act_rings_by_its_name(cast, listen):
    topic = make_topic(cast.rose, cast.square)
    page = listen(cast.nina, f"topic:{topic.id}")
    post = make_reply(topic, cast.otto)

    like(post, topic, by=cast.rose)
    with transaction():
        posts.edit(post, topic, by=cast.otto, raw="I have thought about it once more.")
    with transaction():
        posts.remove(post, topic, by=cast.ada)
    with transaction():
        posts.recover(post, topic, by=cast.ada)
    with transaction():
        topics.change(topic, by=cast.ada, title="Which opening should one learn first?")

    assert page.names(f"topic:{topic.id}") == [
        "post:created",
        "post:liked",
        "post:edited",
        "post:deleted",
        "post:recovered",
        "topic:changed",
    ]


def test_lists_hear_of_new_topics(cast, listen):
    page = listen(cast.nina, f"category:{cast.square.id}")

    topic = make_topic(cast.rose, cast.square)

    [heard] = page.rings
    assert (heard["name"], heard["topic"]) == ("topic:created", topic.id)


def test_lists_hear_nothing_of_unlisted_topics(cast, listen):
    topic = make_topic(cast.rose, cast.square)
    with transaction():
        states.unlist(topic, by=cast.ada)
    page = listen(cast.nina, f"category:{cast.square.id}", f"topic:{topic.id}")

    make_reply(topic, cast.otto)
    with transaction():
        topics.change(topic, by=cast.ada, title="A title that only some should ever read")

    assert page.names(f"category:{cast.square.id}") == []
    assert page.names(f"topic:{topic.id}") == ["post:created", "topic:changed"]


def test_a_line_about_an_act_does_not_move_the_topic_up(cast, listen):
    topic = make_topic(cast.rose, cast.square)
    page = listen(cast.nina, f"category:{cast.square.id}")

    with transaction():
        states.close(topic, by=cast.ada)

    assert "topic:bumped" not in page.names(f"category:{cast.square.id}")
    assert "topic:changed" in page.names(f"category:{cast.square.id}")


def test_reading_rings_in_the_readers_other_windows_only(cast, listen):
    topic = make_topic(cast.rose, cast.square)
    own, other = listen(cast.nina, f"user:{cast.nina.id}"), listen(cast.otto)
    other.join(f"user:{cast.nina.id}")

    with transaction():
        reading.read(topic, by=cast.nina, number=1)

    assert own.names(f"user:{cast.nina.id}") == ["unread:changed"]
    assert other.rings == []


@pytest.mark.parametrize("who", ["otto", "nina", "guest"])
def test_rooms_of_a_private_category_are_refused(cast, listen, who):
    topic = make_topic(cast.rose, cast.chess_club)
    page = listen(cast.person(who))

    answer = page.join(f"topic:{topic.id}", f"category:{cast.chess_club.id}")
    make_reply(topic, cast.rose)

    assert set(map(str, answer.values())) == {"{'ok': False}"}
    assert page.rings == []


def test_a_member_of_the_group_hears_the_private_category(cast, listen):
    topic = make_topic(cast.ada, cast.chess_club)
    page = listen(cast.rose, f"topic:{topic.id}", f"category:{cast.chess_club.id}")

    make_reply(topic, cast.ada)

    assert [heard["name"] for heard in page.rings] == ["post:created", "topic:bumped"]


def test_a_hidden_room_and_one_that_never_was_look_alike(cast, listen):
    topic = make_topic(cast.rose, cast.chess_club)
    page = listen(cast.otto)

    answer = page.join(f"topic:{topic.id}", "topic:999999")

    assert answer[f"topic:{topic.id}"] == answer["topic:999999"] == {"ok": False}


def test_who_was_away_catches_up(cast, listen):
    topic = make_topic(cast.rose, cast.square)
    room = f"topic:{topic.id}"
    first, second = make_reply(topic, cast.otto), make_reply(topic, cast.rose)
    page = listen(cast.nina)

    answer = page.catch_up(room, 0)

    assert answer["ok"] and not answer["reload"] and answer["number"] == 2
    assert [(ring["number"], ring["post"]) for ring in answer["missed"]] == [
        (1, first.id),
        (2, second.id),
    ]
    assert page.catch_up(room, 1)["missed"] == answer["missed"][1:]
    assert page.catch_up(room, 2)["missed"] == []


@pytest.mark.parametrize("last", [7, 2**40])
def test_a_number_from_the_future_means_reload(cast, listen, last):
    topic = make_topic(cast.rose, cast.square)
    make_reply(topic, cast.otto)

    answer = listen(cast.nina).catch_up(f"topic:{topic.id}", last)

    assert answer["reload"] and answer["missed"] == []


def test_too_much_to_catch_up_means_reload(cast, listen, monkeypatch):
    monkeypatch.setattr(settings.MOST_MISSED, "default", 2)
    room = f"category:{cast.square.id}"
    with transaction():
        for _ in range(4):
            gateway.ring(room, "topic:changed", topic=1)
    page = listen(cast.nina)

    assert page.catch_up(room, 1) == {"ok": True, "number": 4, "missed": [], "reload": True}
    assert len(page.catch_up(room, 2)["missed"]) == 2


def test_what_was_thrown_away_means_reload(cast, listen, monkeypatch):
    monkeypatch.setattr(settings.KEEP_EVENTS, "default", 2)
    room = f"category:{cast.square.id}"
    with transaction():
        for _ in range(4):
            gateway.ring(room, "topic:changed", topic=1)
    with transaction():
        service.throw_away_old()
    page = listen(cast.nina)

    assert page.catch_up(room, 1) == {"ok": True, "number": 4, "missed": [], "reload": True}
    assert [ring["number"] for ring in page.catch_up(room, 2)["missed"]] == [3, 4]


@pytest.mark.parametrize("last", [None, "3", -1, 1.5, True, [], {}, 2**60])
def test_a_last_number_that_is_none_counts_as_unknown(cast, listen, last):
    room = f"category:{cast.square.id}"
    with transaction():
        gateway.ring(room, "topic:changed", topic=1)

    answer = listen(cast.nina).catch_up(room, last)

    assert answer == {"ok": True, "number": 1, "missed": [], "reload": False}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("join", ()),
        ("join", (None,)),
        ("join", ("topic:1",)),
        ("join", ([],)),
        ("join", ({},)),
        ("join", ({"rooms": None},)),
        ("join", ({"rooms": ["topic:1"]},)),
        ("join", ({"rooms": {"": 1, "topic:x": 2, "user:0": {}}},)),
        ("join", ({"rooms": {f"topic:{n}": 0 for n in range(1, 500)}},)),
        ("leave", ()),
        ("leave", ({"rooms": {"a": 1}},)),
        ("leave", ({"rooms": [None, 3, {}, "topic:1"]},)),
        ("ring", ({"room": "topic:1"},)),
        ("dance", (1, 2, 3)),
        ("", ()),
    ],
)
def test_wrong_messages_change_nothing(cast, listen, name, content):
    page = listen(cast.nina)

    page.emit(name, *content)

    assert page.connected
    assert page.join(f"category:{cast.square.id}")[f"category:{cast.square.id}"]["ok"]
    assert [room for known in listeners.everyone() for room in known.rooms] == [
        f"category:{cast.square.id}"
    ]


@pytest.mark.parametrize("name", ["connect", "disconnect"])
def test_nobody_slips_out_of_the_register_by_pretending(cast, listen, name):
    page = listen(cast.rose, f"category:{cast.chess_club.id}")

    page.emit(name)

    [known] = listeners.everyone()
    assert known.user_id == cast.rose.id
    assert known.rooms == {f"category:{cast.chess_club.id}"}


def test_a_socket_is_in_a_limited_number_of_rooms(cast, listen, monkeypatch):
    made = [make_topic(cast.ada, cast.square) for _ in range(4)]
    monkeypatch.setattr("forum.realtime.listeners.ROOMS_PER_SOCKET", 3)
    page = listen(cast.nina)

    answer = page.join(*(f"topic:{topic.id}" for topic in made))

    assert sorted(room["ok"] for room in answer.values()) == [False, True, True, True]


def test_a_member_has_a_limited_number_of_sockets(cast, listen, monkeypatch):
    monkeypatch.setattr("forum.realtime.listeners.SOCKETS_PER_MEMBER", 2)
    pages = [listen(cast.nina) for _ in range(3)]

    assert [page.connected for page in pages] == [True, True, False]
    assert listen(cast.otto).connected


def test_who_left_a_room_hears_nothing_more(cast, listen):
    topic = make_topic(cast.rose, cast.square)
    page = listen(cast.nina, f"topic:{topic.id}")

    page.leave(f"topic:{topic.id}")
    make_reply(topic, cast.otto)

    assert page.rings == []


def test_a_page_that_was_closed_is_forgotten(cast, listen):
    page = listen(cast.nina, f"category:{cast.square.id}")

    page.hang_up()

    assert listeners.everyone() == []
    assert not listeners.is_occupied(f"category:{cast.square.id}")
    assert gateway._told == {}


def test_a_failing_room_harms_neither_the_act_nor_its_answer(cast, listen, monkeypatch):
    topic = make_topic(cast.rose, cast.square)
    room = f"topic:{topic.id}"
    page = listen(cast.nina, room)

    def fail(*_args, **_more):
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(gateway.server, "emit", fail)
        make_reply(topic, cast.otto)
    make_reply(topic, cast.rose)

    session.refresh(topic)
    assert topic.highest_post_number == 3
    assert page.catch_up(room, 0)["number"] == 2
    assert page.names(room)[-1] == "post:created"
