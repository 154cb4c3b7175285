"""The bell rings in an open page, for its member only."""

from forum.core.database import transaction
from forum.notifications import service
from tests.factories.topics import make_reply, make_topic


def bells(page):
    return [(ring["name"], ring.get("unread")) for ring in page.rings if "notif" in ring["name"]]


def test_the_bell_rings_with_the_number_of_what_is_unread(cast, listen):
    topic = make_topic(cast.rose, cast.square)
    page = listen(cast.rose, f"user:{cast.rose.id}")

    make_reply(topic, cast.otto)
    make_reply(topic, cast.nina)

    assert bells(page) == [("notification:created", 1), ("notification:created", 2)]


def test_reading_in_one_window_quiets_the_bell_of_the_other(cast, listen):
    topic = make_topic(cast.rose, cast.square)
    make_reply(topic, cast.otto)
    page = listen(cast.rose, f"user:{cast.rose.id}")

    with transaction():
        service.mark_all_read(cast.rose)

    assert bells(page) == [("notification:read", 0)]


def test_nobody_hears_the_bell_of_another(cast, listen):
    topic = make_topic(cast.rose, cast.square)
    page = listen(cast.otto)
    answer = page.join(f"user:{cast.rose.id}")

    make_reply(topic, cast.nina)

    assert answer == {f"user:{cast.rose.id}": {"ok": False}}
    assert page.rings == []


def test_a_ring_never_holds_words(cast, listen):
    topic = make_topic(cast.rose, cast.square, title="Zanzibar is the canary of this topic")
    page = listen(cast.rose, f"user:{cast.rose.id}", f"topic:{topic.id}")

    make_reply(topic, cast.otto, "Zanzibar, Zanzibar, Zanzibar, and once more @rose.")

    assert page.rings
    assert all(
        isinstance(value, int)
        for ring in page.rings
        for key, value in ring.items()
        if key not in {"room", "name"}
    )
