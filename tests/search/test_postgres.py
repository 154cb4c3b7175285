"""How the engine in the database keeps house."""

import logging

import pytest
from sqlalchemy import select, text

from forum.config import Config, config
from forum.core.database import db, session, transaction
from forum.search import documents, engine, places, rebuild
from forum.topics.models.topic import Topic
from tests.search.conftest import ask

pytestmark = pytest.mark.parametrize("app", ["postgresql"], indirect=True, scope="session")


@pytest.fixture
def topic(write, index):
    made = write("A topic that must be found", "Quagga.", "A reply.")
    index.catch_up()
    return made


def test_an_index_that_lost_a_table_is_replaced_and_people_get_answers(topic, index, cast, caplog):
    with transaction():
        session.execute(text("DROP TABLE forum_search.document"))

    with caplog.at_level(logging.ERROR, "forum.search"):
        meanwhile = ask(cast.guest, "quagga")

    assert [result.topic.id for result in meanwhile.found] == [topic.id]
    assert not meanwhile.complete
    assert "dropped" in caplog.text
    index.catch_up()
    assert ask(cast.guest, "quagga").complete
    assert set(engine.current().ids()) == documents.ids()


def test_an_index_of_another_version_is_built_anew(topic, index, cast):
    with transaction():
        session.execute(text("COMMENT ON SCHEMA forum_search IS '0 old'"))

    assert not ask(cast.guest, "quagga").complete
    index.catch_up()
    assert ask(cast.guest, "quagga").complete


def test_an_error_in_asking_costs_no_sound_index(topic, cast, monkeypatch):
    before = engine.current()
    monkeypatch.setattr("forum.search.backends.postgres.hits.page", lambda *_: 1 / 0)

    results = ask(cast.guest, "quagga")

    assert (results.topics, results.complete) == (1, False)
    assert engine.current() == before


def test_what_is_set_for_a_search_ends_with_it(topic, cast):
    before = session.scalar(text("SHOW enable_seqscan")), session.scalar(text("SHOW work_mem"))

    ask(cast.guest, "quagga")

    after = session.scalar(text("SHOW enable_seqscan")), session.scalar(text("SHOW work_mem"))
    assert after == before


def test_words_are_kept_apart_from_the_rows_that_a_search_reads(topic):
    kept = text(
        "SELECT bool_or(pg_column_toast_chunk_id(words) IS NULL) FROM forum_search.document"
    )
    assert session.scalar(kept) is False


def test_while_documents_are_written_others_search(app, write, index, cast):
    write("A topic that must be found", "Quagga.")
    index.catch_up()
    with transaction():
        engine.current().remove([*documents.ids()])
        with app.app_context():  # someone else
            assert ask(cast.guest, "quagga").complete
            assert ask(cast.guest, "quagga").topics == 1
            session.remove()


def test_a_search_that_was_under_way_survives_a_swap(topic, cast):
    old = engine.current()
    with db.engine.connect() as reading:
        reading.execute(text("SELECT count(*) FROM forum_search.document"))
        engine.shelf().use(_another_generation())

        assert ask(cast.guest, "quagga").topics == 1
        assert engine.current() != old
    engine.shelf().clear_away()
    assert ask(cast.guest, "quagga").complete


def _another_generation():
    made = engine.shelf().new()
    made.index(documents.load(documents.ids()))
    made.complete()
    return made


@pytest.mark.parametrize("word", ["fo", "found"])
def test_words_inside_titles_are_looked_up(topic, cast, word):
    asked = select(Topic.id).where(places._in_title(word)).compile(db.engine)
    for way in ("seqscan", "indexscan", "indexonlyscan"):  # which are as good for one topic
        session.execute(text(f"SET LOCAL enable_{way} = off"))

    plan = session.connection().exec_driver_sql(f"EXPLAIN {asked}", asked.params).scalars().all()

    assert "ix_topic_slug_trigrams" in "".join(plan)


def test_without_the_extension_searching_goes_on(topic, index, cast, monkeypatch):
    monkeypatch.setattr("forum.search.backends.postgres.trigrams.NAME", "no_such_extension")

    rebuild.rebuild()

    assert ask(cast.guest, "quagga").complete
    assert list(engine.current().alike("quaga", 3)) == []


def test_the_engine_fits_the_database_unless_told_otherwise(app):
    assert config().search_by == "postgres"
    assert Config(database_url="postgresql://x/y", search_engine="whoosh").search_by == "whoosh"
    assert Config(database_url="").search_by == "whoosh"
    with pytest.raises(ValueError, match="needs PostgreSQL"):
        Config(database_url="", search_engine="postgres")
