"""The demo community is complete, sound, and loads once."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.accounts import passwords, policies
from forum.accounts.models.user import User
from forum.accounts.queries import with_groups
from forum.alerts.models import SavedSearch
from forum.alerts.queries import hits
from forum.categories.models import Category
from forum.categories.queries import load_rights
from forum.core import clock
from forum.core.database import session, transaction
from forum.core.signals import Outbox
from forum.importers import demo
from forum.importers.sample.files import conversations, sections
from forum.notifications.models import Notification
from forum.opportunities.models import Opportunity
from forum.search import gap_groups, glossary
from forum.topics import counters, settings
from forum.topics.models.post import Post, PostMention
from forum.topics.models.reaction import Like
from forum.topics.models.topic import Topic, TopicMarket, TopicTerm
from forum.topics.queries import lists

SENTENCE = re.compile(r"[^.!?…:\n|]+[.!?…]")
WORD = re.compile(r"[\w’']+")
MENTION = re.compile(r"(?<![\w.@/])@([a-z][a-z0-9.-]*[a-z0-9])")


@pytest.fixture(scope="module")
def told():
    return [*conversations("topics"), *conversations("opportunities")]


@pytest.fixture
def loaded(database):
    passwords.configure(memory_kib=1024, passes=1)
    demo.load()
    yield
    passwords.configure()


def count(model, *where):
    return session.scalar(select(func.count()).select_from(model).where(*where))


def test_the_demo_is_as_large_as_promised(loaded):
    assert count(Category) >= 8
    assert count(Topic, Topic.kind != "opportunity") == 40
    assert count(Post) >= 200
    assert count(Opportunity) == 40
    markets = select(func.count(TopicMarket.country.distinct())).join(
        Opportunity, Opportunity.topic_id == TopicMarket.topic_id
    )
    assert session.scalar(markets) >= 20
    assert count(Like) > 200
    assert count(TopicTerm) > 80


def test_some_members_keep_searches_that_have_found_something(loaded):
    assert count(SavedSearch) >= 5
    for saved in session.scalars(select(SavedSearch)):
        owner = with_groups(session.get_one(User, saved.user_id))
        load_rights(owner)
        assert hits.found_by(saved, owner).items, saved.name
    assert count(Topic, Topic.accepted_post_id.is_not(None)) >= 3
    assert count(Topic, Topic.pinned_at.is_not(None)) >= 1


def test_it_is_loaded_once_and_never_into_a_forum_that_lives(loaded):
    assert not demo.is_empty()

    assert [one.username for one in demo.load_when_empty()] == [s.username for s in demo.SIGN_INS]
    with pytest.raises(demo.NotHere):
        demo.load()
    assert count(Topic) == 80


def test_a_forum_with_one_member_is_left_alone(cast):
    assert demo.load_when_empty() == []
    assert count(Topic) == 0


def test_those_who_sign_in_are_there_with_the_password(loaded):
    for sign_in in demo.sign_ins():
        user = session.scalars(select(User).where(User.username == sign_in.username)).one()

        assert policies.can_sign_in(user)
        assert passwords.matches(demo.PASSWORD, user.password_hash)


def test_counts_are_right_without_a_recount(loaded):
    with transaction():
        assert [one for one in counters.rebuild() if one.rows] == []


def test_nobody_is_notified_and_the_index_is_told(loaded, outbox):
    assert set(session.scalars(select(Outbox.fact))) == {"PostsImported"}
    assert outbox() == []


def test_who_signs_in_finds_something_new_and_something_unread(loaded):
    for sign_in in demo.SIGN_INS:
        user = session.scalars(select(User).where(User.username == sign_in.username)).one()
        load_rights(with_groups(user))

        assert lists.new(user).rows, sign_in.username
        assert lists.unread(user).rows, sign_in.username


def test_who_signs_in_has_news_at_the_bell(loaded):
    for sign_in in demo.SIGN_INS:
        user = session.scalars(select(User).where(User.username == sign_in.username)).one()

        own = (Notification.user_id == user.id, Notification.read_at.is_(None))
        assert 0 < count(Notification, *own) < 10, sign_in.username
    assert count(Notification, Notification.actor_id == Notification.user_id) == 0


def test_staff_find_the_glossary_and_what_was_sought_in_vain(loaded):
    words = [gap.words for gap in gap_groups.groups("year")]

    assert len(words) == len(sections("sought.md")) and "certification halal" in words
    assert gap_groups.groups("week")
    assert glossary.equivalents(["tender"])


def test_the_club_is_closed_to_others(loaded):
    club = session.scalars(select(Category).where(Category.slug == "club-testeurs-froid")).one()
    inside = session.scalars(select(User).where(User.username == "ines.querouan")).one()
    outside = session.scalars(select(User).where(User.username == "youssef.tazarine")).one()
    for user in (inside, outside):
        load_rights(with_groups(user))

    assert club.private
    assert club.id in inside.create_category_ids
    assert club.id not in outside.visible_category_ids


def test_nothing_happens_in_the_future(loaded):
    now = clock.now()

    assert session.scalar(select(func.max(Post.created_at))) < now
    assert session.scalar(select(func.max(Like.created_at))) < now
    assert session.scalar(select(func.max(Topic.created_at))) > now - timedelta(days=2)


def test_quotes_lead_to_the_posts_they_quote(loaded):
    quoting = session.scalars(select(Post).where(Post.raw.contains("[quote="))).all()

    assert quoting
    assert [post.id for post in quoting if f'data-topic="{post.topic_id}"' not in post.cooked] == []


def test_every_mention_is_of_a_member(loaded, told):
    members = {member.slug for member in sections("members.md")}
    named = {name for one in told for post in one.posts for name in MENTION.findall(post.body)}

    assert named
    assert named <= members
    assert count(PostMention) > 0


def test_titles_and_bodies_are_within_the_limits(told):
    titles = [one.front["title"] for one in told]
    bodies = [post.body for one in told for post in one.posts]

    assert [t for t in titles if not settings.MIN_TITLE.default <= len(t) <= 255] == []
    assert [b for b in bodies if not len(b) >= 20 or len(b.encode()) > 32_768] == []
    assert len(set(titles)) == len(titles)


def test_no_sentence_is_said_twice(told):
    said = Counter(
        " ".join(WORD.findall(sentence.lower()))
        for one in told
        for post in one.posts
        for sentence in SENTENCE.findall(post.body)
        if len(WORD.findall(sentence)) >= 4
    )

    assert len(said) > 1000
    assert [sentence for sentence, times in said.items() if times > 1] == []
    assert not any("lorem ipsum" in sentence for sentence in said)


def test_what_conversations_name_exists(told):
    members = {member.slug for member in sections("members.md")}
    categories = {category.slug for category in sections("categories.md")}
    tags = {tag.slug for tag in sections("tags.md")}
    firms = {firm.slug for firm in sections("firms.md")}

    for one in told:
        front = one.front
        assert front["category"] in categories, one.name
        assert set(front["tags"]) <= tags, one.name
        assert front.get("firm", "kerloden-instruments") in firms, one.name
        assert front["author"] == one.posts[0].username, one.name
        for number, post in enumerate(one.posts, 1):
            assert {post.username, *post.likes} <= members, one.name
            assert post.username not in post.likes, one.name
            assert post.reply_to is None or post.reply_to < number, one.name


def test_posts_follow_each_other(told):
    for one in told:
        moments = [post.moment for post in one.posts]

        assert moments == sorted(moments), one.name


def test_open_opportunities_have_days_left(told):
    for one in told:
        if "side" in one.front:
            left = one.front["valid_days"] - one.front["days_ago"]

            assert (left > 0) or one.front["status"] not in ("open", "in_talks"), one.name
