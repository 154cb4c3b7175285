"""A page kept for guests is every guest's page, and nobody else's; and never says what is no more."""

import time

import pytest

from forum.categories import service as categories
from forum.categories.models import CREATE, SEE
from forum.core.database import session, transaction
from forum.search import writer
from forum.topics.models.topic import Topic
from forum.topics.service import posts, topics, views
from forum.web import kept_pages
from forum.web.kept_pages import Page, Shelf
from tests.factories.topics import like, make_reply, make_topic

EVERYONE, MEMBERS = 0, 4


@pytest.fixture
def topic(cast):
    return make_topic(cast.rose, cast.square, "The tide tables are wrong on Sundays, I think.")


def drawn(queries_made, visitor, path, **options):
    """The page, and whether it was drawn for this visitor."""
    with queries_made() as seen:
        page = visitor.read(path, **options)
    return page, len(seen) > 1


def test_a_second_guest_gets_the_page_of_the_first(topic, visit, queries_made):
    first, was_drawn = drawn(queries_made, visit(), topic.path)
    second, was_drawn_again = drawn(queries_made, visit(), topic.path)

    assert was_drawn
    assert not was_drawn_again
    assert first == second


def test_a_kept_page_costs_one_statement(topic, visit, queries_made):
    guest = visit()
    for path in (topic.path, "/latest", "/", "/categories", "/opportunities"):
        guest.read(path)
        with queries_made() as seen:
            guest.read(path)

        assert len(seen) == 1, path


def test_a_search_is_not_kept_while_the_index_is_behind(topic, visit, queries_made):
    guest = visit()
    guest.read("/search?q=tide")
    assert drawn(queries_made, guest, "/search?q=tide")[1]

    writer.catch_up()
    session.remove()
    guest.read("/search?q=tide")
    assert not drawn(queries_made, guest, "/search?q=tide")[1]


def test_a_member_never_gets_the_page_of_guests(topic, cast, visit):
    as_guest = visit().read(topic.path)
    as_member = visit(cast.otto).read(topic.path)

    assert "csrf-token" not in as_guest
    assert "csrf-token" in as_member
    assert f'data-user="{cast.otto.id}"' in as_member


def test_guests_never_get_the_page_of_a_member(topic, cast, visit):
    for someone in (cast.otto, cast.max, cast.ada):
        visit(someone).read(topic.path)

    page = visit().read(topic.path)

    assert "csrf-token" not in page
    assert "data-user=" not in page
    assert "/logout" not in page


def test_each_member_gets_a_page_of_his_own(topic, cast, visit):
    pages = {
        someone.username: visit(someone).read(topic.path) for someone in (cast.otto, cast.nina)
    }

    assert f'data-user="{cast.otto.id}"' in pages["otto"]
    assert f'data-user="{cast.nina.id}"' in pages["nina"]


def test_a_new_reply_shows_at_once(topic, cast, visit):
    guest = visit()
    guest.read(topic.path)

    make_reply(topic, cast.otto, "They are right again since the first of May.")

    assert "since the first of May" in guest.read(topic.path)
    assert "since the first of May" in guest.read(topic.path)


def test_what_is_deleted_is_gone_at_once(topic, cast, visit):
    guest = visit()
    reply = make_reply(topic, cast.otto, "I should not have said this in public.")
    assert "in public" in guest.read(topic.path)

    with transaction():
        posts.remove(reply, topic, by=cast.otto)
    assert "in public" not in guest.read(topic.path)

    with transaction():
        topics.remove(topic, by=cast.ada)
    assert guest.get(topic.path).status_code == 404
    assert topic.title not in guest.read("/latest")


def test_a_category_that_is_closed_to_guests_is_closed_at_once(topic, cast, visit):
    guest = visit()
    assert topic.title in guest.read("/latest")
    guest.read(topic.path)

    with transaction():
        categories.set_rights(cast.square, {MEMBERS: CREATE}, by=cast.ada)

    assert guest.get(topic.path).status_code == 404
    assert topic.title not in guest.read("/latest")
    assert "tide tables" not in guest.read("/search?q=tide")

    with transaction():
        categories.set_rights(cast.square, {EVERYONE: SEE, MEMBERS: CREATE}, by=cast.ada)
    assert topic.title in guest.read("/latest")


def test_a_like_shows_at_once(topic, cast, visit):
    guest = visit()
    reply = make_reply(topic, cast.otto)
    before = guest.read(topic.path)

    like(reply, topic, cast.rose)

    assert guest.read(topic.path) != before


def test_what_only_one_member_notices_leaves_pages_in_place(topic, cast, visit, queries_made):
    guest = visit()
    guest.read(topic.path)

    read = {"topic_id": topic.id, "topic_time": 1000, "timings": {"1": 1000}}
    assert visit(cast.otto).post("/topics/timings", json=read).status_code == 200

    assert not drawn(queries_made, guest, topic.path)[1]


def test_each_language_and_theme_has_pages_of_its_own(topic, visit):
    guest = visit()
    french = guest.read(topic.path, headers={"Accept-Language": "fr"})
    english = guest.read(topic.path, headers={"Accept-Language": "en"})
    guest.client.set_cookie("theme", "dark")
    dark = guest.read(topic.path, headers={"Accept-Language": "en"})

    assert 'lang="fr"' in french
    assert 'lang="en"' in english
    assert 'data-theme="dark"' in dark
    assert 'data-theme="auto"' in english


def test_other_words_in_the_address_have_other_pages(topic, visit):
    guest = visit()

    assert "tide" in guest.read("/search?q=tide")
    assert "harbour" in guest.read("/search?q=harbour")


def test_a_page_that_greets_its_visitor_is_not_kept(topic, visit, queries_made):
    told, other = visit(), visit()
    with told.client.session_transaction() as cookie:
        cookie["_flashes"] = [("ok", "You are signed out, Rose.")]

    assert "signed out, Rose" in told.read("/latest")

    assert "signed out, Rose" not in other.read("/latest")
    assert "signed out, Rose" not in told.read("/latest")


def test_a_kept_page_sets_no_cookie_and_is_kept_by_nobody_in_between(topic, visit):
    guest = visit()
    guest.read(topic.path)

    answer = guest.get(topic.path)

    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Content-Security-Policy" in answer.headers


def test_each_encoding_is_kept_apart(topic, visit):
    guest = visit()
    plain = guest.read(topic.path)

    for _ in range(2):
        packed = guest.get(topic.path, headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert len(packed.data) < len(plain) / 2
    assert guest.read(topic.path) == plain


def test_guests_are_counted_though_their_page_is_kept(topic, visit):
    views.flush()
    before = session.get_one(Topic, topic.id, populate_existing=True).views
    for address in ("192.0.2.1", "192.0.2.2", "192.0.2.3"):
        visit().read(topic.path, environ_overrides={"REMOTE_ADDR": address})

    views.flush()

    session.expire_all()
    assert session.get_one(Topic, topic.id).views == before + 3


def test_a_page_grows_old_by_itself(topic, visit, queries_made, monkeypatch):
    guest = visit()
    monkeypatch.setattr(kept_pages, "KEPT_SECONDS", -1)
    guest.read(topic.path)

    assert drawn(queries_made, guest, topic.path)[1]


def test_an_answer_that_is_no_page_is_not_kept(topic, cast, visit, queries_made):
    guest = visit()
    guest.get(f"/t/another-name/{topic.id}")

    assert drawn(queries_made, guest, topic.path)[1]
    assert guest.get("/t/none/999999").status_code == 404
    assert guest.get(topic.path, headers={"Accept": "application/json"}).is_json


def test_a_full_shelf_makes_room_for_what_is_read():
    shelf = Shelf(most_bytes=1_600)
    for name in ("first", "second"):
        shelf.put((name,), Page(1, later(), body=b"x" * 100))
    shelf.find(("first",), 1)

    for number in range(15):
        shelf.put((f"more {number}",), Page(1, later(), body=b"x" * 100))

    assert shelf.bytes <= 1_600
    assert shelf.find(("first",), 1)
    assert shelf.find(("second",), 1) is None


def test_a_page_too_large_is_not_kept():
    shelf = Shelf(most_bytes=1_600)

    shelf.put(("large",), Page(1, later(), body=b"x" * 101))

    assert shelf.find(("large",), 1) is None
    assert shelf.bytes == 0


def test_a_page_of_another_version_is_thrown_away():
    shelf = Shelf()
    shelf.put(("page",), Page(1, later(), body=b"old"))

    assert shelf.find(("page",), 2) is None
    assert shelf.find(("page",), 1) is None
    assert shelf.bytes == 0


def later() -> float:
    return time.monotonic() + 60
