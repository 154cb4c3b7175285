"""Replying, editing, deleting: what is true afterwards, and what is refused."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.config import config
from forum.core import clock
from forum.core.database import session, transaction
from forum.core.errors import Conflict, Forbidden, Invalid, TooMany
from forum.core.signals import Outbox
from forum.topics.models.post import Post, PostMention, Revision
from forum.topics.models.reading import TopicReading
from forum.topics.models.topic import Topic
from forum.topics.service import posts, topics
from tests.factories.topics import like, make_reply, make_topic

RAW = "The gate opens at six, and the queue begins at four."


@pytest.fixture
def topic(cast):
    with clock.stopped(clock.now() - timedelta(days=1)):
        return make_topic(cast.rose, cast.square)


def reply(topic, author, raw=RAW, **more):
    with transaction():
        return posts.reply(topic, author=author, raw=raw, **more)


def edit(post, topic, by, raw, **more):
    with transaction():
        posts.edit(post, topic, by=by, raw=raw, **more)


def test_a_reply_gets_the_next_number_and_moves_its_topic_up(cast, topic):
    post = reply(topic, cast.otto, reply_to=1)

    assert (post.number, post.reply_to_number, post.cooked) == (2, 1, f"<p>{RAW}</p>\n")
    assert (topic.posts_count, topic.highest_post_number, topic.last_poster_id) == (
        2,
        2,
        cast.otto.id,
    )
    assert topic.bumped_at == topic.last_posted_at == post.created_at
    assert topics.first_post(topic).reply_count == 1
    assert topic.participant_ids == [cast.rose.id, cast.otto.id]


def test_who_replies_has_read_so_far_and_follows(cast, topic):
    reply(topic, cast.otto)

    mark = session.get(TopicReading, (cast.otto.id, topic.id))
    assert (mark.last_read_number, mark.level, mark.posted) == (2, 2, True)


def test_the_same_key_gives_the_same_post(cast, topic):
    first, second = (reply(topic, cast.otto, key="once") for _ in range(2))

    assert first.id == second.id
    assert topic.posts_count == 2


def test_the_key_of_another_member_is_another_key(cast, topic):
    mine, theirs = reply(topic, cast.otto, key="k"), reply(topic, cast.ada, key="k")

    assert mine.id != theirs.id


def test_the_same_text_within_minutes_is_a_slip(cast, topic):
    reply(topic, cast.otto)

    with pytest.raises(Invalid):
        reply(topic, cast.otto)
    with clock.stopped(clock.now() + timedelta(minutes=6)):
        assert reply(topic, cast.otto).number == 3


@pytest.mark.parametrize(
    "raw",
    ["", "   ", "Too short.", "x" * 32_769, "é" * 16_385],
    ids=["", "blank", "short", "long", "bytes"],
)
def test_a_body_too_short_or_too_long_is_refused(cast, topic, raw):
    with pytest.raises(Invalid) as refusal:
        reply(topic, cast.otto, raw)

    assert refusal.value.field == "raw"
    assert session.scalars(select(Post.number).where(Post.topic_id == topic.id)).all() == [1]


@pytest.mark.parametrize("raw", ["x" * 20, "é" * 16_384])
def test_a_body_of_just_the_right_length_is_taken(cast, topic, raw):
    assert reply(topic, cast.otto, raw).raw == raw


def test_a_refused_reply_leaves_no_trace(cast, topic):
    before = session.scalars(select(Outbox.id)).all()

    for author in (cast.silas, cast.guest):
        with pytest.raises(Forbidden):
            reply(topic, author)

    session.refresh(topic)
    assert (topic.posts_count, topic.highest_post_number) == (1, 1)
    assert session.scalars(select(Outbox.id)).all() == before


@pytest.mark.parametrize(
    ("raw", "refused"),
    [
        ("Look at https://a.example and https://b.example for this.", False),
        ("Look at https://a.example https://b.example https://c.example", True),
        ("One picture: ![a](https://a.example/a.png) and that is all", False),
        ("Two: ![a](https://a.example/a.png) ![b](https://a.example/b.png)", True),
        ("I would like to ask @ada and @max about this matter.", False),
        ("I would like to ask @ada, @max and @rose about this.", True),
    ],
)
def test_a_new_member_links_shows_and_mentions_little(cast, topic, raw, refused):
    if refused:
        with pytest.raises(Invalid):
            reply(topic, cast.nina, raw)
    else:
        reply(topic, cast.nina, raw)

    assert reply(topic, cast.otto, raw).raw == raw


def test_a_new_member_replies_three_times_in_a_topic_of_another(cast, topic):
    for n in range(3):
        reply(topic, cast.nina, f"{RAW} Number {n}.")

    with pytest.raises(Forbidden):
        reply(topic, cast.nina, f"{RAW} Once more.")
    own = make_topic(cast.nina, cast.square)
    for n in range(4):
        reply(own, cast.nina, f"{RAW} At home, number {n}.")


def test_limits_are_reached_and_told(cast, topic, monkeypatch):
    monkeypatch.setattr(config(), "limits", True)
    reply(topic, cast.otto)
    reply(topic, cast.nina)

    with pytest.raises(TooMany) as of_a_member:
        reply(topic, cast.otto, f"{RAW} Again.")
    with pytest.raises(TooMany) as of_a_new_one:
        reply(topic, cast.nina, f"{RAW} Again.")

    assert 0 < of_a_member.value.wait_seconds <= 5 < of_a_new_one.value.wait_seconds <= 30
    for n in range(3):
        reply(topic, cast.ada, f"{RAW} Staff, number {n}.")


def test_an_edit_keeps_what_stood_before(cast, topic):
    with clock.stopped(clock.now() - timedelta(hours=1)):
        post = reply(topic, cast.otto)

    edit(post, topic, cast.otto, "The gate opens at seven, they say.", reason="They changed it")

    (kept,) = session.scalars(select(Revision))
    assert (kept.raw, kept.version, kept.reason, kept.editor_id) == (
        RAW,
        1,
        "They changed it",
        cast.otto.id,
    )
    assert (post.version, post.raw) == (2, "The gate opens at seven, they say.")
    assert "seven" in post.cooked and "seven" in post.text
    assert (post.edited_at is not None, post.last_editor_id) == (True, cast.otto.id)


def test_one_s_own_mends_within_minutes_keep_nothing(cast, topic):
    post = reply(topic, cast.otto)

    edit(post, topic, cast.otto, "The gate opens at seven, they say.")

    assert (post.edited_at, session.scalars(select(Revision)).all()) == (None, [])


def test_the_minutes_are_counted_from_the_last_version_not_for_ever(cast, topic):
    with clock.stopped(clock.now() - timedelta(hours=1)):
        post = reply(topic, cast.otto)
    moment = clock.now()
    for minutes, raw in (
        (0, "First wording of it all."),
        (4, "Second wording of it."),
        (8, "Third wording now."),
    ):
        with clock.stopped(moment + timedelta(minutes=minutes)):
            edit(post, topic, cast.otto, f"{raw} It is long enough.")

    (kept,) = session.scalars(select(Revision))
    assert kept.raw == RAW  # four minutes after the last touch each time: one sitting


def test_staff_s_edit_of_another_s_post_is_always_kept(cast, topic):
    post = reply(topic, cast.otto)

    edit(post, topic, cast.max, "The gate opens at seven, they say.")

    assert (post.version, post.author_id, post.last_editor_id) == (2, cast.otto.id, cast.max.id)


def test_the_same_words_again_are_no_edit(cast, topic):
    post = reply(topic, cast.otto)

    edit(post, topic, cast.max, f"  {RAW}\r\n")

    assert (post.version, post.edited_at) == (1, None)


def test_an_edit_of_an_older_version_is_a_conflict(cast, topic):
    post = reply(topic, cast.otto)
    edit(post, topic, cast.max, "The gate opens at seven, they say.", version=1)

    with pytest.raises(Conflict):
        edit(post, topic, cast.ada, "The gate opens at eight, they say.", version=1)

    assert "seven" in post.raw


def test_one_s_own_mend_of_a_text_mended_meanwhile_is_a_conflict(cast, topic):
    post = reply(topic, cast.otto)
    edit(post, topic, cast.otto, "The gate opens at seven, they say.", version=1)

    with pytest.raises(Conflict):
        edit(post, topic, cast.otto, "The gate opens at eight, they say.", version=1)

    assert "seven" in post.raw


def test_an_edit_of_the_first_post_changes_what_lists_quote(cast, topic):
    edit(
        topics.first_post(topic),
        topic,
        cast.ada,
        "Nothing of what was said before stands any more.",
    )

    assert topic.excerpt == "Nothing of what was said before stands any more."


def test_mentions_follow_the_words(cast, topic):
    post = reply(topic, cast.otto, f"{RAW} Is it so, @nina and @ADA?")
    named = {m.user_id for m in session.scalars(select(PostMention))}

    edit(post, topic, cast.otto, f"{RAW} Is it so, @max?")

    assert named == {cast.nina.id, cast.ada.id}
    assert {m.user_id for m in session.scalars(select(PostMention))} == {cast.max.id}
    assert post.cooked.count("/u/max") == 1


def test_a_deleted_reply_counts_no_more_until_it_is_recovered(cast, topic):
    post = reply(topic, cast.otto, reply_to=1)
    like(post, topic, cast.ada)
    with transaction():
        posts.remove(post, topic, by=cast.otto)
    gone = (topic.posts_count, topic.like_count, topic.last_poster_id, topic.participant_ids)

    with transaction():
        posts.recover(post, topic, by=cast.otto)

    assert gone == (1, 0, cast.rose.id, [cast.rose.id])
    session.refresh(topic)
    assert (topic.posts_count, topic.like_count, topic.last_poster_id) == (2, 1, cast.otto.id)
    assert topic.highest_post_number == 2


def test_the_number_of_a_deleted_reply_is_never_given_again(cast, topic):
    with transaction():
        posts.remove(reply(topic, cast.otto), topic, by=cast.max)

    assert reply(topic, cast.ada).number == 3


def test_a_reply_to_what_does_not_exist_yet_is_a_reply_to_the_topic(cast, topic):
    assert reply(topic, cast.otto, reply_to=99).reply_to_number is None


def test_a_language_is_guessed_from_small_words(cast, topic):
    french = reply(topic, cast.otto, "La grue est en panne et nous attendons dans le port.")
    english = make_reply(topic, cast.otto, "The crane is down and we are waiting in the harbour.")
    chosen = reply(topic, cast.otto, f"{RAW} Quite so.", lang="fr")

    assert (french.lang, english.lang, chosen.lang) == ("fr", "en", "fr")


def test_closed_and_archived_topics_say_why_they_take_no_reply(cast, topic):
    for field, words in (("closed_at", "closed"), ("archived_at", "archived")):
        with transaction():
            setattr(session.get(Topic, topic.id), field, clock.now())

        with pytest.raises(Forbidden) as refusal:
            reply(topic, cast.otto)

        assert words in refusal.value.message
