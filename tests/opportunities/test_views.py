"""Pages of opportunities: where they are begun, and how one goes on."""

import re

from forum.vocabulary import markets
from tests.opportunities.conftest import publish
from tests.opportunities.test_preview import WHOLE


def test_a_place_of_opportunities_leads_to_their_form(place, cast, visit):
    otto = visit(cast.otto)
    form = f"/opportunities/new?category={place.id}"

    page = otto.read(place.path)

    assert f'href="{form}"' in page
    assert "/new-topic?category=" not in page
    assert otto.get(f"/new-topic?category={place.id}").location == form
    assert otto.get(form).status_code == 200
    assert visit(cast.nina).get(f"/new-topic?category={cast.chess_club.id}").status_code == 200


def test_all_that_is_wrong_is_said_at_once_each_at_its_field(place, cast, visit):
    said = {
        "side": "request",
        "title": "Court",
        "raw": "x",
        "company": "Z" * 300,
        "markets": ["SN"],
        "sector": "",
        "lang": "",
        "valid_until": "2001-01-01",
        "category_id": place.id,
    }

    answer = visit(cast.otto).post("/opportunities/new", said)

    assert answer.status_code == 422
    at_fault = set(re.findall(r'id="(\w+)-error"', answer.text))
    assert at_fault == {"kind", "title", "raw", "knowhow", "valid_until", "company"}
    assert "6 fields need another look." in answer.text


def test_every_zone_that_is_offered_fits_on_a_card(place, cast, visit):
    for zone in markets.zones():
        said = WHOLE | {"markets": sorted(zone.countries), "title": f"Pumps for {zone.label_en}"}
        page = visit(cast.otto).post("/opportunities/preview", said).text
        assert "Ready: 7 of 7" in page, zone.code


def test_the_section_stands_for_its_categories_in_the_menu(place, cast, visit):
    topic = publish(cast.rose, place)

    for path in ("/about", place.path, topic.path):
        page = visit(cast.otto).read(path)
        menu = page[page.index('id="sidebar"') : page.index("</nav>", page.index('id="sidebar"'))]
        (section,) = re.findall(r'<a href="/opportunities".*?</a>', menu, re.DOTALL)
        assert f'href="{place.path}"' not in menu
        assert ('aria-current="page"' in section) == (path != "/about")
        assert f'data-counter="category:{place.id}"' in section
        assert re.search(r'count--new">1<', section) or path == topic.path


def test_the_page_of_one_leads_to_the_others_and_names_its_markets_once(place, cast, visit):
    page = visit(cast.otto).read(publish(cast.rose, place, markets=["SN"]).path)

    assert '<li><a href="/opportunities">Opportunities</a></li>' in page
    assert page.count('title="Senegal"') == 1
