"""Reading notifications: what one may no longer see is gone, from lists and counts alike."""

import pytest

from forum.accounts import queries as accounts
from forum.accounts.service import groups
from forum.categories.queries import load_rights
from forum.core.database import transaction
from forum.core.i18n import use_locale
from forum.notifications import catalogue, service
from forum.notifications.models import WRITTEN
from forum.notifications.queries import lines
from forum.topics.service import posts, topics
from tests.factories.topics import like, make_reply, make_topic


@pytest.fixture
def topic(cast):
    """Rose's topic in the chess club, with a reply that names her."""
    made = make_topic(cast.rose, cast.chess_club, title="Which opening against the <b>French?")
    make_reply(made, cast.ada, "I would play as @rose did, with a smile & a pawn.")
    return made


def seen_by(person):
    load_rights(person)
    return lines.unread_count(person), len(lines.listed(person)), lines.counts(person)


def test_the_member_sees_what_concerns_him(cast, topic):
    assert seen_by(cast.rose) == (1, 1, {"mentioned": (1, 1)})


def test_others_see_nothing_of_it(cast, topic):
    for person in (cast.ada, cast.max, cast.otto):
        assert seen_by(person) == (0, 0, {})
    assert lines.unread_count(cast.guest) == 0


def test_it_is_gone_with_the_right_to_see_the_topic(cast, topic):
    with transaction():
        groups.remove(accounts.group_by_name("chess"), cast.rose, by=cast.ada)
    cast.rose.made_group_ids = frozenset()
    cast.rose.categories_version = None

    assert seen_by(cast.rose) == (0, 0, {})


def test_it_is_gone_with_the_post(cast, topic):
    reply = make_reply(topic, cast.ada, "Or was it @rose who played the other one?")
    with transaction():
        posts.remove(reply, topic, by=cast.ada)

    assert seen_by(cast.rose)[0] == 1


def test_it_is_gone_with_the_topic(cast, topic):
    with transaction():
        topics.remove(topic, by=cast.ada)

    assert seen_by(cast.rose) == (0, 0, {})


def test_a_part_of_the_list(cast, topic):
    post = make_reply(topic, cast.rose)
    like(post, topic, by=cast.ada)
    with transaction():
        service.mark_read(cast.rose, lines.listed(cast.rose).items[0].notification.id)

    kinds = [line.notification.kind for line in lines.listed(cast.rose)]
    assert kinds == ["liked", "mentioned"]
    assert len(lines.listed(cast.rose, kinds=WRITTEN)) == 1
    assert len(lines.listed(cast.rose, unread=True)) == 1


def test_a_member_marks_only_his_own(cast, topic):
    [line] = lines.listed(cast.rose)

    with transaction():
        service.mark_read(cast.otto, line.notification.id)
        service.mark_all_read(cast.otto)

    assert lines.unread_count(cast.rose) == 1


def test_pages_follow_one_another(cast):
    topic = make_topic(cast.rose, cast.square)
    for _ in range(5):
        make_reply(topic, cast.otto)
        make_reply(topic, cast.ada, reply_to=1)

    first = lines.listed(cast.rose, size=6)
    second = lines.listed(cast.rose, size=6, after=first.cursor)

    ids = [line.notification.id for page in (first, second) for line in page]
    assert len(ids) == len(set(ids)) == 10
    assert second.cursor is None


def test_few_and_many_take_the_same_statements(cast, queries_made):
    topic = make_topic(cast.rose, cast.square)
    costs = []
    for replies in (3, 12):
        for _ in range(replies):
            make_reply(topic, cast.otto)
        with queries_made() as seen:
            for line in lines.listed(cast.rose):
                catalogue.linked(line)
            lines.unread_count(cast.rose)
        costs.append(len(seen))

    assert costs == [2, 2]


def test_a_sentence_in_each_language_with_everything_escaped(cast, topic):
    [line] = lines.listed(cast.rose)

    with use_locale("en"):
        english = catalogue.plain(line)

    assert "<b>Ada</b> mentioned you in" in english
    assert "&lt;b&gt;French?" in english
    assert f'href="{topic.path}/2"' in catalogue.linked(line)
    assert line.words == "I would play as @rose did, with a smile & a pawn."


def test_every_kind_has_its_entry(cast):
    assert set(catalogue.KINDS) == {*WRITTEN, "liked", "accepted", "found"}
