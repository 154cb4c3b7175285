"""The index follows the database: soon, once, and whatever happens to it on the way."""

import multiprocessing
import threading
import time

import pytest
from sqlalchemy import update

from forum.core.database import session, transaction
from forum.core.signals import Outbox
from forum.search import documents, engine, queueing, rebuild, shelf
from forum.topics.models.post import Post
from forum.topics.service import posts, reactions, topics
from tests.search.conftest import ask, first_post, reply


def indexed() -> set[int]:
    return set(engine.current().ids())


def test_what_is_written_edited_and_renamed_is_found_as_it_is_now(write, find, cast):
    topic = write("The kiln of the old pottery", "Porcelain.")
    assert find("porcelain") == [topic.title]

    with transaction():
        posts.edit(first_post(topic), topic, by=cast.ada, raw="Nothing but stoneware is made here.")
        topics.change(topic, by=cast.ada, title="The furnace of the old pottery")

    assert find("porcelain") == [] == find("kiln")
    assert find("stoneware furnace") == [topic.title]


def test_likes_move_the_order_once_some_have_come(write, find, cast):
    liked = write("One opinion about barges", "Barges are slow.", days_ago=3)
    write("Another opinion about barges", "Barges are quick, barges are cheap.")
    find("barges")
    with transaction():
        reactions.like(first_post(liked), liked, by=cast.rose)

    assert find("barges order:likes")[0] == liked.title


def test_a_running_writer_makes_a_new_post_found_within_two_seconds(app, write, index, cast):
    index.catch_up()
    stop = threading.Event()

    def run():
        with app.app_context():
            index.run(stop)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        write("A brand new topic is here", "Quagga.")
        began = time.monotonic()
        while not ask(cast.guest, "quagga").found and time.monotonic() - began < 5:
            time.sleep(0.05)
        took = time.monotonic() - began
    finally:
        stop.set()
        thread.join()

    assert took < 2


def test_facts_are_forgotten_only_once_indexed(write, index, cast, monkeypatch):
    index.catch_up()
    write("A topic that comes at a bad time", "Quagga.")
    monkeypatch.setattr("forum.search.writer.done", lambda _rows: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        index.catch_up()
    session.rollback()
    monkeypatch.undo()

    assert index.catch_up() == 1
    assert ask(cast.guest, "quagga").topics == 1
    assert len(indexed()) == len(documents.ids()) == 1


def test_posts_written_in_bulk_are_indexed_by_range(write, index, cast):
    index.catch_up()
    ids = [first_post(write(f"Imported topic number {n}", "Quagga.")).id for n in range(3)]
    with transaction():
        session.execute(Outbox.__table__.delete())
    assert index.catch_up() == 0

    with transaction():
        queueing.enqueue_posts(ids[0], ids[-1] + 2_000)

    assert queueing.waiting() == 14
    assert index.catch_up() == 14
    assert ask(cast.guest, "quagga").topics == 3


def test_who_finds_the_lock_held_leaves_the_queue_to_the_holder(write, index, cast):
    index.catch_up()
    write("A topic that has to wait", "Quagga.")
    with shelf.locked(shelf.WRITER) as ours:
        assert ours
        assert index.catch_up() == 0
        assert queueing.waiting() == 1

    assert index.catch_up() == 1


def test_a_lock_dies_with_its_process(index):
    shelf.root()
    process = multiprocessing.get_context("fork").Process(target=_hold_the_lock)
    process.start()
    process.join()

    with shelf.locked(shelf.WRITER) as free:
        assert free


def _hold_the_lock():
    shelf.locked(shelf.WRITER).__enter__()


def test_a_rebuild_reports_nothing_wrong_on_a_healthy_site(write, index, cast):
    write("One topic with some replies", "Quagga.", "First.", "Second.")
    index.catch_up()
    write("One topic that waits its turn", "Quagga.")

    report = rebuild.rebuild()

    assert (report.documents, report.missing, report.surplus) == (4, 0, 0)


def test_a_rebuild_reports_what_it_corrected(write, index, cast):
    lost, kept = (first_post(write(f"Topic number {n} of two", "Quagga.")) for n in range(2))
    index.catch_up()
    engine.current().remove([lost.id])
    with transaction():  # behind the back of the index
        session.execute(update(Post).where(Post.id == kept.id).values(kind="small_action"))

    report = rebuild.rebuild()

    assert (report.documents, report.missing, report.surplus) == (1, 1, 1)
    assert indexed() == {lost.id}


def test_people_search_and_write_while_the_index_is_rebuilt(write, index, cast, monkeypatch):
    write("A topic from before the rebuild", "Quagga.")
    late = write("A topic that is changed meanwhile", "Zebu.")
    index.catch_up()
    old = engine.current()
    everything = documents.everything

    def meanwhile():
        yield from everything()
        reply(late, "Okapi.", by=cast.rose)
        assert index.catch_up() == 1
        assert ask(cast.guest, "okapi").topics == ask(cast.guest, "quagga").topics == 1

    monkeypatch.setattr(documents, "everything", meanwhile)
    rebuild.rebuild()

    assert engine.current() != old
    assert ask(cast.guest, "okapi").topics == 1
    assert indexed() == documents.ids()


def test_a_rebuild_that_was_cut_short_leaves_nothing_behind(write, index, cast):
    write("A topic that stays to be found", "Quagga.")
    index.catch_up()
    engine.shelf().new()  # and then it is killed

    assert ask(cast.guest, "quagga").complete
    assert rebuild.rebuild().documents == 1
    assert ask(cast.guest, "quagga").topics == 1


def test_two_do_not_rebuild_at_once(index, database):
    with shelf.locked(shelf.BUILDER), pytest.raises(rebuild.Busy):
        rebuild.rebuild()
