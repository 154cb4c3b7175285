"""The card that is drawn while it is written, and what it says is missing."""

import re
from datetime import timedelta

from forum.core import clock

WHOLE = {
    "side": "request",
    "kind": "partnership",
    "title": "A calibration laboratory in Dakar",
    "raw": "We look for a laboratory that works to three points.",
    "markets": ["SN", "CI"],
    "knowhow": ["inspection-metrology"],
    "company": "Kerloden Instruments",
    "place": "Lorient",
    "sector": "",
    "lang": "",
}


def drawn(browser, **said):
    answer = browser.post("/opportunities/preview", said)
    assert answer.status_code == 200
    return answer.text


def missing(page):
    return re.findall(r'<li class="is-todo">.*?<a href="#(\w+)">', page)


def test_the_card_is_drawn_as_members_will_see_it(place, cast, visit):
    until = clock.now().date() + timedelta(days=9)

    page = drawn(visit(cast.otto), **WHOLE, valid_until=until.isoformat())

    for said in ("Request", "Partnership", WHOLE["title"], "Kerloden Instruments", "Lorient",
                 "Senegal", "Inspection and metrology", "D−9"):  # fmt: skip
        assert said in page, said
    assert 'data-done="s1 s2 s3 s4"' in page
    assert missing(page) == []
    assert "Ready: 7 of 7" in page


def test_what_is_missing_leads_to_its_field(place, cast, visit):
    page = drawn(visit(cast.otto), title="Short", markets=["ZZ"], valid_until="2001-01-01")

    assert missing(page) == ["side", "title", "raw", "markets", "knowhow", "valid_until"]
    assert 'data-done=""' in page


def test_what_is_called_ready_is_published(place, cast, visit):
    browser = visit(cast.otto)
    assert "Ready: 7 of 7" in drawn(browser, **WHOLE)

    answer = browser.post("/opportunities/new", WHOLE | {"category_id": place.id})

    assert answer.status_code == 303


def test_it_speaks_french_and_runs_nothing_that_was_typed(place, cast, visit):
    browser = visit(cast.otto)

    page = browser.post(
        "/opportunities/preview",
        WHOLE | {"title": "<script>alert(1)</script>"},
        headers={"Accept-Language": "fr"},
    ).text

    assert "<script>" not in page and "&lt;script&gt;" in page


def test_a_guest_draws_nothing(place, visit):
    assert visit().post("/opportunities/preview", WHOLE).status_code in (302, 303, 403)


def test_the_form_asks_for_it_beside_its_steps(place, cast, visit):
    assert 'data-path="/opportunities/preview"' in visit(cast.otto).get("/opportunities/new").text
