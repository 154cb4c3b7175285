"""Who may do what in discussions: the cast by the verbs, and each question beside its filter."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.categories import policies as category_policies
from forum.categories.models import Category
from forum.core import clock
from forum.core.database import session, transaction
from forum.topics import policies
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic
from forum.topics.service import posts, states, topics
from tests.cast import CHESS_GROUP_ID
from tests.factories.topics import make_reply, make_topic

NOBODY, EVERYONE = "", "guest silas nina otto rose max ada"
WRITERS = "nina otto rose max ada"
STAFF = "max ada"
# A topic of Rose's in the square, asked about by everyone; who is named may. Rose is of level 3.
OF_AN_OPEN_TOPIC = {
    "can_see": EVERYONE,
    "can_list": EVERYONE,
    "can_reply": WRITERS,
    "can_moderate": STAFF,
    "can_delete": f"rose {STAFF}",
    "can_recover": NOBODY,
}
OF_A_CLOSED_TOPIC = OF_AN_OPEN_TOPIC | {"can_reply": STAFF}
OF_AN_ARCHIVED_TOPIC = OF_AN_OPEN_TOPIC | {"can_reply": NOBODY}
OF_AN_UNLISTED_TOPIC = OF_AN_OPEN_TOPIC | {"can_list": STAFF}
OF_AN_ANSWERED_TOPIC = OF_AN_OPEN_TOPIC | {"can_delete": STAFF}
OF_A_DELETED_TOPIC = dict.fromkeys(OF_AN_OPEN_TOPIC, NOBODY) | {
    "can_see": STAFF,
    "can_recover": STAFF,
    "can_moderate": STAFF,
}
STATES = {
    "open": OF_AN_OPEN_TOPIC,
    "closed": OF_A_CLOSED_TOPIC,
    "archived": OF_AN_ARCHIVED_TOPIC,
    "unlisted": OF_AN_UNLISTED_TOPIC,
    "answered": OF_AN_ANSWERED_TOPIC,
    "deleted": OF_A_DELETED_TOPIC,
}
TURN = {
    "open": lambda _topic, _ada: None,
    "closed": lambda topic, ada: states.close(topic, by=ada),
    "archived": lambda topic, ada: states.archive(topic, by=ada),
    "unlisted": lambda topic, ada: states.unlist(topic, by=ada),
    "answered": lambda topic, ada: posts.reply(topic, author=ada, raw="An answer, long enough."),
    "deleted": lambda topic, ada: topics.remove(topic, by=ada),
}


@pytest.mark.parametrize("state", STATES)
def test_who_may_do_what_to_a_topic(cast, state):
    topic = make_topic(cast.rose, cast.square)
    with transaction():
        TURN[state](topic, cast.ada)
        if state in ("closed", "archived", "unlisted"):  # the line about it counts as no answer
            topic.posts_count = 1

    may = {
        verb: those_who(cast, lambda who, verb=verb: getattr(policies, verb)(who, topic))
        for verb in OF_AN_OPEN_TOPIC
    }

    assert may == STATES[state]


@pytest.mark.parametrize(
    ("verb", "of_nina", "of_a_deleted_one", "in_an_archived_topic"),
    [
        ("can_see_post", EVERYONE, f"nina {STAFF}", EVERYONE),
        ("can_edit_post", f"nina {STAFF}", STAFF, NOBODY),
        ("can_delete_post", f"nina {STAFF}", NOBODY, STAFF),
        ("can_recover_post", NOBODY, STAFF, NOBODY),
        ("can_like", f"otto rose {STAFF}", NOBODY, NOBODY),
        ("can_accept_answer", f"rose {STAFF}", NOBODY, f"rose {STAFF}"),
    ],
)
def test_who_may_do_what_to_a_reply(cast, verb, of_nina, of_a_deleted_one, in_an_archived_topic):
    topic = make_topic(cast.rose, cast.square, kind="question")
    reply, gone = make_reply(topic, cast.nina), make_reply(topic, cast.nina)
    with transaction():
        posts.remove(gone, topic, by=cast.ada)

    def may(post):
        takes_topic = verb != "can_see_post"
        act = getattr(policies, verb)
        return lambda who: act(who, post, topic) if takes_topic else act(who, post)

    assert those_who(cast, may(reply)) == of_nina
    assert those_who(cast, may(gone)) == of_a_deleted_one
    with transaction():
        states.archive(topic, by=cast.ada)
    assert those_who(cast, may(reply)) == in_an_archived_topic


def test_a_member_recovers_only_what_he_deleted_himself(cast):
    topic = make_topic(cast.rose, cast.square)
    own, by_staff = make_reply(topic, cast.otto), make_reply(topic, cast.otto)
    with transaction():
        posts.remove(own, topic, by=cast.otto)
        posts.remove(by_staff, topic, by=cast.max)

    assert policies.can_recover_post(cast.otto, own, topic)
    assert not policies.can_recover_post(cast.otto, by_staff, topic)


@pytest.mark.parametrize(
    ("level", "age", "may"),
    [
        (0, timedelta(hours=23), True),
        (0, timedelta(hours=25), False),
        (1, timedelta(hours=25), False),
        (2, timedelta(days=29), True),
        (2, timedelta(days=31), False),
        (4, timedelta(days=400), True),
    ],
)
def test_one_s_own_post_is_edited_for_a_day_or_for_a_month(cast, level, age, may):
    topic = make_topic(cast.rose, cast.square)
    post = make_reply(topic, cast.otto)
    with transaction():
        cast.otto.trust_level = level

    with clock.stopped(clock.now() + age):
        assert policies.can_edit_post(cast.otto, post, topic) is may


@pytest.mark.parametrize("what", ["post", "topic"])
def test_a_leader_edits_what_others_wrote_but_not_what_is_hidden_from_him(cast, what):
    topic = make_topic(cast.rose, cast.square)
    post = make_reply(topic, cast.otto)
    with transaction():
        cast.nina.trust_level = 4
    assert policies.can_edit_post(cast.nina, post, topic)

    with transaction():
        if what == "post":
            posts.remove(post, topic, by=cast.ada)
        else:
            topics.remove(topic, by=cast.ada)

    assert not policies.can_edit_post(cast.nina, post, topic)


def test_regulars_name_and_move_topics_of_others_and_new_members_do_not(cast):
    topic = make_topic(cast.otto, cast.square)
    first = topics.first_post(topic)

    may = those_who(cast, lambda who: policies.can_edit_topic(who, topic, first))

    assert may == f"otto rose {STAFF}"


def test_a_line_about_what_was_done_is_neither_liked_nor_chosen(cast):
    topic = make_topic(cast.rose, cast.square, kind="question")
    with transaction():
        states.close(topic, by=cast.ada)
    line = session.scalars(select(Post).where(Post.kind == "small_action")).one()

    assert those_who(cast, lambda who: policies.can_like(who, line, topic)) == NOBODY
    assert those_who(cast, lambda who: policies.can_accept_answer(who, line, topic)) == NOBODY


def test_who_is_not_confirmed_or_suspended_writes_nothing(cast):
    topic = make_topic(cast.rose, cast.square)
    post = make_reply(topic, cast.otto)
    with transaction():
        cast.nina.confirmed_at = None
        cast.otto.suspended_until = clock.now() + timedelta(days=1)

    for who in (cast.nina, cast.otto, cast.silas, cast.guest):
        assert not policies.may_write(who)
        assert not policies.can_create_anywhere(who)
        assert not policies.can_reply(who, topic)
        assert not policies.can_edit_post(who, post, topic)
        assert not policies.can_like(who, topics.first_post(topic), topic)


@pytest.fixture
def everything(cast):
    """Topics in every place and state, each with a reply and a deleted reply."""
    for place, author in (
        (cast.square, cast.otto),
        (cast.chess_club, cast.rose),
        (cast.staff_room, cast.ada),
    ):
        for state in ("open", "closed", "archived", "unlisted", "deleted"):
            topic = make_topic(author, place)
            make_reply(topic, author)
            gone = make_reply(topic, author)
            with transaction():
                posts.remove(gone, topic, by=cast.ada)
                TURN[state](topic, cast.ada)


@pytest.mark.parametrize(
    ("question", "condition"),
    [("can_see", "visible_to"), ("can_list", "listed_to")],
)
def test_question_and_filter_agree_on_topics(cast, everything, question, condition):
    topics_known = session.scalars(select(Topic)).all()

    for who in cast.people:
        found = set(session.scalars(select(Topic.id).where(getattr(policies, condition)(who))))
        assert found == {t.id for t in topics_known if getattr(policies, question)(who, t)}, (
            who.username
        )


def test_question_and_filter_agree_on_posts(cast, everything):
    known = session.scalars(select(Post)).all()

    for who in cast.people:
        found = set(session.scalars(select(Post.id).where(policies.post_visible_to(who))))
        assert found == {post.id for post in known if policies.can_see_post(who, post)}, (
            who.username
        )


def test_question_and_filter_agree_on_categories(cast):
    known = session.scalars(select(Category)).all()

    for who in cast.people:
        found = set(session.scalars(select(Category.id).where(category_policies.visible_to(who))))
        assert found == {c.id for c in known if category_policies.can_see(who, c)}
    assert CHESS_GROUP_ID in cast.rose.group_ids


def those_who(cast, may):
    """The names of those who may, in the order of the table."""
    return " ".join(name for name in EVERYONE.split() if may(cast.person(name)))
