"""The page of all categories."""

import pytest

from forum.accounts.models.group import MEMBERS
from forum.categories import service, unread
from forum.categories.models import SEE
from forum.categories.service import Details
from forum.core.database import transaction


@pytest.fixture
def openings(cast):
    """A sub-category of the square, for members only."""
    details = Details("Ouvertures", "Openings", description_en="How games begin.")
    with transaction():
        return service.create(details, by=cast.ada, parent=cast.square, granted={MEMBERS: SEE})


@pytest.mark.parametrize(
    ("name", "seen", "hidden"),
    [
        ("guest", ["Square"], ["Openings", "Staff room", "Chess club"]),
        ("otto", ["Square", "Openings"], ["Staff room", "Chess club"]),
        ("rose", ["Square", "Openings", "Chess club"], ["Staff room"]),
        ("max", ["Square", "Openings", "Staff room"], ["Chess club"]),
        ("ada", ["Square", "Openings", "Staff room", "Chess club"], []),
    ],
)
def test_everyone_is_shown_the_categories_open_to_him(cast, visit, openings, name, seen, hidden):
    page = visit(cast.person(name)).read("/categories")

    assert [place for place in seen if place not in page] == []
    assert [place for place in hidden if place in page] == []


def test_a_category_leads_to_its_page_and_says_what_it_is_for(cast, visit, openings):
    page = visit(cast.otto).read("/categories")

    assert f'href="{cast.square.path}"' in page
    assert f'href="{openings.path}"' in page


def test_counts_leave_out_what_the_viewer_may_not_see(cast, visit, openings, database):
    with transaction():
        database.merge(cast.square).topic_count = 2
        database.merge(openings).topic_count = 5

    assert '<span class="num">7<span class="vh"> topics' in visit(cast.otto).read("/categories")
    assert '<span class="num">2<span class="vh"> topics' in visit().read("/categories")


def test_what_is_new_is_marked_where_it_is(cast, visit, openings, monkeypatch):
    monkeypatch.setattr(unread, "_source", lambda _viewer: {openings.id: 3})

    page = visit(cast.otto).read("/categories")

    assert page.count('class="folio"') == 1


def test_only_an_admin_is_led_to_the_staff_screen(cast, visit):
    assert "/admin/categories" in visit(cast.ada).read("/categories")
    assert "/admin/categories" not in visit(cast.max).read("/categories")


def test_the_page_asks_as_often_for_three_categories_as_for_thirty(cast, visit, queries_made):
    browser = visit(cast.ada)
    browser.read("/categories")
    with queries_made() as few:
        browser.read("/categories")
    with transaction():
        for number in range(27):
            parent = cast.square if number % 2 else None
            service.create(Details(f"Lieu {number}", f"Place {number}"), by=cast.ada, parent=parent)
    browser.read("/categories")

    with queries_made() as many:
        browser.read("/categories")

    assert len(few) == len(many) <= 5
