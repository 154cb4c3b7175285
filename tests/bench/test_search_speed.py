"""Communities enlarged by whole threads, what is typed into them, and how the figures are told."""

import pytest
from sqlalchemy import func, select

from bench.search import asked, enlarging, speed_page, timing
from forum.core.database import session
from forum.search import rebuild
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic
from tests.factories.topics import make_reply, make_topic


@pytest.fixture
def threads(cast):
    """Some threads with an answer each."""
    topics = [
        make_topic(cast.rose, cast.square, title=f"Freezer number {name} is loud")
        for name in ("eleven", "twelve", "thirteen", "fourteen")
    ]
    for topic in topics:
        make_reply(topic, cast.otto)
    return topics


def counted(model):
    return session.scalar(select(func.count()).select_from(model))


def test_a_community_grows_by_whole_threads_under_other_ids_and_days(threads):
    enlarging.resize(21)

    assert counted(Post) == 22
    assert counted(Topic) == 11
    assert set(session.scalars(select(func.count(Post.id)).group_by(Post.topic_id))) == {2}
    assert len(set(session.scalars(select(Topic.title)))) == 4
    assert len(set(session.scalars(select(Topic.created_at)))) > 4
    assert session.scalar(select(func.max(Topic.id))) > max(topic.id for topic in threads)


def test_a_community_shrinks_by_whole_threads(threads):
    enlarging.resize(3)

    assert (counted(Topic), counted(Post)) == (2, 4)


def test_what_is_typed_is_drawn_once_and_the_same_again(threads, monkeypatch):
    monkeypatch.setattr(asked, "WARMING", 2)

    drawn = asked.draw(5)

    every = [*drawn.warming, *drawn.searched, *drawn.counted]
    assert len(set(every)) == len(every) == 12
    assert all(1 <= len(query.split()) <= 3 for query in every)
    assert drawn == asked.draw(5)
    assert drawn.typed[:2] == [drawn.typed[1][:2], drawn.typed[1]]


def test_searching_is_timed_at_the_median_and_the_95th(threads, monkeypatch):
    monkeypatch.setattr(asked, "WARMING", 2)
    rebuild.rebuild()

    found = timing.searches(asked.draw(3))

    assert set(found) == {"hits", "facets", "facets after their search", "as you type"}
    assert 0 < found["hits"]["p50"] <= found["hits"]["p95"]


def test_the_page_names_what_falls_short():
    figures = {"p50": 50.0, "p95": 70.0, "wall_p50": 60.0, "wall_p95": 90.0, "count": 9}
    found = {
        "indexing": {"posts": 5, "cpu_seconds": 1.0, "seconds": 1.0, "a_cpu_second": 5},
        **dict.fromkeys(("hits", "facets", "as you type"), figures),
    }
    conditions = {
        "date": "2026-01-01", "processors": 2, "load_before": 0, "python": "3", "sqlite": "3",
        "libraries": {}, "queries": 9,
    }  # fmt: skip
    run = {
        "conditions": conditions, "newcomer": [0.5, 2.5], "postgresql": {},
        "whoosh": {10_000: found, 100_000: found},
    }  # fmt: skip

    page = speed_page.as_page(run)

    assert list(speed_page.shortfalls(run)) == [
        "whoosh, hits: p50 50.0 ms, the target is 40",
        "whoosh, as you type: p95 70.0 ms, the target is 50",
        "whoosh: 5 posts indexed a CPU second, the target is 250",
        "a new post: found after 2.5 s, the target is 2",
    ]
    assert "| hits | 50.0 | 70.0 |" in page
    assert "polyline" in speed_page.growth(run)
