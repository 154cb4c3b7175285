"""The staff screen of categories: plain forms, for admins only."""

import pytest

from forum.accounts.models.group import EVERYONE, MEMBERS, STAFF
from forum.categories import queries, service
from forum.categories.models import CREATE, REPLY, SEE
from forum.categories.service import Details
from forum.core.database import transaction

HARBOUR = {
    "name_fr": "Le port",
    "name_en": "The harbour",
    "slug": "",
    "description_fr": "Navires et quais.",
    "description_en": "Ships and quays.",
    "hue": "2",
    "lang": "both",
    "kind": "discussion",
    "parent_id": "0",
    "position": "1",
    "rights[0]": "1",
    "rights[4]": "2",
    "rights[3]": "3",
    "rights[14]": "0",
}


def test_an_admin_makes_a_category_with_its_rights(cast, visit, database):
    answer = visit(cast.ada).post("/admin/categories/new", HARBOUR)

    assert answer.status_code == 302
    database.rollback()
    made = queries.by_slugs(["le-port"])["le-port"]
    assert (made.name_en, made.hue, made.position) == ("The harbour", 2, 1)
    assert queries.rights_of(made.id) == {EVERYONE: SEE, MEMBERS: REPLY, STAFF: CREATE}


def test_the_page_shows_what_is_and_says_it_in_words(cast, visit):
    page = visit(cast.ada).read(f"/admin/categories/{cast.square.id}")

    assert 'value="Square"' in page
    assert 'name="rights[0]" value="1" aria-label="Everyone: See" checked' in page
    assert "Everyone may read, without an account." in page
    assert "Whoever may reply may also open topics." in page


def test_new_topics_can_be_of_every_kind_there_is(cast, visit):
    page = visit(cast.ada).read("/admin/categories/new")

    assert '<option value="opportunity">' in page
    assert '<option selected value="discussion">' in page


def test_an_admin_changes_everything_at_once(cast, visit, database):
    path = f"/admin/categories/{cast.staff_room.id}"
    changed = HARBOUR | {"parent_id": str(cast.square.id), "rights[0]": "0", "rights[4]": "0"}

    answer = visit(cast.ada).post(path, changed)

    assert answer.status_code == 302
    page = visit(cast.ada).read(path)
    assert 'value="The harbour"' in page
    database.rollback()
    assert queries.rights_of(cast.staff_room.id) == {STAFF: CREATE}


def test_a_refusal_is_shown_beside_its_field_and_nothing_is_changed(cast, visit):
    answer = visit(cast.ada).post(
        f"/admin/categories/{cast.staff_room.id}", HARBOUR | {"slug": "square"}
    )

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Another category has this address." in page
    assert 'value="Staff room"' not in page and 'value="The harbour"' in page
    assert "Staff room" in visit(cast.ada).read(f"/admin/categories/{cast.staff_room.id}")


def test_a_sub_category_wider_than_its_parent_is_refused_in_words(cast, visit):
    answer = visit(cast.ada).post(
        "/admin/categories/new", HARBOUR | {"parent_id": str(cast.staff_room.id)}
    )

    assert answer.status_code == 422
    assert "must see the category above it" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name_fr": ""},
        {"hue": "9"},
        {"parent_id": "x"},
        {"position": "many"},
        {"rights[0]": "x"},
        {"rights[0]": "7"},
        {"rights[999]": "1"},
        {"lang": "de"},
        {"kind": "riddle"},
        {"name_en": "x" * 81},
        {"name_en": "a\0b"},
    ],
    ids=str,
)
def test_what_cannot_be_taken_is_refused(cast, visit, database, wrong):
    answer = visit(cast.ada).post("/admin/categories/new", HARBOUR | wrong)

    assert answer.status_code == 422
    database.rollback()
    assert queries.by_slugs(["le-port"]) == {}


def test_arrows_move_a_category_without_scripts(cast, visit, database):
    answer = visit(cast.ada).post(f"/admin/categories/{cast.chess_club.id}/place", {"steps": "-1"})

    assert answer.status_code == 302
    database.rollback()
    assert queries.place_of(cast.chess_club) == 2


def test_an_empty_category_is_deleted_and_another_says_why_not(cast, visit):
    with transaction():
        service.create(Details("Bas", "Below"), by=cast.ada, parent=cast.square)
    browser = visit(cast.ada)

    gone = browser.post(f"/admin/categories/{cast.chess_club.id}/removal")
    kept = browser.post(f"/admin/categories/{cast.square.id}/removal")

    assert gone.status_code == 302
    assert kept.status_code == 422
    assert "move or delete them first" in kept.get_data(as_text=True)


@pytest.mark.parametrize("name", ["guest", "rose", "max"])
def test_the_screen_is_for_admins(cast, visit, name):
    browser = visit(cast.person(name))

    for path in ("/admin/categories", "/admin/categories/new", "/admin/categories/1"):
        assert browser.get(path).status_code in {302, 404}
        assert "Order of the menu" not in browser.get(path).get_data(as_text=True)


def test_the_list_shows_both_levels_in_order(cast, visit):
    with transaction():
        service.create(Details("Bas", "Below"), by=cast.ada, parent=cast.square)

    page = visit(cast.ada).read("/admin/categories")

    places = [page.rindex(f">{name}<") for name in ("Square", "Below", "Staff room")]
    assert places == sorted(places)
