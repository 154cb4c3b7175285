"""The lists of topics as people read them, with and without scripts."""

import re
from datetime import timedelta

import pytest

from forum.core.database import session, transaction
from forum.topics.models.topic import Topic
from forum.topics.service import reading, states, views
from tests.factories.topics import make_reply, make_topic


@pytest.fixture
def many(cast):
    """Forty topics of Rose's on the square, the last one the newest."""
    return [
        make_topic(cast.rose, cast.square, title=f"A topic to leaf through, {n}?")
        for n in range(40)
    ]


def test_the_latest_topics_come_first_with_their_place_and_people(visit, cast):
    make_topic(cast.rose, cast.square, title="Pallets treated against beetles?")
    busy = make_topic(cast.otto, cast.square, title="Who consolidates loads to Abidjan?")
    make_reply(busy, cast.rose)

    page = visit().read("/latest")

    assert titles(page) == [
        "Who consolidates loads to Abidjan?",
        "Pallets treated against beetles?",
    ]
    assert 'title="Rose"' in page
    assert f'href="{cast.square.path}"' in page


def test_the_older_link_leads_through_the_whole_list(visit, many):
    seen, path = [], "/latest"

    while path:
        page = visit().read(path)
        seen += titles(page)
        path = link(page, "next")

    assert seen == [topic.title for topic in reversed(many)]


def test_a_page_that_asks_for_rows_gets_nothing_else(visit, many):
    rows = visit().read("/latest?rows=only")

    assert len(titles(rows)) == 30
    assert "<html" not in rows
    assert "rows=only" not in link(rows, "next")


def test_a_list_takes_as_many_statements_for_forty_topics_as_for_one(visit, cast, queries_made):
    make_topic(cast.rose, cast.square)
    otto = visit(cast.otto)
    otto.read("/latest")

    views.flush()  # or half a minute may pass, and counted views be written, in between
    with queries_made() as few:
        otto.read("/latest")
    for number in range(25):
        make_reply(
            make_topic(cast.max, cast.square, title=f"One of very many topics {number}"), cast.ada
        )
    otto.read("/latest")  # now the faces of those who wrote are known
    with queries_made() as many:
        otto.read("/latest")

    assert len(many) == len(few)
    assert len(many) <= 12


def test_a_topic_of_a_closed_place_is_in_no_list_of_those_outside(visit, cast):
    make_topic(cast.rose, cast.chess_club, title="The club plays on Tuesdays now")

    assert "on Tuesdays" in visit(cast.rose).read("/latest")
    for someone in (None, cast.otto):
        for path in ("/latest", "/latest?rows=only", "/top", cast.square.path):
            assert "on Tuesdays" not in visit(someone).read(path)
        assert visit(someone).get(cast.chess_club.path).status_code == 404


def test_new_and_unread_are_a_members_own(visit, cast):
    topic = make_topic(cast.rose, cast.square, title="Carnet or bond for a demo machine?")
    otto = visit(cast.otto)

    assert titles(otto.read("/new")) == [topic.title]
    with transaction():
        reading.read(topic, by=cast.otto, number=1)
        reading.follow(topic, by=cast.otto, level=2)
    make_reply(topic, cast.rose)

    assert titles(otto.read("/new")) == []
    unread = otto.read("/unread")
    assert titles(unread) == [topic.title]
    assert f'href="{topic.path}/2"' in unread
    assert titles(otto.read(f"{cast.square.path}/l/unread")) == [topic.title]
    assert visit().get("/unread").status_code == 302


def test_marking_all_as_read_empties_the_list(visit, cast):
    topic = make_topic(cast.otto, cast.square)
    make_reply(topic, cast.rose)
    otto = visit(cast.otto)

    answer = otto.post("/topics/read-all", follow_redirects=True)

    assert "All read" in answer.get_data(as_text=True)


def test_a_pinned_topic_heads_its_category_with_its_excerpt(visit, cast):
    pinned = make_topic(cast.rose, cast.square, "How to ask: country, code, date, in five lines.")
    make_topic(cast.rose, cast.square)
    with transaction():
        states.pin(pinned, by=cast.max)

    page = visit().read(cast.square.path)

    assert titles(page)[0] == pinned.title
    assert "in five lines" in page


def test_the_counts_of_the_menu_can_be_asked_for(visit, cast):
    make_topic(cast.rose, cast.square)
    make_topic(cast.rose, cast.chess_club)

    answer = visit(cast.otto).get("/unread-counts").get_json()

    assert answer["counts"][str(cast.square.id)] == 1
    assert str(cast.chess_club.id) not in answer["counts"]
    assert answer["total"] == 1


def test_a_cursor_that_was_tampered_with_leads_nowhere(visit, cast):
    make_topic(cast.rose, cast.square)

    assert visit().get("/latest?after=nonsense").status_code == 404


def test_an_old_topic_that_is_answered_moves_up(visit, cast):
    old = make_topic(cast.rose, cast.square, title="Something from long ago, still open?")
    with transaction():
        session.get_one(Topic, old.id).bumped_at -= timedelta(days=9)
    make_topic(cast.rose, cast.square, title="Something of this very morning, surely")

    before = titles(visit().read("/latest"))
    make_reply(old, cast.otto)
    after = titles(visit().read("/latest"))

    assert before[-1] == old.title
    assert after[0] == old.title


def titles(page: str) -> list[str]:
    return [
        title.replace("\u202f", " ")
        for title in re.findall(r"<h3>.*?<a href=\"/t/[^>]*>([^<]*)</a>", page)
    ]


def link(page: str, rel: str) -> str:
    found = re.search(rf'rel="{rel}" href="([^"]*)"', page)
    return found[1].replace("&amp;", "&") if found else ""
