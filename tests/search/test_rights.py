"""What someone may not see is found by no door: results, counts, suggestions, excerpts, messages."""

import logging

import pytest
from sqlalchemy import update

from forum.accounts.models.group import MEMBERS
from forum.categories import queries as categories
from forum.categories.models import CREATE, CategoryGroup
from forum.core import versions
from forum.core.database import session, transaction
from forum.search import suggestions
from forum.search.question import ORDERS
from forum.topics.models.topic import Topic
from forum.topics.service import posts, states, topics
from tests.search.conftest import ask, counted, first_post, reply
from tests.support.indexes import forget_index

OUTSIDERS = ("guest", "nina", "otto", "silas")
INSIDERS = ("ada", "max")
# Every way to ask for the secret, and for all there is.
QUERIES = (
    "zanzibar",
    '"zanzibar ledger"',
    "in:title zanzibar",
    "zanzibar order:latest",
    "@max",
    "#staff-room",
    "kind:question",
    "after:2020",
    "-nothing",
    "order:views zanzibar",
)


@pytest.fixture
def secret(write, cast, index):
    """A topic in the staff room, and one in the square that anyone finds."""
    write("What everyone may read here", "A public word: seagull.", by=cast.rose)
    topic = write(
        "The zanzibar ledger of the staff", "Zanzibar ledger, zanzibar.", "Zanzibar again.",
        by=cast.max, place=cast.staff_room, kind="question",
    )  # fmt: skip
    index.catch_up()
    return topic


@pytest.mark.parametrize("name", OUTSIDERS)
def test_an_outsider_finds_nothing_of_a_private_topic(secret, cast, name):
    for query in QUERIES:
        results = ask(cast.person(name), query)
        counts = counted(cast.person(name), query)
        shown = "".join(f"{result.title}{result.excerpt}" for result in results.found)

        assert secret.id not in {result.topic.id for result in results.found}, query
        assert counts.get("category", {}).get(cast.staff_room.id) is None, query
        assert counts.get("kind", {}).get("question") is None, query
        assert "zanzibar" not in shown.lower(), query


@pytest.mark.parametrize("name", INSIDERS)
def test_an_insider_finds_it_at_each(secret, cast, name):
    for query in ("zanzibar", '"zanzibar ledger"', "in:title zanzibar", "@max", "#staff-room"):
        assert ask(cast.person(name), query).topics == 1, query
    assert "<mark>Zanzibar</mark>" in ask(cast.person(name), "zanzibar").found[0].excerpt
    assert [s.path for s in suggestions.suggest(cast.person(name), "zanzi")] == [secret.path]


@pytest.mark.parametrize("name", OUTSIDERS)
def test_an_outsider_is_offered_nothing_of_it(secret, cast, name):
    for typed in ("zanz", "ledger", "#staff", "staff", "#zanz"):
        assert suggestions.suggest(cast.person(name), typed) == [], typed


def test_a_private_topic_moves_nothing_for_others(write, index, cast):
    for n in range(3):
        write(f"Public topic number {n} here", "Seagull " * (n + 1), days_ago=n)
    index.catch_up()
    before = {order: ask(cast.guest, "seagull", order=order) for order in ORDERS}
    counts = counted(cast.guest, "seagull")
    write("Private topic about birds", "Seagull seagull.", place=cast.staff_room, by=cast.max)
    index.catch_up()

    for order, old in before.items():
        new = ask(cast.guest, "seagull", order=order)
        assert [r.topic.id for r in new.found] == [r.topic.id for r in old.found], order
        assert (new.topics, new.posts) == (old.topics, old.posts), order
    assert counted(cast.guest, "seagull") == counts


def test_another_right_needs_no_reindexing(secret, cast, index):
    with transaction():
        session.add(CategoryGroup(category_id=cast.staff_room.id, group_id=MEMBERS, level=CREATE))
        versions.step("categories")

    assert index.catch_up() == 0
    assert ask(cast.otto, "zanzibar").topics == 1
    assert ask(cast.guest, "zanzibar").topics == 0


def test_a_deleted_post_is_found_by_nobody(write, index, cast, find):
    topic = write("A topic of several posts")
    post = reply(topic, "Narwhal.", by=cast.rose)
    assert find("narwhal", by=cast.rose)

    with transaction():
        posts.remove(post, topic, by=cast.max)

    assert [find("narwhal", by=cast.person(name)) for name in ("rose", "max", "otto")] == [[]] * 3

    with transaction():
        posts.recover(post, topic, by=cast.max)
    assert find("narwhal", by=cast.otto)


def test_a_deleted_topic_is_found_by_nobody_until_it_is_back(write, find, cast):
    topic = write("A topic of narwhals only", "Narwhal.")
    assert find("narwhal", by=cast.otto)

    with transaction():
        topics.remove(topic, by=cast.max)
    assert find("narwhal") == []

    with transaction():
        topics.recover(topic, by=cast.max)
    assert find("narwhal", by=cast.otto) == [topic.title]


def test_an_unlisted_topic_is_found_by_staff_only(write, find, cast):
    topic = write("A topic of narwhals only", "Narwhal.")
    with transaction():
        states.unlist(topic, by=cast.max)

    assert find("narwhal", by=cast.max) == [topic.title]
    assert find("narwhal", by=cast.rose) == []
    assert suggestions.suggest(cast.rose, "narwhals") == []


def test_a_topic_that_moved_is_found_by_those_who_see_its_new_place(write, find, cast):
    topic = write("A topic of narwhals only", "Narwhal.", by=cast.max)
    assert find("narwhal", by=cast.otto)

    with transaction():
        topics.change(topic, by=cast.max, category_id=cast.staff_room.id)

    assert find("narwhal", by=cast.otto) == []
    assert find("narwhal", by=cast.max) == [topic.title]


def test_what_the_index_has_wrong_is_dropped_and_logged(write, find, cast, caplog):
    topic = write("A topic of narwhals only", "Narwhal.", by=cast.max)
    assert find("narwhal", by=cast.otto)
    with transaction():  # behind the back of the index
        session.execute(update(Topic).values(category_id=cast.staff_room.id))

    with caplog.at_level(logging.ERROR, "forum.search"):
        results = ask(cast.otto, "narwhal")

    assert results.found == []
    assert str(first_post(topic).id) in caplog.text


def test_the_database_keeps_the_same_rights_while_there_is_no_index(secret, cast):
    forget_index()

    for query in QUERIES:
        assert secret.id not in {r.topic.id for r in ask(cast.otto, query).found}, query
    answer = ask(cast.max, "zanzibar")
    assert not answer.complete and answer.topics == 1
    assert ask(cast.otto, "seagull").topics == 1
    assert categories.known(cast.otto)
