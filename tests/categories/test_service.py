"""Changes to categories and rights: what stays true, and who may."""

from dataclasses import replace

import pytest

from forum.accounts.models.group import EVERYONE, MEMBERS, MODERATORS, STAFF, TRUST_LEVEL_0
from forum.categories import queries, service
from forum.categories.models import CREATE, REPLY, SEE
from forum.categories.service import Details
from forum.categories.signals import CategoryRightsChanged
from forum.core import clock, versions
from forum.core.database import transaction
from forum.core.errors import Forbidden, Invalid
from forum.topics.models.topic import Topic
from tests.cast import CHESS_GROUP_ID

HARBOUR = Details(name_fr="Le port", name_en="The harbour")


@pytest.fixture
def announced(monkeypatch):
    facts = []
    monkeypatch.setattr(service, "announce", facts.append)
    return facts


def test_a_new_category_is_open_last_and_has_an_address_of_its_name(cast, announced):
    with transaction():
        harbour = service.create(HARBOUR, by=cast.ada)

    assert harbour.slug == "le-port"
    assert queries.rights_of(harbour.id) == {EVERYONE: CREATE}
    assert not harbour.private
    assert [c.slug for c in queries.visible(cast_with_rights(cast.ada))][-1] == "le-port"
    assert announced == []


def test_a_change_moves_the_version_that_memory_is_kept_by(cast):
    before = versions.read("categories")

    with transaction():
        service.create(HARBOUR, by=cast.ada)

    assert versions.read("categories") > before


@pytest.mark.parametrize("name", ["max", "rose", "nina", "guest"])
def test_only_administrators_change_categories(cast, name):
    person = cast.person(name)
    acts = [
        lambda: service.create(HARBOUR, by=person),
        lambda: service.change(cast.square, HARBOUR, by=person),
        lambda: service.set_rights(cast.square, {}, by=person),
        lambda: service.move(cast.square, under=cast.chess_club, by=person),
        lambda: service.shift(cast.square, 1, by=person),
        lambda: service.arrange([cast.square.id], by=person),
        lambda: service.remove(cast.square, by=person),
    ]

    for act in acts:
        with pytest.raises(Forbidden), transaction():
            act()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name_fr", "   "),
        ("name_en", "x" * 81),
        ("description_fr", "x" * 2_001),
        ("hue", 9),
        ("lang", "de"),
        ("slug", "Été"),
        ("slug", "2026"),
        ("slug", "square"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_its_field(cast, field, value):
    with pytest.raises(Invalid) as refusal, transaction():
        service.create(replace(HARBOUR, **{field: value}), by=cast.ada)

    assert refusal.value.field == field


def test_an_address_made_from_a_taken_name_gets_a_number(cast):
    with transaction():
        first = service.create(HARBOUR, by=cast.ada)
        second = service.create(HARBOUR, by=cast.ada)

    assert (first.slug, second.slug) == ("le-port", "le-port-2")


def test_a_change_keeps_its_own_address(cast, announced):
    with transaction():
        service.change(cast.square, replace(Details.of(cast.square), hue=5), by=cast.ada)

    assert (cast.square.slug, cast.square.hue) == ("square", 5)
    assert announced == []


def test_a_category_is_private_as_soon_as_someone_may_not_see_it(cast, announced):
    with transaction():
        service.set_rights(cast.square, {MEMBERS: REPLY}, by=cast.ada)

    assert cast.square.private
    assert queries.rights_of(cast.square.id) == {MEMBERS: REPLY}
    assert announced == [CategoryRightsChanged(cast.square.id)]


def test_rights_that_stay_the_same_are_no_news(cast, announced):
    with transaction():
        service.set_rights(cast.square, queries.rights_of(cast.square.id), by=cast.ada)

    assert announced == []


@pytest.mark.parametrize("granted", [{999: SEE}, {EVERYONE: 4}, {EVERYONE: 0}])
def test_rights_of_no_group_or_no_level_are_refused(cast, granted):
    with pytest.raises(Invalid), transaction():
        service.set_rights(cast.square, granted, by=cast.ada)


def test_a_sub_category_takes_the_rights_of_its_parent(cast):
    with transaction():
        openings = service.create(HARBOUR, by=cast.ada, parent=cast.chess_club)

    assert queries.rights_of(openings.id) == {CHESS_GROUP_ID: CREATE}
    assert openings.private


def test_a_sub_category_is_never_open_to_more_people_than_its_parent(cast):
    with pytest.raises(Invalid, match="members"), transaction():
        service.create(HARBOUR, by=cast.ada, parent=cast.staff_room, granted={MEMBERS: SEE})

    with transaction():
        part = service.create(
            HARBOUR, by=cast.ada, parent=cast.staff_room, granted={MODERATORS: CREATE}
        )
    with pytest.raises(Invalid), transaction():
        service.set_rights(part, {TRUST_LEVEL_0 + 2: SEE}, by=cast.ada)


def test_a_parent_never_closes_to_those_who_see_below(cast):
    with transaction():
        service.create(HARBOUR, by=cast.ada, parent=cast.square)

    with pytest.raises(Invalid, match="everyone"), transaction():
        service.set_rights(cast.square, {STAFF: CREATE}, by=cast.ada)


def test_there_is_no_third_level(cast):
    with transaction():
        middle = service.create(HARBOUR, by=cast.ada, parent=cast.square)

    with pytest.raises(Invalid), transaction():
        service.create(HARBOUR, by=cast.ada, parent=middle)
    with pytest.raises(Invalid), transaction():
        service.move(cast.square, under=cast.chess_club, by=cast.ada)


def test_moving_under_a_parent_asks_who_sees_it(cast):
    with pytest.raises(Invalid), transaction():
        service.move(cast.square, under=cast.staff_room, by=cast.ada)

    with transaction():
        service.move(cast.staff_room, under=cast.square, by=cast.ada)

    assert cast.staff_room.parent_id == cast.square.id
    assert [c.id for c in queries.children_of(cast.square.id)] == [cast.staff_room.id]


def test_categories_move_among_their_neighbours(cast):
    with transaction():
        service.shift(cast.chess_club, -2, by=cast.ada)
    assert order(cast) == ["chess-club", "square", "staff-room"]

    with transaction():
        service.shift(cast.chess_club, 1, by=cast.ada)
    assert order(cast) == ["square", "chess-club", "staff-room"]

    with transaction():
        service.arrange([cast.staff_room.id, cast.square.id], by=cast.ada)
    assert order(cast) == ["staff-room", "square", "chess-club"]


def test_an_empty_category_can_be_deleted(cast, announced):
    with transaction():
        service.remove(cast.chess_club, by=cast.ada)

    assert order(cast) == ["square", "staff-room"]
    assert CategoryRightsChanged(cast.chess_club.id) in announced


def test_a_category_with_others_below_is_not_deleted(cast):
    with transaction():
        service.create(HARBOUR, by=cast.ada, parent=cast.square)

    with pytest.raises(Invalid), transaction():
        service.remove(cast.square, by=cast.ada)


def test_a_category_that_holds_a_topic_is_not_deleted(cast, database):
    moment = clock.now()
    with transaction():
        database.add(
            Topic(
                category_id=cast.square.id, author_id=cast.rose.id, last_poster_id=cast.rose.id,
                title="Deleted long ago", slug="deleted", created_at=moment, bumped_at=moment,
                last_posted_at=moment, deleted_at=moment,
            )
        )  # fmt: skip

    with pytest.raises(Invalid, match="holds topics"), transaction():
        service.remove(cast.square, by=cast.ada)


def order(cast):
    return [category.slug for category in queries.visible(cast_with_rights(cast.ada))]


def cast_with_rights(person):
    person.categories_version = None
    queries.load_rights(person)
    return person
