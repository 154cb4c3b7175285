"""Beginning, changing, closing, moving, answering and scoring topics."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.categories.models import Category
from forum.config import config
from forum.core import clock
from forum.core.database import session, transaction
from forum.core.errors import Conflict, Forbidden, Invalid, TooMany
from forum.topics.models.post import Post, Revision
from forum.topics.models.reading import TopicDay
from forum.topics.models.topic import Topic, TopTopic
from forum.topics.queries import drafts as draft_queries
from forum.topics.queries import lists
from forum.topics.service import drafts, scores, states, topics, views
from tests.factories.topics import like, make_reply, make_topic

TITLE = "How long do reefers wait at the gate?"
RAW = "Ours stood there for two days, and nobody said why."


def create(author, place, **more):
    fields = {"title": TITLE, "raw": RAW} | more
    with transaction():
        return topics.create(author=author, category_id=place.id, **fields)


def test_a_topic_has_its_first_post_its_place_and_its_counts(cast):
    topic = create(cast.otto, cast.square)

    square = session.get(Category, cast.square.id, populate_existing=True)
    assert (topic.slug, topic.path) == (
        "how-long-do-reefers-wait-at-the-gate",
        f"/t/{topic.slug}/{topic.id}",
    )
    assert topics.first_post(topic).raw == topic.excerpt == RAW
    assert (topic.posts_count, topic.participant_ids, topic.lang) == (1, [cast.otto.id], "en")
    assert (square.topic_count, square.post_count) == (1, 1)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Too short", "15"),
        ("  a   b    c   d    e  ", "15"),
        ("x" * 256, "255"),
        ("1234567890 1234567890", "words"),
        ("WHY IS NOTHING MOVING HERE", "capitals"),
    ],
)
def test_a_title_that_says_too_little_or_shouts_is_refused(cast, title, said):
    with pytest.raises(Invalid) as refusal:
        create(cast.otto, cast.square, title=title)

    assert refusal.value.field == "title"
    assert said in refusal.value.message
    assert session.scalars(select(Topic)).all() == []


@pytest.mark.parametrize("title", ["x" * 15, "é" * 255, "Une  ligne \n de trop ici"])
def test_a_sound_title_is_taken_on_one_line(cast, title):
    assert create(cast.otto, cast.square, title=title).title == " ".join(title.split())


def test_one_begins_topics_only_where_one_may(cast):
    for author, place in (
        (cast.otto, cast.chess_club),
        (cast.silas, cast.square),
        (cast.max, cast.chess_club),
    ):
        with pytest.raises(Forbidden):
            create(author, place)


def test_the_same_key_gives_the_same_topic(cast):
    first, second = (create(cast.otto, cast.square, key="once") for _ in range(2))

    assert first.id == second.id
    assert len(session.scalars(select(Topic)).all()) == 1


def test_new_members_begin_fewer_topics(cast, monkeypatch):
    monkeypatch.setattr(config(), "limits", True)
    create(cast.nina, cast.square)
    create(cast.otto, cast.square, raw=f"{RAW} I am Otto.")

    for author, least, most in ((cast.otto, 1, 15), (cast.nina, 16, 120)):
        with pytest.raises(TooMany) as refusal:
            create(author, cast.square, raw=f"{RAW} Once more.")
        assert least <= refusal.value.wait_seconds <= most


def test_tags_are_made_by_regulars_and_used_by_all(cast):
    topic = create(cast.rose, cast.square, tag_names=["Chaîne du froid", "ports"])

    with pytest.raises(Invalid):
        create(cast.otto, cast.square, raw=f"{RAW} Otto.", tag_names=["unheard-of"])
    used = create(cast.otto, cast.square, raw=f"{RAW} Otto.", tag_names=["ports"])
    with pytest.raises(Invalid):
        create(cast.rose, cast.square, raw=f"{RAW} Rose.", tag_names=list("abcdef"))

    assert draft_queries.tag_names(topic.id) == ["chaîne-du-froid", "ports"]
    assert draft_queries.tag_names(used.id) == ["ports"]


def test_another_title_is_kept_in_the_history_and_moves_the_address(cast):
    topic = make_topic(cast.otto, cast.square)
    old = topic.title

    with transaction():
        topics.change(topic, by=cast.rose, title="What do reefers wait for at the gate?")

    (kept,) = session.scalars(select(Revision))
    assert (kept.title, topic.slug) == (old, "what-do-reefers-wait-for-at-the-gate")
    assert topics.first_post(topic).version == 2


def test_a_topic_moves_only_where_its_mover_may_write(cast):
    topic = make_topic(cast.rose, cast.square)

    with pytest.raises(Forbidden), transaction():
        topics.change(topic, by=cast.rose, category_id=cast.staff_room.id)
    with transaction():
        topics.change(topic, by=cast.rose, category_id=cast.chess_club.id)

    assert session.get(Topic, topic.id, populate_existing=True).category_id == cast.chess_club.id


def test_a_question_becomes_a_discussion_but_nothing_becomes_an_opportunity(cast):
    topic = make_topic(cast.rose, cast.square, kind="question")

    with transaction():
        topics.change(topic, by=cast.rose, kind="discussion")
    with pytest.raises(Invalid), transaction():
        topics.change(topic, by=cast.rose, kind="opportunity")

    assert session.get(Topic, topic.id, populate_existing=True).kind == "discussion"


@pytest.mark.parametrize(
    ("act", "back", "field", "said"),
    [
        (states.close, states.reopen, "closed", "closed"),
        (states.archive, states.unarchive, "archived", "archived"),
        (states.pin, states.unpin, "pinned", "pinned"),
    ],
)
def test_a_state_comes_and_goes_with_a_line_in_the_topic(cast, act, back, field, said):
    topic = make_topic(cast.rose, cast.square)
    bumped = topic.bumped_at
    with transaction():
        act(topic, by=cast.max)
        if act is not states.pin:
            act(topic, by=cast.max)  # a second time changes nothing
    on = getattr(topic, field)
    with transaction():
        back(topic, by=cast.max)

    lines = session.scalars(
        select(Post.action).where(Post.kind == "small_action").order_by(Post.id)
    ).all()
    assert (on, getattr(topic, field)) == (True, False)
    assert lines == [f"{said}.enabled", f"{said}.disabled"]
    assert topic.bumped_at == bumped


def test_only_staff_and_leaders_set_states(cast):
    topic = make_topic(cast.rose, cast.square)

    for act in (states.close, states.archive, states.pin, states.unlist):
        with pytest.raises(Forbidden), transaction():
            act(topic, by=cast.rose)


def test_a_question_has_one_answer_and_loses_it_with_the_post(cast):
    topic = make_topic(cast.otto, cast.square, kind="question")
    first, second = make_reply(topic, cast.rose), make_reply(topic, cast.ada)
    for chosen in (first, second):
        with transaction():
            states.accept(chosen, topic, by=cast.otto)
    accepted = topic.accepted_post_id

    with transaction():
        from_the_question = topics.first_post(topic)
    with pytest.raises(Forbidden), transaction():
        states.accept(from_the_question, topic, by=cast.otto)
    with transaction():
        states.unaccept(topic, by=cast.otto)

    assert accepted == second.id
    assert topic.solved is False


def test_a_deleted_topic_is_recovered_by_staff_alone(cast):
    topic = make_topic(cast.otto, cast.square)
    with transaction():
        topics.remove(topic, by=cast.otto)

    with pytest.raises(Forbidden), transaction():
        topics.recover(topic, by=cast.otto)
    with transaction():
        topics.recover(topic, by=cast.max)

    assert not session.get(Topic, topic.id, populate_existing=True).deleted


def test_a_draft_is_kept_by_the_last_who_knew_it(cast):
    with transaction():
        drafts.keep(by=cast.otto, key="new_topic", fields={"raw": "one"}, sequence=0)
        kept = drafts.keep(by=cast.otto, key="new_topic", fields={"raw": "two"}, sequence=1)
    with pytest.raises(Conflict), transaction():
        drafts.keep(by=cast.otto, key="new_topic", fields={"raw": "old"}, sequence=1)

    assert kept.sequence == 2
    assert draft_queries.find(cast.otto, "new_topic")["fields"] == {"raw": "two"}
    assert draft_queries.find(cast.ada, "new_topic") is None
    with transaction():
        drafts.discard(by=cast.otto, key="new_topic")
    assert draft_queries.find(cast.otto, "new_topic") is None


@pytest.mark.parametrize(
    ("key", "fields"), [("nonsense", {}), ("topic_x", {}), ("new_topic", {"raw": "x" * 400_001})]
)
def test_a_draft_of_nothing_or_too_much_is_refused(cast, key, fields):
    with pytest.raises(Invalid), transaction():
        drafts.keep(by=cast.otto, key=key, fields=fields, sequence=0)


def test_top_topics_are_those_read_liked_and_answered_in_the_period(cast):
    with clock.stopped(clock.now() - timedelta(days=20)):
        old = make_topic(cast.rose, cast.square)
        for _ in range(3):
            make_reply(old, cast.ada)
    fresh, quiet = make_topic(cast.rose, cast.square), make_topic(cast.rose, cast.square)
    like(topics.first_post(fresh), fresh, cast.ada)
    with transaction():
        session.add(TopicDay(topic_id=fresh.id, day=clock.now().date(), views=30))

    with transaction():
        scores.rebuild()
    rows = {(row.topic_id, row.period): row.score for row in session.scalars(select(TopTopic))}

    assert (old.id, "week") not in rows and (old.id, "month") in rows
    assert rows[fresh.id, "day"] > rows.get((quiet.id, "day"), 0)
    assert next(row.topic.id for row in lists.top(cast.guest, "week").rows) == fresh.id


def test_a_view_is_counted_once_a_person_and_day(cast):
    topic = make_topic(cast.rose, cast.square)

    for viewer, address in (
        (cast.otto, "a"),
        (cast.otto, "b"),
        (cast.guest, "a"),
        (cast.guest, "a"),
    ):
        views.note(topic.id, viewer, address)
    views.flush()

    session.rollback()
    assert session.get(Topic, topic.id, populate_existing=True).views == 2
    assert [day.views for day in session.scalars(select(TopicDay))] == [2]
