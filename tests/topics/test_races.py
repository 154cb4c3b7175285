"""Many at the same door at the same moment: nothing is done twice, lost or left half done."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from forum.config import config
from forum.core.database import session, transaction
from forum.tags.models import Tag
from forum.topics import counters
from forum.topics.models.draft import Draft
from forum.topics.models.post import Post, Revision
from forum.topics.models.reaction import Like
from forum.topics.models.topic import Topic, TopicTag
from tests.factories.topics import make_reply, make_topic

RAW = "Two containers are held at the gate since Monday morning."
TITLE = "Why are containers held at the gate?"


@pytest.fixture
def at_once():
    """Do things at the same moment, each in a thread: `at_once(acts)` gives what they gave."""

    def run(acts):
        barrier = Barrier(len(acts))

        def start(act):
            barrier.wait(timeout=20)
            return act()

        with ThreadPoolExecutor(len(acts)) as threads:
            return [done.result() for done in [threads.submit(start, act) for act in acts]]

    return run


def test_the_same_reply_sent_twenty_times_is_one_post(cast, visit, at_once):
    topic = make_topic(cast.rose, cast.square)
    sent = {"topic_id": topic.id, "raw": RAW, "key": "once"}
    browsers = [visit(cast.otto) for _ in range(20)]

    answers = at_once([lambda b=b: b.post("/posts.json", sent) for b in browsers])

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json["id"] for answer in answers}) == 1
    assert numbers_in(topic) == [1, 2]


def test_the_same_topic_sent_ten_times_is_one_topic(cast, visit, at_once):
    sent = {"title": TITLE, "raw": RAW, "category": cast.square.id, "key": "once"}
    browsers = [visit(cast.otto) for _ in range(10)]

    answers = at_once([lambda b=b: b.post("/posts.json", sent) for b in browsers])

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json["topic_id"] for answer in answers}) == 1
    assert count(Topic) == 1


@pytest.mark.parametrize("place", ["topic", "category"])
def test_the_same_text_sent_twice_without_a_key_is_taken_once(cast, visit, at_once, place):
    topic = make_topic(cast.rose, cast.square)
    target = {"topic_id": topic.id} if place == "topic" else {"category": cast.square.id}
    browsers = [visit(cast.otto) for _ in range(6)]

    answers = at_once(
        [
            lambda b=b: b.post("/posts.json", {"raw": RAW, "title": TITLE, **target})
            for b in browsers
        ]
    )

    assert Counter(answer.status_code for answer in answers) == {200: 1, 422: 5}
    assert count(Post) == 2


def test_one_edit_of_a_version_wins_and_the_others_are_told(cast, visit, at_once):
    post = make_reply(make_topic(cast.rose, cast.square), cast.otto)
    browsers = [visit(cast.ada) for _ in range(12)]

    answers = at_once(
        [
            lambda b=b, n=n: b.put(
                f"/posts/{post.id}.json", json={"post": {"raw": f"{RAW} Number {n}.", "version": 1}}
            )
            for n, b in enumerate(browsers)
        ]
    )

    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 11}
    session.rollback()
    kept = session.get(Post, post.id, populate_existing=True)
    winner = next(answer for answer in answers if answer.status_code == 200)
    assert (kept.raw, kept.version) == (winner.json["post"]["raw"], 2)
    assert [r.version for r in session.scalars(select(Revision))] == [1]


def test_edits_that_know_of_each_other_leave_a_history_without_gaps(cast, visit, at_once):
    post = make_reply(make_topic(cast.rose, cast.square), cast.otto)
    browsers = [visit(cast.ada) for _ in range(8)]

    answers = at_once(
        [
            lambda b=b, n=n: b.put(f"/posts/{post.id}.json", {"post[raw]": f"{RAW} Number {n}."})
            for n, b in enumerate(browsers)
        ]
    )

    assert {answer.status_code for answer in answers} == {200}
    session.rollback()
    assert session.get(Post, post.id, populate_existing=True).version == 9
    assert sorted(r.version for r in session.scalars(select(Revision))) == list(range(1, 9))


def test_likes_that_come_and_go_are_counted_right(cast, visit, at_once):
    topic = make_topic(cast.rose, cast.square)
    mine, theirs = make_reply(topic, cast.otto), make_reply(topic, cast.ada)
    people = [cast.ada, cast.max, cast.otto, cast.nina]
    browsers = [visit(person) for person in people * 4]

    def play(browser, turn):
        for post in (mine, theirs) if turn % 2 else (theirs, mine):
            if post.author_id != browser.user.id:
                browser.post(f"/posts/{post.id}/like")
                if turn % 3:
                    browser.post(f"/posts/{post.id}/unlike")
                assert browser.post(f"/posts/{post.id}/like").status_code == 303

    at_once([lambda b=b, n=n: play(b, n) for n, b in enumerate(browsers)])

    assert count(Like) == 6
    with transaction():
        assert [one for one in counters.rebuild() if one.rows] == []


def test_replies_of_many_get_numbers_without_gaps(cast, visit, at_once):
    topic = make_topic(cast.rose, cast.square)
    browsers = [visit(person) for person in (cast.ada, cast.max, cast.rose, cast.otto) * 2]

    def write(browser, name):
        for n in range(5):
            sent = {"topic_id": topic.id, "raw": f"{RAW} {name} {n}"}
            assert browser.post("/posts.json", sent).status_code == 200

    at_once([lambda b=b, n=n: write(b, n) for n, b in enumerate(browsers)])

    assert numbers_in(topic) == list(range(1, 42))
    session.rollback()
    kept = session.get(Topic, topic.id, populate_existing=True)
    assert (kept.posts_count, kept.highest_post_number) == (41, 41)
    with transaction():
        assert [one for one in counters.rebuild() if one.rows] == []


def test_two_hundred_readings_followed_by_writings_all_get_their_turn(cast, visit, at_once):
    """A lock that is waited for too short, or taken too late, would answer 500 here."""
    topics = [make_topic(cast.rose, cast.square) for _ in range(4)]
    browsers = [visit(person) for person in (cast.ada, cast.max, cast.otto, cast.nina) * 5]

    def follow(browser, turn):
        statuses = []
        for n in range(10):
            topic = topics[(turn + n) % 4]
            statuses.append(browser.get(f"/t/{topic.id}.json").status_code)
            report = {"topic_id": topic.id, "topic_time": 1000, "timings": {"1": 500}}
            statuses.append(browser.post("/topics/timings", json=report).status_code)
        return statuses

    answers = at_once([lambda b=b, n=n: follow(b, n) for n, b in enumerate(browsers)])

    assert Counter(status for statuses in answers for status in statuses) == {200: 400}


def test_a_limit_is_not_passed_by_being_many(cast, visit, at_once, monkeypatch):
    monkeypatch.setattr(config(), "limits", True)
    topic = make_topic(cast.ada, cast.square)
    browsers = [visit(cast.otto) for _ in range(12)]

    answers = at_once(
        [
            lambda b=b, n=n: b.post("/posts.json", {"topic_id": topic.id, "raw": f"{RAW} {n}"})
            for n, b in enumerate(browsers)
        ]
    )

    assert Counter(answer.status_code for answer in answers) == {200: 1, 429: 11}
    assert numbers_in(topic) == [1, 2]


def test_moving_deleting_and_replying_at_once_leave_a_state_that_some_order_would(
    cast, visit, at_once
):
    topic = make_topic(cast.rose, cast.square)
    post = make_reply(topic, cast.otto)
    ada, max_, otto, nina = (visit(p) for p in (cast.ada, cast.max, cast.otto, cast.nina))
    away, closed = {"category_id": cast.staff_room.id}, {"status": "closed", "enabled": "true"}

    answers = at_once(
        [
            lambda: ada.put(f"/t/{topic.id}.json", away),
            lambda: otto.post("/posts.json", {"topic_id": topic.id, "raw": RAW}),
            lambda: max_.delete(f"/posts/{post.id}.json"),
            lambda: visit(cast.otto).put(f"/posts/{post.id}.json", {"post[raw]": f"{RAW} Two."}),
            lambda: nina.post(f"/posts/{post.id}/like"),
            lambda: visit(cast.max).put(f"/t/{topic.id}/status.json", closed),
        ]
    )

    assert {answer.status_code for answer in answers} <= {200, 303, 403, 404}
    assert answers[0].status_code == 200
    with transaction():
        assert [one for one in counters.rebuild() if one.rows] == []
    assert otto.get(f"/t/{topic.id}.json").status_code == 404


def test_the_same_draft_kept_by_many_windows_at_once_is_one_draft(cast, visit, at_once):
    browsers = [visit(cast.otto) for _ in range(8)]
    sent = {"fields": {"raw": RAW}, "sequence": 0}

    answers = at_once([lambda b=b: b.put("/drafts/new_topic", json=sent) for b in browsers])

    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 7}
    assert count(Draft) == 1


def test_a_new_tag_that_two_put_on_their_topics_at_once_is_one_tag(cast, visit, at_once):
    browsers = [visit(person) for person in (cast.ada, cast.rose, cast.max)]
    sent = {"raw": RAW, "category": cast.square.id, "tags[]": ["harbour-dues"]}

    answers = at_once(
        [
            lambda b=b, n=n: b.post("/posts.json", {**sent, "title": f"{TITLE} Number {n}"})
            for n, b in enumerate(browsers)
        ]
    )

    assert {answer.status_code for answer in answers} == {200}
    assert (count(Tag), count(TopicTag)) == (1, 3)


def numbers_in(topic):
    session.rollback()
    found = select(Post.number).where(Post.topic_id == topic.id).order_by(Post.number)
    return list(session.scalars(found))


def count(model):
    session.rollback()
    return len(session.scalars(select(model)).all())
