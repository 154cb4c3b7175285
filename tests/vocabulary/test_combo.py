"""The type-ahead in a browser, over a list and over the tree; no server but what the test answers."""

import json
import mimetypes
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import render_template_string
from wtforms import SelectMultipleField

from forum.core.database import transaction
from forum.vocabulary import markets, queries, service
from forum.web.forms import Form
from tests.support.browser import chromium

pytestmark = pytest.mark.browser
STATIC = Path(__file__).resolve().parents[2] / "static"
BUILD = re.compile(r"^/static/([0-9a-f]{12}/)?|^/favicon.ico")
HOME = "http://combo.test"
PAGE = """<!DOCTYPE html><html lang="en"><title>Combo</title>
{% from "vocabulary/_combo.html" import combo, combo_over_tree %}
{% include "layouts/_messages.html" %}
<form>{{ combo(form.markets, source="/markets.json", placeholder="Country or zone") }}
{{ combo_over_tree("f-term", "Know-how", "knowhow", tree, chosen=["machining/milling"]) }}</form>
<script type="module" src="/static/js/features/vocabulary/term-combo.js"></script></html>"""


class MarketForm(Form):
    markets = SelectMultipleField("Markets")


@pytest.fixture(scope="module")
def browser():
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(app, cast, browser):
    with transaction():
        service.load()
    with app.test_request_context():
        form = MarketForm(None, data={"markets": ["SN"]})
        form.markets.choices = markets.countries()
        html = render_template_string(PAGE, form=form, tree=queries.knowhow_tree())
        zone = {"code": "benelux-germany", "label": "Benelux and Germany", "kind": "zone"}
        zone |= {"other": "Benelux et Allemagne", "other_lang": "fr"}
        zone |= {"countries": ["BE", "DE", "LU", "NL"]}

    def answer(route):
        address = urlsplit(route.request.url)
        if address.path == "/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif address.path == "/markets.json":
            asked = parse_qs(address.query)["q"][0]
            results = [zone] if asked.startswith("ben") else []
            route.fulfill(body=json.dumps({"results": results}), content_type="application/json")
        else:
            file = STATIC / BUILD.sub("", address.path)
            kind = mimetypes.guess_type(file)[0]
            route.fulfill(body=file.read_bytes(), content_type=kind) if kind else route.abort()

    context = browser.new_context()
    opened = context.new_page()
    faults = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.route("**/*", answer)
    opened.goto(f"{HOME}/")
    yield opened
    context.close()
    assert faults == []


def chosen(page, name):
    return page.evaluate("(name) => new FormData(document.forms[0]).getAll(name)", name)


def test_a_zone_chooses_its_countries_and_backspace_takes_the_last_away(page):
    box = page.get_by_role("combobox", name="Markets")
    box.fill("bene")
    page.get_by_role("option", name="Benelux and Germany").wait_for()
    box.press("Enter")

    assert set(chosen(page, "markets")) == {"SN", "BE", "DE", "LU", "NL"}
    assert page.locator(".combo__chips").first.locator("li").count() == 5
    box.press("Backspace")
    assert len(chosen(page, "markets")) == 4


def test_a_chip_is_taken_away_by_its_button(page):
    page.get_by_role("button", name="Remove Senegal").click()

    assert chosen(page, "markets") == []


def test_terms_are_found_by_typing_and_the_tree_agrees(page):
    box = page.get_by_role("combobox", name="Know-how")
    box.fill("decoll")
    option = page.get_by_role("option").first
    option.wait_for()
    mark = option.locator("mark").inner_text()
    box.press("ArrowDown")
    box.press("ArrowUp")
    option.click()

    assert mark == "Décoll"
    assert chosen(page, "knowhow") == ["machining/bar-turning", "machining/milling"]
    assert page.locator("input[value='machining/bar-turning']").is_checked()


def test_ticking_the_tree_draws_a_chip(page):
    page.locator("details.tree > summary").click()
    page.locator("details.tree > summary").click()
    page.locator("input[value='machining/grinding']").check()

    assert page.get_by_role("button", name="Remove Grinding").is_visible()


def test_what_is_not_found_is_said_and_escape_closes(page):
    box = page.get_by_role("combobox", name="Markets")
    box.fill("zzz")
    page.get_by_text("Nothing found").wait_for()
    box.press("Escape")

    assert box.get_attribute("aria-expanded") == "false"
    assert page.get_by_role("listbox").count() == 0


def test_the_enter_key_sends_no_form_while_something_is_typed(page):
    box = page.get_by_role("combobox", name="Know-how")
    box.fill("zzz")
    box.press("Enter")

    assert page.url == f"{HOME}/"
