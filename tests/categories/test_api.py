"""Categories as JSON, in Discourse's words."""

import pytest

from forum.accounts.models.group import EVERYONE, MEMBERS, STAFF
from forum.categories import queries, service
from forum.categories.models import CREATE, REPLY, SEE
from forum.categories.service import Details
from forum.core.database import transaction

JSON = "application/json; charset=utf-8"


def test_a_category_is_made_from_a_form_with_permissions_by_group(cast, visit, database):
    answer = visit(cast.ada).post(
        "/categories.json",
        {
            "name": "Harbour",
            "color": "0088CC",
            "text_color": "FFFFFF",
            "permissions[everyone]": "3",
            "permissions[members]": "2",
            "permissions[staff]": "1",
        },
    )

    made = answer.json["category"]
    assert (answer.status_code, answer.content_type) == (200, JSON)
    assert (made["name"], made["slug"], made["color"]) == ("Harbour", "harbour", "3578B8")
    assert made["permission"] == 1 and made["read_restricted"] is False
    database.rollback()
    assert queries.rights_of(made["id"]) == {EVERYONE: SEE, MEMBERS: REPLY, STAFF: CREATE}
    assert {"permission_type": 2, "group_name": "members"} in made["group_permissions"]


def test_a_category_is_made_from_json_too(cast, visit):
    answer = visit(cast.ada).post(
        "/categories.json",
        json={
            "name": "Board",
            "slug": "the-board",
            "parent_category_id": cast.square.id,
            "permissions": {"staff": 1},
            "description": "Minutes & <decisions>",
        },
    )

    made = answer.json["category"]
    assert (made["slug"], made["parent_category_id"]) == ("the-board", cast.square.id)
    assert made["read_restricted"] is True
    assert made["description"] == "Minutes &amp; &lt;decisions&gt;"
    assert made["description_text"] == "Minutes & <decisions>"


def test_what_is_given_changes_and_the_rest_stays(cast, visit):
    with transaction():
        harbour = service.create(Details("Le port", "The harbour", hue=4), by=cast.ada)

    answer = visit(cast.ada).put(f"/categories/{harbour.id}.json", {"name": "Docks"})

    changed = answer.json["category"]
    assert (changed["name_en"], changed["name_fr"]) == ("Docks", "Le port")
    assert (changed["slug"], changed["hue"]) == ("le-port", 4)
    assert queries.rights_of(harbour.id) == {EVERYONE: CREATE}


def test_rights_and_place_change_together(cast, visit, database):
    answer = visit(cast.ada).put(
        f"/categories/{cast.staff_room.id}.json",
        json={"parent_category_id": cast.square.id, "permissions": {"members": 3}},
    )

    assert answer.json["category"]["parent_category_id"] == cast.square.id
    database.rollback()
    assert queries.rights_of(cast.staff_room.id) == {MEMBERS: SEE}


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"name": ""},
        {"name": ["a"]},
        {"name": 5},
        {"name": "a" * 81},
        {"name": "a\0"},
        {"name": "A", "color": "blue"},
        {"name": "A", "slug": "square"},
        {"name": "A", "permissions": {"nobody": 1}},
        {"name": "A", "permissions": {"staff": 7}},
        {"name": "A", "permissions": {"staff": "²"}},
        {"name": "A", "permissions": "staff"},
        {"name": "A", "hue": 12},
        {"name": "A", "lang": "de"},
        {"name": "A", "parent_category_id": "x"},
    ],
    ids=str,
)
def test_what_cannot_be_taken_is_refused_in_json(cast, visit, given):
    answer = visit(cast.ada).post("/categories.json", json=given)

    assert (answer.status_code, answer.content_type) == (422, JSON)
    assert answer.json["error_type"] == "invalid_parameters"
    assert answer.json["errors"][0]


def test_a_column_that_was_not_offered_is_ignored(cast, visit):
    answer = visit(cast.ada).post(
        "/categories.json", json={"name": "A", "id": 77, "topic_count": 9, "private": True}
    )

    made = answer.json["category"]
    assert made["id"] != 77 and made["topic_count"] == 0 and not made["read_restricted"]


@pytest.mark.parametrize("name", ["guest", "nina", "rose", "max"])
def test_only_an_admin_writes(cast, visit, name):
    browser = visit(cast.person(name))

    answers = [
        browser.post("/categories.json", json={"name": "Mine"}),
        browser.put(f"/categories/{cast.square.id}.json", json={"name": "Mine"}),
        browser.delete(f"/categories/{cast.square.id}.json"),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert all(answer.json["errors"] for answer in answers)


def test_the_list_is_in_discourses_words(cast, visit):
    listed = visit(cast.rose).get("/categories.json").json["category_list"]

    assert listed["can_create_category"] is False
    assert [c["slug"] for c in listed["categories"]] == ["square", "chess-club"]
    square = listed["categories"][0]
    assert (square["permission"], square["read_restricted"]) == (1, False)


def test_a_guest_may_only_see(cast, visit):
    listed = visit().get("/categories.json").json["category_list"]

    assert [(c["slug"], c["permission"]) for c in listed["categories"]] == [("square", 3)]
    assert listed["can_create_topic"] is False


def test_sub_categories_are_named_by_their_parent_and_listed_when_asked_for(cast, visit):
    with transaction():
        below = service.create(Details("Bas", "Below"), by=cast.ada, parent=cast.square)

    browser = visit(cast.rose)
    plain = browser.get("/categories.json").json["category_list"]["categories"][0]
    whole = browser.get("/categories.json?include_subcategories=true").json
    inner = browser.get(f"/categories.json?parent_category_id={cast.square.id}").json

    assert plain["subcategory_ids"] == [below.id] and "subcategory_list" not in plain
    assert whole["category_list"]["categories"][0]["subcategory_list"][0]["id"] == below.id
    assert [c["id"] for c in inner["category_list"]["categories"]] == [below.id]


@pytest.mark.parametrize(("name", "status"), [("rose", 200), ("ada", 200), ("otto", 404)])
def test_one_category_is_shown_to_whoever_may_see_it(cast, visit, name, status):
    answer = visit(cast.person(name)).get(f"/c/{cast.chess_club.id}/show.json")

    assert answer.status_code == status


def test_only_an_admin_is_told_the_rights(cast, visit):
    path = f"/c/{cast.square.id}/show.json"

    assert "group_permissions" in visit(cast.ada).get(path).json["category"]
    assert "group_permissions" not in visit(cast.rose).get(path).json["category"]


def test_an_empty_category_is_deleted(cast, visit):
    answer = visit(cast.ada).delete(f"/categories/{cast.chess_club.id}.json")

    assert answer.json == {"success": "OK"}
    assert queries.children_of(cast.chess_club.id) == []
