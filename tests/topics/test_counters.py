"""Stored counts: right after whatever was done, and silent about closed places."""

import random
from datetime import timedelta

import pytest
from sqlalchemy.orm import contains_eager

from forum.accounts.models.group import EVERYONE, MEMBERS
from forum.accounts.models.user import User
from forum.categories import queries as categories
from forum.categories import service as category_service
from forum.categories.models import CREATE, SEE, Category
from forum.core import clock
from forum.core.database import session, transaction
from forum.core.errors import Refusal
from forum.topics import counters, policies
from forum.topics.models.post import REGULAR, Post
from forum.topics.models.topic import Topic
from forum.topics.service import posts, reactions, states, topics
from tests.factories.topics import like, make_reply, make_topic

ROUNDS = 4
TRIES = 12


@pytest.mark.parametrize("seed", [1, 2])
def test_after_a_random_play_nothing_has_to_be_corrected(cast, seed):
    play = Play(cast, random.Random(seed))

    done = {name for _ in range(ROUNDS) for name in play.round()}

    with transaction():
        wrong = [correction for correction in counters.rebuild() if correction.rows]
    assert wrong == []
    assert {act.__name__ for act in play.acts} - done == set(), "acts that never worked"


def test_postgresql_looks_at_tables_before_they_are_counted(cast, queries_made):
    make_topic(cast.rose, cast.square)
    tables = {"post", "topic", "post_like", "category", "users"}

    with transaction(), queries_made() as seen:
        counters.rebuild()

    surveyed = {one.split()[1] for one in seen if one.startswith("ANALYZE")}
    by_postgresql = session.get_bind().dialect.name == "postgresql"
    assert surveyed == (tables if by_postgresql else set())


def test_a_wrong_count_is_found_and_told(cast):
    topic = make_topic(cast.rose, cast.square)
    with transaction():
        topic.posts_count, topic.like_count = 7, 9
        cast.rose.post_count = 40

    with transaction():
        wrong = {correction.name: correction.rows for correction in counters.rebuild()}

    assert wrong["topic.posts_count"] == wrong["topic.like_count"] == 1
    assert wrong["users.post_count"] == 1
    assert (topic_of(topic).posts_count, person(cast.rose).post_count) == (1, 1)


def test_figures_of_a_member_tell_nothing_of_closed_places(cast):
    topic = make_topic(cast.rose, cast.chess_club)
    like(make_reply(topic, cast.ada), topic, cast.rose)

    assert figures(cast.rose) == figures(cast.ada) == (0, 0, 0, 0)


def test_figures_follow_a_topic_that_moves_into_a_closed_place_and_back(cast):
    topic = make_topic(cast.rose, cast.square)
    like(make_reply(topic, cast.otto), topic, cast.rose)

    with transaction():
        topics.change(topic, by=cast.ada, category_id=cast.chess_club.id)
    closed = figures(cast.rose), figures(cast.otto)
    with transaction():
        topics.change(topic, by=cast.ada, category_id=cast.square.id)

    assert closed == ((0, 0, 0, 0), (0, 0, 0, 0))
    assert (figures(cast.rose), figures(cast.otto)) == ((1, 1, 1, 0), (0, 1, 0, 1))


def test_figures_follow_a_category_that_is_closed_and_opened(cast):
    make_topic(cast.rose, cast.square)

    with transaction():
        category_service.set_rights(cast.square, {MEMBERS: CREATE}, by=cast.ada)
    closed = figures(cast.rose)
    with transaction():
        category_service.set_rights(cast.square, {EVERYONE: SEE, MEMBERS: CREATE}, by=cast.ada)

    assert (closed, figures(cast.rose)) == ((0, 0, 0, 0), (1, 1, 0, 0))


@pytest.mark.parametrize("hide", [topics.remove, states.unlist], ids=["deleted", "unlisted"])
def test_a_topic_out_of_the_lists_counts_nowhere(cast, hide):
    topic = make_topic(cast.rose, cast.square)
    make_reply(topic, cast.otto)

    with transaction():
        hide(topic, by=cast.ada)

    square = session.get(Category, cast.square.id, populate_existing=True)
    assert (square.topic_count, square.post_count) == (0, 0)
    assert figures(cast.rose) == figures(cast.otto) == (0, 0, 0, 0)


class Play:
    """Members doing at random whatever they may; what a rule refuses is tried elsewhere."""

    def __init__(self, cast, chance):
        self.cast, self.chance = cast, chance
        self.moment = clock.now() - timedelta(days=1)
        self.acts = [
            self.begin, self.answer, self.rewrite, self.delete_post, self.recover_post,
            self.like, self.unlike, self.delete_topic, self.recover_topic, self.move,
            self.unlist, self.relist, self.close, self.reopen, self.archive, self.unarchive,
            self.pin, self.accept, self.close_category, self.open_category,
        ]  # fmt: skip
        for _ in range(3):
            make_topic(cast.rose, cast.square, kind="question")

    def round(self):
        """Everything once, in any order; gives the names of what was done."""
        self.chance.shuffle(self.acts)
        return [act.__name__ for act in self.acts if any(self.happens(act) for _ in range(TRIES))]

    def happens(self, act):
        self.moment += timedelta(minutes=7)
        for person in self.cast.people:
            person.categories_version = None
            categories.load_rights(person)
        try:
            with clock.stopped(self.moment):
                act()
        except Refusal:
            session.rollback()
            return False
        return True

    def begin(self):
        make_topic(self.someone(), self.somewhere(), kind=self.chance.choice(["question", ""]))

    def answer(self):
        make_reply(self.topic(), self.someone(), reply_to=self.chance.choice([None, 1, 2]))

    def rewrite(self):
        post = self.post()
        with transaction():
            posts.edit(post, post.topic, by=self.staff(), raw=f"{post.raw} Said better.")

    def delete_post(self):
        post = self.post(Post.number > 1)
        with transaction():
            posts.remove(post, post.topic, by=self.staff())

    def recover_post(self):
        post = self.post(Post.deleted_at.is_not(None))
        with transaction():
            posts.recover(post, post.topic, by=self.staff())

    def like(self):
        post = self.post()
        with transaction():
            reactions.like(post, post.topic, by=self.someone())

    def unlike(self):
        post = self.post(Post.like_count > 0)
        topic, cast = post.topic, self.cast
        with transaction():
            for person in {cast.ada, cast.max, cast.rose, cast.otto}:
                if policies.can_like(person, post, topic):
                    reactions.unlike(post, topic, by=person)

    def delete_topic(self):
        self.to_topic(topics.remove)

    def recover_topic(self):
        self.to_topic(topics.recover, Topic.deleted_at.is_not(None))

    def move(self):
        self.to_topic(topics.change, category_id=self.somewhere().id)

    def unlist(self):
        self.to_topic(states.unlist)

    def relist(self):
        self.to_topic(states.relist, ~Topic.listed)

    def close(self):
        self.to_topic(states.close)

    def reopen(self):
        self.to_topic(states.reopen, Topic.closed_at.is_not(None))

    def archive(self):
        self.to_topic(states.archive)

    def unarchive(self):
        self.to_topic(states.unarchive, Topic.archived_at.is_not(None))

    def pin(self):
        self.to_topic(states.pin)

    def accept(self):
        post = self.post(Post.number > 1, Topic.kind == "question")
        with transaction():
            states.accept(post, post.topic, by=self.staff())

    def close_category(self):
        with transaction():
            category_service.set_rights(self.cast.square, {MEMBERS: CREATE}, by=self.cast.ada)

    def open_category(self):
        rights = {EVERYONE: SEE, MEMBERS: CREATE}
        with transaction():
            category_service.set_rights(self.cast.square, rights, by=self.cast.ada)

    def to_topic(self, act, *which, **more):
        topic = self.topic(*which)
        with transaction():
            act(topic, by=self.staff(), **more)

    def someone(self):
        cast = self.cast
        return self.chance.choice([cast.ada, cast.max, cast.rose, cast.otto, cast.nina, cast.silas])

    def staff(self):
        return self.chance.choice([self.cast.ada, self.cast.ada, self.cast.max])

    def somewhere(self):
        cast = self.cast
        return self.chance.choice([cast.square, cast.square, cast.staff_room, cast.chess_club])

    def topic(self, *which):
        return self.one(session.query(Topic).filter(*which).order_by(Topic.id))

    def post(self, *which):
        # Lines about what was done to a topic soon outnumber what people wrote.
        found = session.query(Post).join(Post.topic).options(contains_eager(Post.topic))
        found = found.filter(Post.kind == REGULAR)
        return self.one(found.filter(*which).order_by(Post.id))

    def one(self, query):
        found = query.populate_existing().all()
        session.commit()
        if not found:
            raise Refusal
        return self.chance.choice(found)


def figures(member):
    found = person(member)
    return (found.topic_count, found.post_count, found.likes_given, found.likes_received)


def person(member):
    return session.get(User, member.id, populate_existing=True)


def topic_of(topic):
    return session.get(Topic, topic.id, populate_existing=True)
