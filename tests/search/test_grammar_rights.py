"""What someone may not see changes nothing that any operator tells or finds for him."""

from typing import Any

import pytest

from forum.accounts.models.group import Group, Membership
from forum.accounts.models.user import User
from forum.categories.models import CREATE, Category, CategoryGroup
from forum.categories.queries import load_rights
from forum.core import clock, versions
from forum.core.database import session, transaction
from forum.opportunities import service as opportunities
from forum.opportunities.service import Card
from forum.search.grammar import parser
from forum.topics.models.post import Attachment
from forum.topics.models.topic import Topic
from forum.topics.service import reactions, reading, states
from forum.vocabulary import service as vocabulary
from tests.search.conftest import ask, first_post

OUTSIDERS = ("guest", "nina", "otto", "silas")
# Every operator, asked for what only the secret topic has; {topic} is its number.
QUERIES = (
    "@ghost", "membre:ghost", "created:@ghost", "@unconfirmed", "group:cabal", "groupe:Cabale",
    "company:vaultworks", "entreprise:vault", "#vault", "catégorie:coffre", "#=vault",
    "#square:vault", "tag:whisper", "étiquette:murmure", "#whisper", "tags:whisper+murmure",
    "-tag:whisper", "topic:{topic}", "sujet:{topic}", "-topic:{topic}",
    "(#vault OR tag:whisper) ledger", "NOT #vault", "market:SN", "knowhow:machining", "sector:41",
    "kind:offer", "kind:business", "kind:opportunity", "status:open", "status:closed",
    "status:archived", "status:public", "status:noreplies", "status:single_user", "status:solved",
    "in:pinned", "in:tagged", "in:untagged", "in:unsolved", "in:first", "in:title ledger",
    "in:likes", "in:seen", "in:unseen", "in:watching", "in:tracking", "in:posted", "in:created",
    "min_posts:1", "max_posts:9", "posts_count:1", "min_views:900", "max_views:9999",
    "with:images", "with:files", "filetypes:pdf", "include:unlisted", "inclure:hors-liste",
    "before:today", "after:2020", "lang:fr", "lang:en", "ledg*", '"vault ledger"', '"vault x"~3',
    "order:views ledger", "order:latest_topic ledger", "order:oldest_topic ledger",
)  # fmt: skip


@pytest.fixture(params=["index", "database"])
def catch_up(request, index):
    """Brings the index up to what was written; without an index the database answers."""
    return index.catch_up if request.param == "index" else lambda: None


def answers(viewer: Any, topic_id: int) -> dict[str, Any]:
    """All that the viewer is told at each query."""
    told = {}
    load_rights(viewer)
    for query in QUERIES:
        typed = query.format(topic=topic_id)
        results = ask(viewer, typed)
        reading = parser.read(typed, viewer)
        told[typed] = (
            [(problem.text, problem.message) for problem in reading.problems],
            [(chip.label, chip.without) for chip in reading.chips],
            {result.topic.id for result in results.found},
            (results.topics, results.posts),
        )
    return told


@pytest.fixture
def public(write, cast):
    """What everyone may see, so that operators have something to find."""
    with transaction():
        vocabulary.load()
    return write("An open ledger for everyone", "A ledger.", by=cast.rose, tag_names=["harbour"])


@pytest.fixture
def hide(cast):
    """Make a category, tag, group, author and opportunity that only staff know."""

    def make() -> Topic:
        with transaction():
            vault = Category(
                slug="vault",
                name_fr="Coffre",
                name_en="Vault",
                hue=5,
                position=5,
                lang="both",
                private=True,
                created_at=clock.now(),
            )
            group = Group(id=200, name="cabal", full_name="Cabale", created_at=clock.now())
            ghost, nobody = (
                _person(name, staged=name == "ghost") for name in ("ghost", "unconfirmed")
            )
            session.add_all([vault, group, ghost, nobody])
            session.flush()
            session.add(CategoryGroup(category_id=vault.id, group_id=3, level=CREATE))
            session.add(Membership(group_id=group.id, user_id=cast.max.id, created_at=clock.now()))
            versions.step("categories")
        load_rights_anew(cast)
        return _opportunity(cast, vault, ghost)

    return make


def load_rights_anew(cast):
    for person in cast.people:
        person.categories_version = None
        load_rights(person)


def _person(name: str, *, staged: bool) -> User:
    return User(
        username=name, username_lower=name, username_skeleton=name, staged=staged,
        company="Vaultworks", created_at=clock.now(),
    )  # fmt: skip


def _opportunity(cast, vault, ghost) -> Topic:
    card = Card(
        side="offer", kind="business", markets=["SN"], knowhow=["machining/bar-turning"],
        sector="41", company="Vaultworks",
    )  # fmt: skip
    with transaction():
        topic = opportunities.publish(
            card, author=cast.max, category_id=vault.id, title="The vault ledger of the staff",
            raw="A vault x ledger: ![a key](https://ex.org/key.png)", tag_names=["whisper", "murmure"],
        )  # fmt: skip
        session.get_one(Topic, topic.id).views = 1_000
        states.pin(topic, by=cast.max)
        states.close(topic, by=cast.max)
        states.archive(topic, by=cast.max)
        post = first_post(topic)
        post.author_id = ghost.id
        session.merge(post)
        session.add(
            Attachment(
                post_id=post.id, file_name="plan.pdf", key="k", bytes=1, mime="application/pdf",
                created_at=clock.now(),
            )
        )  # fmt: skip
    return topic


def test_a_secret_changes_no_answer_of_any_operator(public, hide, cast, catch_up):
    number = public.id + 1
    catch_up()
    before = {name: answers(cast.person(name), number) for name in OUTSIDERS}

    secret = hide()
    catch_up()

    assert secret.id == number
    for name in OUTSIDERS:
        after = answers(cast.person(name), number)
        for typed, told in before[name].items():
            assert after[typed] == told, (name, typed)
    # Staff find it by each word of it, so the questions above were the right ones.
    for typed in ("@ghost", "group:cabal", "company:vault", "#vault", "tag:whisper", "topic:{}"):
        asked = typed.format(number)
        results = ask(cast.max, asked)
        assert results.reading.problems == [], asked
        expected = set() if typed == "group:cabal" else {number}
        assert {result.topic.id for result in results.found} == expected, asked


def test_marks_from_a_time_when_one_saw_a_topic_tell_nothing_now(public, write, cast):
    topic = write("A ledger that is moved away", "A ledger.", by=cast.max)
    with transaction():
        reactions.like(first_post(topic), topic, by=cast.otto)
        reading.read(topic, by=cast.otto, number=1)
        reading.follow(topic, by=cast.otto, level=3)
    for place in ("likes", "seen", "watching", "tracking"):
        assert ask(cast.otto, f"in:{place}").topics == 1, place

    with transaction():
        session.get_one(Topic, topic.id).category_id = cast.staff_room.id

    for place in ("likes", "seen", "watching", "tracking", "pinned", "all ledger"):
        found = ask(cast.otto, f"in:{place}").found
        assert topic.id not in {result.topic.id for result in found}, place


def test_a_guest_learns_of_no_group_who_is_in_it(public, cast):
    for name in ("staff", "équipe", "members", "chess", "nothing"):
        (problem,) = ask(cast.guest, f"group:{name}").reading.problems
        assert problem.message == f"There is no group “{name}”."
    assert ask(cast.otto, "group:chess").reading.problems
    assert ask(cast.otto, "group:members ledger").topics == 1


def test_an_unlisted_topic_is_told_of_to_staff_only(public, cast):
    with transaction():
        states.unlist(session.get_one(Topic, public.id), by=cast.max)
    unlisted = ask(cast.otto, f"topic:{public.id} ledger include:unlisted")

    assert [problem.text for problem in unlisted.reading.problems] == [
        f"topic:{public.id}", "include:unlisted",
    ]  # fmt: skip
    assert unlisted.topics == 0
    staff = ask(cast.max, f"topic:{public.id} ledger include:unlisted")
    assert staff.reading.problems == [] and staff.topics == 1
