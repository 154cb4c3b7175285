"""How staff and the doctor see the index, and how staff have it built anew."""

from datetime import timedelta

import pytest

from forum.core import clock
from forum.core.database import session, transaction
from forum.core.signals import Outbox
from forum.search import engine, health, progress, shelf

PATH = "/admin/search"


@pytest.fixture
def screen(visit, cast):
    """What staff read there."""
    return lambda person=cast.max: visit(person).read(PATH)


def test_a_sound_index_has_what_the_forum_has(index, write, screen):
    write("Gaskets", "of rubber", "a reply")
    index.catch_up()

    found = health.examine()

    assert found.readable and (found.documents, found.searchable) == (2, 2)
    assert (found.waiting, found.difference, found.is_late) == (0, 0, False)
    assert found.size > 1000
    assert "cannot be read" not in screen()


def test_without_an_index_the_database_answers_and_the_screen_says_so(index, screen):
    page = screen()

    assert "The index cannot be read" in page
    assert "the database, until the index is built" in page


def test_what_waits_is_told_with_its_age(index, write, screen, app):
    index.catch_up()
    write("Gaskets", "of rubber")
    with transaction():
        for row in session.query(Outbox).filter(Outbox.consumer == "search"):
            row.created_at = clock.now() - timedelta(minutes=12)

    found = health.examine()
    page = screen()

    assert found.waiting == 1 and found.is_late and not found.is_written
    assert "nothing indexes them" in page
    said = app.test_cli_runner().invoke(args=["doctor"]).output
    assert "1 changes wait, the oldest for 12 min" in said
    assert "start `flask serve` or `flask worker`" in said


def test_where_someone_writes_the_index_the_log_is_named(index, write, app):
    index.catch_up()
    write("Gaskets", "of rubber")
    with transaction():
        for row in session.query(Outbox).filter(Outbox.consumer == "search"):
            row.created_at = clock.now() - timedelta(hours=2)

    with shelf.locked(shelf.KEEPER):
        said = app.test_cli_runner().invoke(args=["doctor"]).output

    assert "the oldest for 120 min" in said and "See the log" in said


def test_a_queue_that_was_lost_is_noticed(index, write, screen, app):
    index.catch_up()
    write("Gaskets", "of rubber")
    with transaction():
        session.execute(Outbox.__table__.delete())

    assert health.examine().difference == 1
    assert "build it anew" in screen()
    said = app.test_cli_runner().invoke(args=["doctor"]).output
    assert "0 posts, the database has 1" in said


def test_an_admin_has_it_built_anew(index, write, visit, cast, screen):
    write("Gaskets", "of rubber")
    browser = visit(cast.ada)
    assert "Build the index anew" in browser.read(PATH)

    browser.post(f"{PATH}/rebuild")
    session.rollback()

    assert engine.current() is not None and health.examine().documents == 1
    built = progress.read()
    assert (built.state, built.done, built.total) == (progress.DONE, 1, 1)
    assert "1 post" in screen()


def test_a_moderator_looks_only(index, visit, cast):
    browser = visit(cast.max)

    assert "Build the index anew" not in browser.read(PATH)
    assert browser.post(f"{PATH}/rebuild").status_code == 404
    assert engine.current() is None


@pytest.mark.parametrize("name", ["rose", "guest"])
def test_nobody_else_sees_it(index, visit, cast, name):
    browser = visit(cast.person(name))

    assert browser.get(PATH).status_code == (404 if name == "rose" else 302)
    assert browser.post(f"{PATH}/rebuild").status_code in (403, 404)


def test_a_building_is_shown_while_it_goes_on(index, screen):
    with shelf.locked(shelf.BUILDER), progress.told() as tell:
        tell(0)
        page = screen()

    assert "0 of 0 posts" in page and 'http-equiv="refresh"' in page
    assert "Build the index anew" not in page


def test_a_building_that_failed_says_why(index, screen):
    with pytest.raises(OSError), progress.told():
        raise OSError("no room left")

    page = screen()

    assert "did not come to its end" in page and "no room left" in page


def test_a_building_that_was_cut_short_has_failed(index):
    going = progress.told()
    going.__enter__()

    assert progress.read().state == progress.FAILED


def test_a_building_that_never_began_has_failed_after_a_while(index):
    with clock.stopped(clock.now() - timedelta(minutes=6)):
        progress.ask()

    assert progress.read().state == progress.FAILED


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"state": 1}', b"\xff"])
def test_a_spoilt_note_says_nothing(index, content):
    (shelf.root() / "progress.json").write_bytes(content)

    assert progress.read() is None


def test_the_screen_asks_as_often_for_three_posts_as_for_thirty(
    index, write, visit, cast, queries_made
):
    for number in range(3):
        write(f"Gaskets number {number}")
    index.catch_up()
    browser = visit(cast.max)
    browser.read(PATH)
    with queries_made() as few:
        browser.read(PATH)
    for number in range(3, 30):
        write(f"Gaskets number {number}")
    index.catch_up()

    with queries_made() as many:
        browser.read(PATH)

    assert len(few) == len(many)


def test_nothing_is_left_beside_the_note(index):
    progress.ask()

    assert [path.name for path in shelf.root().glob("*progress*")] == ["progress.json"]
