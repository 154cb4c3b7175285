"""The measuring itself: what is taken away, what baselines find, what ranks are worth."""

import pytest

from bench.search import judged, words
from bench.search.baselines import Fts5, PlainBm25
from bench.search.engines import ours, rank
from bench.search.judged import Judged
from bench.search.metrics import Figures
from forum.core.database import session, transaction
from forum.search import documents, rebuild
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic
from tests.factories.topics import make_reply, make_topic

OPENING = "Hello. The {} of our old cold store fails us twice a night in winter. What now?"
PARTS = {"compressors": "Noisy", "thermostats": "Failing", "gaskets": "Leaking"}


@pytest.fixture
def threads(cast):
    """Some threads of news, each with an answer."""
    with transaction():
        cast.square.slug = "news"
    topics = [
        make_topic(cast.rose, cast.square, title=f"{how} {part}", raw=OPENING.format(part))
        for part, how in PARTS.items()
    ]
    for topic, part in zip(topics, PARTS, strict=True):
        make_reply(topic, cast.otto, f"Ask the maker about {part}, they know.")
    return topics


@pytest.fixture
def rows_of_two(monkeypatch):
    monkeypatch.setattr(judged, "A_ROW", 2)


def test_titles_and_sentences_are_taken_away_before_they_are_asked(threads, rows_of_two):
    with transaction():
        chosen = judged.choose()

    subjects = [one for one in chosen if one.row == "subjects"]
    [sentence] = [one for one in chosen if one.row == "sentences"]
    titles = dict(session.execute(judged.select(Topic.id, Topic.title)).all())
    opening = session.scalars(
        judged.select(Post.text).where(Post.topic_id == sentence.topic_id, Post.number == 1)
    ).one()
    assert len(subjects) == 2
    assert [titles[one.topic_id] for one in subjects] == ["", ""]
    assert sentence.query.endswith("of our old cold store fails us twice a night in winter")
    assert titles[sentence.topic_id]
    assert "cold store" not in opening
    assert opening.startswith("Hello")


def test_every_engine_finds_a_thread_by_its_lost_subject(threads, rows_of_two, tmp_path):
    with transaction():
        subjects = [one for one in judged.choose() if one.row == "subjects"]
    rebuild.rebuild()
    given = [document for some in documents.everything() for document in some]
    fts5, bm25 = Fts5.build(tmp_path / "fts5.db", given), PlainBm25(given)

    for search in (fts5.by_post, fts5.by_topic, bm25.by_post, bm25.by_topic):
        assert [rank(search(one.query), one) for one in subjects] == [1, 1]
    assert [topic_id for topic_id, _posts in ours("thermostats")] == [threads[1].id]


def test_a_post_counts_only_where_it_is_shown():
    found = [(7, (70, 71)), (8, (80,))]

    assert rank(found, Judged("answers", "", 8, "en")) == 2
    assert rank(found, Judged("answers", "", 8, "en", post_id=80)) == 2
    assert rank(found, Judged("answers", "", 7, "en", post_id=79)) is None
    assert rank(found, Judged("answers", "", 9, "en")) is None


def test_figures_are_means_over_all_queries():
    figures = Figures.of([1, 2, 20, None])

    assert figures.mrr == pytest.approx((1 + 0.5 + 0.05) / 4)
    assert figures.ndcg == pytest.approx((1 + 0.6309) / 4, abs=1e-4)
    assert figures.recall == 0.75


def test_what_is_typed_holds_nothing_that_a_query_language_reads():
    assert (
        words.said('Re: "Économies" d’énergie -- (AB-12) -x_y?')
        == "re économies d’énergie ab-12 x y"
    )
