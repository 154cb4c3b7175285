"""flask reindex, recount and doctor: what they mend, and what they say."""

import pytest

from forum.config import config
from forum.core.database import session, transaction
from forum.search import shelf, writer
from forum.topics.models.topic import Topic
from tests.factories.topics import make_reply, make_topic
from tests.support.indexes import forget_index


@pytest.fixture
def run(app, database):
    """`run("reindex")`: a command as it ended."""
    forget_index()
    yield lambda *words: app.test_cli_runner().invoke(args=[*words])
    forget_index()


def test_reindexing_says_how_many_posts_are_found(run, cast):
    make_reply(make_topic(cast.rose, cast.square), cast.otto)

    result = run("reindex")

    assert result.exit_code == 0
    assert result.output.startswith("2 posts indexed in ")
    assert "lacked" not in result.output


def test_reindexing_says_what_the_old_index_lacked(run, cast):
    topic = make_topic(cast.rose, cast.square)
    writer.catch_up()
    make_reply(topic, cast.otto)
    with transaction():  # as if the queue had been lost
        session.execute(Topic.metadata.tables["outbox"].delete())

    assert "The old index lacked 1 and held 0 too many." in run("reindex").output


def test_reindexing_twice_at_once_is_refused_in_one_sentence(run):
    with shelf.locked(shelf.BUILDER):
        result = run("reindex")

    assert result.exit_code == 1
    assert result.output == "Error: The search index is being built by another process.\n"


def test_a_recount_mends_and_says_what_was_wrong(run, cast):
    topic = make_topic(cast.rose, cast.square)
    with transaction():
        topic.posts_count = 7

    first, second = run("recount"), run("recount")

    assert first.output == "topic.posts_count: 1 corrected\n"
    assert second.output == "Every count was right.\n"


def test_the_doctor_says_what_to_do(run, cast):
    said = run("doctor")

    assert said.exit_code == 1
    assert "Run: flask db upgrade" in said.output  # tests make their tables without migrations
    assert "Run: flask reindex" in said.output


def test_the_doctor_tells_what_postgresql_lacks(run, cast, monkeypatch):
    writer.catch_up()
    if config().search_by != "postgres":
        assert "by whoosh, 0 posts" in run("doctor").output
        return
    assert "by postgres, 0 posts" in run("doctor").output
    monkeypatch.setattr("forum.search.backends.postgres.trigrams.NAME", "no_such_extension")

    assert "CREATE EXTENSION" in run("doctor").output
