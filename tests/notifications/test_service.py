"""Who is told of what, once, and only as long as he may see it."""

import pytest
from sqlalchemy import select

from forum.accounts import queries as accounts
from forum.accounts.models.user import User
from forum.accounts.service import groups
from forum.core.database import session, transaction
from forum.notifications import service
from forum.notifications.models import Notification
from forum.notifications.queries import lines
from forum.topics import settings
from forum.topics.models.reading import MUTED, NORMAL, TRACKING, WATCHING
from forum.topics.service import posts, reactions, reading, states, topics
from tests.factories.topics import like, make_reply, make_topic


def told() -> set[tuple[str, str]]:
    """Everyone who was told of something, with its kind."""
    rows = session.execute(
        select(User.username, Notification.kind).join(User, User.id == Notification.user_id)
    )
    return {(row.username, row.kind) for row in rows}


def follow(topic, person, level):
    with transaction():
        reading.follow(topic, by=person, level=level)


def test_the_author_of_a_topic_is_told_of_a_reply(cast):
    topic = make_topic(cast.rose, cast.square)

    make_reply(topic, cast.otto)

    assert told() == {("rose", "replied")}


def test_the_author_of_the_post_that_is_answered_is_told(cast):
    topic = make_topic(cast.rose, cast.square)
    follow(topic, cast.rose, NORMAL)
    first = make_reply(topic, cast.ada)

    make_reply(topic, cast.otto, reply_to=first.number)

    assert told() == {("rose", "replied"), ("ada", "replied")}
    assert lines.unread_count(cast.ada) == 1


def test_nobody_is_told_of_what_he_did_himself(cast):
    topic = make_topic(cast.rose, cast.square, "Hello, I am @rose, and I quote myself.")
    post = make_reply(topic, cast.rose, "And here I answer my own question, @rose.")

    make_reply(topic, cast.rose, "One more thought of mine about this.", reply_to=post.number)

    assert told() == set()


def test_whoever_is_named_is_told(cast):
    make_topic(cast.rose, cast.square, "Perhaps @otto and @NINA know, or @nobody-at-all?")

    assert told() == {("otto", "mentioned"), ("nina", "mentioned")}


def test_whoever_is_quoted_is_told(cast):
    topic = make_topic(cast.rose, cast.square)
    quoted = make_reply(topic, cast.otto, "Openings matter less than one would think.")
    elsewhere = make_topic(cast.ada, cast.square)

    make_reply(
        elsewhere,
        cast.nina,
        f'[quote="otto, post:{quoted.number}, topic:{topic.id}"]\nOpenings matter less.\n[/quote]\n'
        "Is that really so, I wonder?",
    )

    assert ("otto", "quoted") in told()


def test_whoever_watches_is_told_of_each_reply_and_who_tracks_is_not(cast):
    topic = make_topic(cast.rose, cast.square)
    follow(topic, cast.otto, WATCHING)
    follow(topic, cast.nina, TRACKING)

    make_reply(topic, cast.ada)

    assert told() == {("rose", "replied"), ("otto", "posted")}


def test_a_member_is_told_once_of_a_post_for_the_best_reason(cast):
    topic = make_topic(cast.rose, cast.square)
    follow(topic, cast.rose, WATCHING)
    follow(topic, cast.otto, WATCHING)

    make_reply(topic, cast.ada, "I agree with @rose on that, and with nobody else.")

    assert told() == {("rose", "mentioned"), ("otto", "posted")}


def test_a_line_about_an_act_is_told_to_nobody(cast):
    topic = make_topic(cast.rose, cast.square)
    follow(topic, cast.otto, WATCHING)

    with transaction():
        states.close(topic, by=cast.ada)

    assert told() == set()


@pytest.mark.parametrize("who", ["otto", "nina"])
def test_who_may_not_see_the_topic_is_not_told(cast, who):
    topic = make_topic(cast.rose, cast.chess_club, f"What would @{who} and @ada say to this?")

    make_reply(topic, cast.ada, f"I would ask @{who} about this as well, you know.")

    assert told() == {("ada", "mentioned"), ("rose", "replied")}


def test_who_lost_the_right_since_he_began_to_watch_is_not_told(cast):
    topic = make_topic(cast.ada, cast.chess_club)
    follow(topic, cast.rose, WATCHING)
    with transaction():
        groups.remove(accounts.group_by_name("chess"), cast.rose, by=cast.ada)

    make_reply(topic, cast.ada)

    assert told() == set()


def test_who_muted_the_topic_is_not_told(cast):
    topic = make_topic(cast.rose, cast.square)
    follow(topic, cast.rose, MUTED)

    make_reply(topic, cast.otto, "What does @rose think about all of this?")

    assert told() == set()


@pytest.mark.parametrize("state", [{"staged": True}, {"suspended_until": "later"}])
def test_who_cannot_come_in_is_not_told(cast, state):
    if "suspended_until" in state:
        state = {"suspended_until": cast.silas.silenced_until}
    with transaction():
        for name, value in state.items():
            setattr(cast.otto, name, value)

    make_topic(cast.rose, cast.square, "Does anybody here know what @otto does now?")

    assert told() == set()


def test_the_rights_of_the_one_who_acts_stay_as_they_are(cast):
    topic = make_topic(cast.rose, cast.square)
    rights = cast.rose.visible_category_ids

    make_reply(topic, cast.otto, "As @rose said before, it depends on the player.")

    assert cast.rose.visible_category_ids == rights
    assert len(rights) == 2


def test_only_so_many_names_in_a_post_are_told(cast, monkeypatch):
    monkeypatch.setattr(settings.MAX_MENTIONS, "default", 2)

    make_topic(cast.rose, cast.square, "Here I call @ada, @max, @nina and @otto to help.")

    assert len(told()) == 2


def test_an_edit_tells_only_those_newly_named(cast):
    topic = make_topic(cast.rose, cast.square)
    post = make_reply(topic, cast.otto, "I would ask @nina, she has played for years.")
    with transaction():
        service.mark_all_read(cast.nina)

    with transaction():
        posts.edit(post, topic, by=cast.otto, raw="I would ask @nina or @max, they know a lot.")

    assert told() == {("rose", "replied"), ("nina", "mentioned"), ("max", "mentioned")}
    assert lines.unread_count(cast.nina) == 0


def test_likes_of_a_post_share_one_line_by_the_latest(cast):
    topic = make_topic(cast.rose, cast.square)
    post = make_reply(topic, cast.otto)
    for person in (cast.rose, cast.nina, cast.ada):
        like(post, topic, by=person)

    [line] = lines.listed(cast.otto).items

    assert (line.actor.username, line.others) == ("ada", 2)


def test_a_new_like_of_an_old_post_is_news_again(cast):
    topic = make_topic(cast.rose, cast.square)
    post = make_reply(topic, cast.otto)
    like(post, topic, by=cast.rose)
    with transaction():
        service.mark_all_read(cast.otto)

    like(post, topic, by=cast.nina)

    assert lines.unread_count(cast.otto) == 1


def test_a_like_taken_back_takes_its_line_along(cast):
    topic = make_topic(cast.rose, cast.square)
    post = make_reply(topic, cast.otto)
    like(post, topic, by=cast.rose)
    like(post, topic, by=cast.nina)

    with transaction():
        reactions.unlike(post, topic, by=cast.nina)
    [line] = lines.listed(cast.otto).items
    with transaction():
        reactions.unlike(post, topic, by=cast.rose)

    assert (line.actor.username, line.others) == ("rose", 0)
    assert lines.listed(cast.otto).items == []


def test_the_author_of_the_chosen_answer_is_told(cast):
    topic = make_topic(cast.rose, cast.square, kind="question")
    post = make_reply(topic, cast.otto)

    with transaction():
        states.accept(post, topic, by=cast.rose)

    assert ("otto", "accepted") in told()


def test_everything_is_safe_to_do_twice(cast):
    topic = make_topic(cast.rose, cast.square, "What would @nina say to a thing like this?")
    post = make_reply(topic, cast.otto)
    like(post, topic, by=cast.rose)
    before = session.scalars(select(Notification.id).order_by(Notification.id)).all()

    with transaction():
        service.tell_of_post(post.id)
        service.tell_of_edit(post.id)
        service.tell_of_likes(post.id)

    assert session.scalars(select(Notification.id).order_by(Notification.id)).all() == before


def test_what_was_read_in_the_topic_is_no_news(cast):
    topic = make_topic(cast.rose, cast.square)
    follow(topic, cast.nina, WATCHING)
    for _ in range(3):
        make_reply(topic, cast.otto)
        make_reply(topic, cast.ada)

    with transaction():
        reading.read(topic, by=cast.nina, number=4)

    assert lines.unread_count(cast.nina) == 3


def test_a_post_deleted_before_it_is_told_is_told_to_nobody_who_cannot_see_it(cast):
    topic = make_topic(cast.rose, cast.square)
    post = make_reply(topic, cast.otto)
    with transaction():
        session.query(Notification).delete()
        posts.remove(post, topic, by=cast.ada)

    with transaction():
        service.tell_of_post(post.id)

    assert told() == set()


def test_a_deleted_topic_is_told_to_nobody(cast):
    topic = make_topic(cast.rose, cast.square)
    post = make_reply(topic, cast.otto)
    with transaction():
        session.query(Notification).delete()
        topics.remove(topic, by=cast.ada)

    with transaction():
        service.tell_of_post(post.id)

    assert told() == set()
