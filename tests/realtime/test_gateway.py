"""Rings: numbered without gaps, kept, told in order, and never without a room."""

import threading

import pytest
from sqlalchemy import select

from forum.core.database import OutsideTransaction, transaction
from forum.realtime import gateway, queries, service, settings
from forum.realtime.models import RoomEvent


def ring(room, *names):
    with transaction():
        for name in names:
            gateway.ring(room, name, topic=1)


@pytest.mark.parametrize("room", ["", None, "everyone", "topic:", "topic:0", []])
def test_a_ring_without_a_room_is_an_error(database, room):
    with pytest.raises(ValueError, match="needs a room"), transaction():
        gateway.ring(room, "post:created", post=1)

    assert database.scalar(select(RoomEvent.room)) is None


@pytest.mark.parametrize("content", [{"title": "Secret"}, {"number": 3}, {"post": None}])
def test_a_ring_tells_only_ids_and_counters(database, content):
    with pytest.raises(ValueError, match="ids and counters"), transaction():
        gateway.ring("topic:1", "post:created", **content)


def test_a_ring_belongs_inside_a_unit_of_work(database):
    with pytest.raises(OutsideTransaction):
        gateway.ring("topic:1", "post:created", post=1)


def test_each_room_counts_its_own_rings(database):
    ring("topic:1", "post:created", "post:created")
    ring("topic:2", "post:created")
    ring("topic:1", "post:edited")

    assert queries.number("topic:1") == 3
    assert queries.number("topic:2") == 1
    assert queries.number("topic:3") == 0
    assert [event["number"] for event in queries.events_after("topic:1", 0)] == [1, 2, 3]


def test_what_was_undone_never_rang(cast, listen):
    page = listen(cast.rose, f"category:{cast.square.id}")

    with pytest.raises(ValueError, match="ids and counters"), transaction():  # noqa: PT012
        ring(f"category:{cast.square.id}", "topic:created")
        gateway.ring(f"category:{cast.square.id}", "topic:created", title="Wrong")
    ring(f"category:{cast.square.id}", "topic:changed")

    assert [(heard["number"], heard["name"]) for heard in page.rings] == [(1, "topic:changed")]


def test_many_at_once_get_numbers_without_gaps_told_in_order(app, cast, listen):
    room = f"category:{cast.square.id}"
    page = listen(cast.rose, room)

    def ring_ten_times():
        with app.app_context():
            for _ in range(10):
                ring(room, "topic:changed")

    threads = [threading.Thread(target=ring_ten_times) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [heard["number"] for heard in page.rings] == list(range(1, 81))


def test_old_rings_are_thrown_away_but_numbers_go_on(database, monkeypatch):
    monkeypatch.setattr(settings.KEEP_EVENTS, "default", 3)
    ring("topic:1", *["post:created"] * 5)

    with transaction():
        gone = service.throw_away_old()
    ring("topic:1", "post:created")

    assert gone == 2
    assert [event["number"] for event in queries.events_after("topic:1", 0)] == [3, 4, 5, 6]


def test_rings_are_kept_for_some_days_only(database, monkeypatch):
    monkeypatch.setattr(settings.KEEP_DAYS, "default", -1)
    ring("topic:1", "post:created")

    with transaction():
        service.throw_away_old()

    assert queries.events_after("topic:1", 0) == []
    assert queries.number("topic:1") == 1
