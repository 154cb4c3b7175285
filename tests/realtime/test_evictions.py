"""A right taken away is felt at once, by a page that is already open."""

from datetime import timedelta

import pytest

from forum.accounts import queries as accounts
from forum.accounts.models.group import Membership
from forum.accounts.models.token import UserSession, digest
from forum.accounts.service import groups, sanctions, sessions
from forum.categories import service as categories
from forum.categories.models import CREATE
from forum.core import clock
from forum.core.database import session, transaction
from forum.realtime import service
from forum.realtime.listeners import Listener, listeners
from forum.topics.service import topics
from tests.cast import CHESS_GROUP_ID
from tests.factories.topics import make_reply, make_topic


@pytest.fixture
def topic(cast):
    return make_topic(cast.ada, cast.chess_club)


@pytest.fixture
def page(cast, topic, listen):
    """Rose's open page in the chess club; she hears it, as a first ring shows."""
    opened = listen(cast.rose, f"topic:{topic.id}", f"category:{cast.chess_club.id}")
    make_reply(topic, cast.ada)
    assert len(opened.rings) == 2
    return opened


def heard_no_more(page, topic, cast):
    before = len(page.rings)
    make_reply(topic, cast.ada)
    return len(page.rings) == before


def test_who_leaves_the_group_is_put_out(cast, topic, page):
    chess = accounts.group_by_name("chess")

    with transaction():
        groups.remove(chess, cast.rose, by=cast.ada)

    assert sorted(page.moved_out_of) == sorted(
        [f"topic:{topic.id}", f"category:{cast.chess_club.id}"]
    )
    assert heard_no_more(page, topic, cast)
    assert page.connected


def test_who_left_the_group_cannot_come_back(cast, topic, page):
    with transaction():
        groups.remove(accounts.group_by_name("chess"), cast.rose, by=cast.ada)

    answer = page.join(f"topic:{topic.id}")

    assert answer == {f"topic:{topic.id}": {"ok": False}}


def test_a_category_closed_to_a_group_puts_its_members_out(cast, topic, page):
    with transaction():
        categories.set_rights(cast.chess_club, {3: CREATE}, by=cast.ada)

    assert f"topic:{topic.id}" in page.moved_out_of
    assert heard_no_more(page, topic, cast)


def test_a_category_opened_wider_puts_nobody_out(cast, topic, page):
    with transaction():
        categories.set_rights(cast.chess_club, {0: 1, CHESS_GROUP_ID: CREATE}, by=cast.ada)

    assert page.moved_out_of == []
    assert not heard_no_more(page, topic, cast)


def test_a_guest_is_put_out_of_a_category_that_becomes_private(cast, listen):
    topic = make_topic(cast.ada, cast.square)
    page = listen(None, f"topic:{topic.id}")

    with transaction():
        categories.set_rights(cast.square, {3: CREATE}, by=cast.ada)

    assert page.moved_out_of == [f"topic:{topic.id}"]
    assert heard_no_more(page, topic, cast)


def test_a_suspended_member_is_cut_off(cast, topic, page):
    with transaction():
        sanctions.suspend(
            cast.rose, until=clock.now() + timedelta(days=3), reason="Quarrels.", by=cast.ada
        )

    assert not page.connected
    assert heard_no_more(page, topic, cast)
    assert listeners.of_user(cast.rose.id) == []


def test_who_signs_out_is_cut_off_in_that_browser_only(cast, topic, page, listen):
    elsewhere = listen(cast.rose, f"topic:{topic.id}")
    [here] = [known for known in listeners.everyone() if known.session_id == session_of(page)]

    with transaction():
        sessions.end(cast.rose, here.session_id)

    assert not page.connected
    assert elsewhere.connected
    assert heard_no_more(page, topic, cast)
    assert elsewhere.names(f"topic:{topic.id}") == ["post:created"]


def test_an_expired_sign_in_is_cut_at_the_next_join(cast, topic, page):
    with transaction():
        session.query(UserSession).update({"expires_at": clock.now() - timedelta(minutes=1)})

    answer = page.emit("join", {"rooms": {f"topic:{topic.id}": None}})

    assert answer in (None, {"rooms": {}})
    assert not page.connected


def test_sign_ins_that_ended_without_word_are_found(cast, topic, page, listen):
    guest = listen(None)
    with transaction():
        session.query(UserSession).delete()

    service.look_again_at_everyone()

    assert not page.connected
    assert guest.connected


def test_rights_that_were_lost_without_word_are_found(cast, topic, page):
    with transaction():
        session.query(Membership).delete()

    service.look_again_at_everyone()

    assert f"topic:{topic.id}" in page.moved_out_of
    assert page.connected


def test_a_moderator_who_is_one_no_more_leaves_the_staff_room(cast, listen):
    topic = make_topic(cast.ada, cast.staff_room)
    page = listen(cast.max, f"topic:{topic.id}")

    with transaction():
        sanctions.set_roles(cast.max, admin=False, moderator=False, animateur=False, by=cast.ada)

    assert page.moved_out_of == [f"topic:{topic.id}"]
    assert heard_no_more(page, topic, cast)


def test_a_topic_moved_out_of_sight_takes_its_listeners_along_only_if_they_may(cast, listen):
    topic = make_topic(cast.ada, cast.square)
    otto, rose = (listen(who, f"topic:{topic.id}") for who in (cast.otto, cast.rose))

    with transaction():
        topics.change(topic, by=cast.ada, category_id=cast.chess_club.id)

    assert otto.moved_out_of == [f"topic:{topic.id}"]
    assert otto.rings == []
    assert rose.moved_out_of == []
    assert "topic:changed" in rose.names(f"topic:{topic.id}")
    assert heard_no_more(otto, topic, cast)


def test_both_categories_hear_of_a_move_and_neither_learns_of_the_other(cast, listen):
    topic = make_topic(cast.ada, cast.square)
    here, there = f"category:{cast.square.id}", f"category:{cast.chess_club.id}"
    page = listen(cast.otto, here)
    member = listen(cast.rose, there)

    with transaction():
        topics.change(topic, by=cast.ada, category_id=cast.chess_club.id)

    assert page.names(here) == ["topic:changed"]
    assert "topic:created" in member.names(there)
    assert {key for heard in page.rings for key in heard} == {"room", "number", "name", "topic"}


def test_a_deleted_topic_keeps_only_staff(cast, listen):
    topic = make_topic(cast.rose, cast.square)
    room = f"topic:{topic.id}"
    author, moderator = listen(cast.rose, room), listen(cast.max, room)

    with transaction():
        topics.remove(topic, by=cast.ada)

    assert author.moved_out_of == [room]
    assert moderator.names(room) == ["topic:changed"]


def test_a_right_lost_between_asking_and_entering_is_not_used(cast):
    register = type(listeners)()
    register.add(Listener("s1", user_id=1))

    asked = register.ask("s1", ["topic:1"])
    register.leave("s1", "topic:1")  # what putting out does

    assert asked == ["topic:1"]
    assert not register.enter("s1", "topic:1")
    assert not register.is_occupied("topic:1")


def session_of(page) -> int:
    return session.query(UserSession.id).filter_by(digest=digest(page.browser.secret)).scalar()
