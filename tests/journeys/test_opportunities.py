"""Someone looks through opportunities on a phone, and publishes one."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Window
from tests.journeys.square import LONG_WORD, TOPICS

pytestmark = pytest.mark.browser
OFFER = f"/t/-/{len(TOPICS) + 1}"
WIDER_THAN_THE_WINDOW = (
    "document.documentElement.scrollWidth > document.documentElement.clientWidth"
)


@pytest.mark.parametrize("view", ["", "?view=list"])
def test_on_a_phone_the_filters_unfold_and_several_are_chosen_at_once(window: Window, view: str):
    page = window("", f"/opportunities{view}", phone=True)
    facets = page.locator("form.facets")

    expect(facets).to_be_hidden()
    page.get_by_role("button", name="View and filters").click()
    facets.locator("[name=market][value=SN]").check()
    facets.locator("[name=status][value=in_talks]").check()
    facets.locator("[type=submit]").click()
    page.wait_for_url(re.compile("market=SN.*status=in_talks"))

    expect(page.locator(".opp")).to_have_count(1)


@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize("path", ["/opportunities", "/opportunities?view=list", OFFER])
def test_one_long_word_does_not_widen_a_page(window: Window, path: str, phone: bool):
    page = window("otto", path, phone=phone)

    expect(page.locator("h1, .opp h3").last).to_be_visible()

    assert not page.evaluate(WIDER_THAN_THE_WINDOW)


def test_one_long_word_does_not_widen_the_card_that_is_being_written(window: Window):
    page = window("rose", "/opportunities/new")

    page.fill("[name=company]", LONG_WORD * 2)
    expect(page.locator(".opp--preview")).to_contain_text(LONG_WORD)

    assert not page.evaluate(WIDER_THAN_THE_WINDOW)


def test_what_was_begun_is_there_again_until_it_is_published(window: Window):
    title = "Pumps for a fishing harbour"
    page = window("otto", "/opportunities/new")
    kept = page.locator("[data-state]")

    page.get_by_text("An offer").click()
    page.get_by_text("Partnership").first.click()
    page.fill("[name=title]", title)
    page.fill("[name=raw]", "Twenty pumps, hardly used, ready to be fetched.")
    _choose(page, "Markets", "Senegal")
    _choose(page, "Know-how", "Machining")
    page.fill("[name=company]", "Zebra Pumps")
    expect(kept).to_contain_text("Draft saved at")
    page.goto(page.url.replace("/opportunities/new", "/my/drafts"))
    page.get_by_role("link", name=title).click()

    expect(page.locator("[name=title]")).to_have_value(title)
    expect(page.get_by_label("An offer")).to_be_checked()
    expect(page.get_by_label("Partnership")).to_be_checked()
    expect(page.locator("[name=company]")).to_have_value("Zebra Pumps")
    expect(page.locator(".combo__chips .chip")).to_have_count(2)
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url(re.compile("/t/"))
    page.goto(re.sub("/t/.*", "/opportunities/new", page.url))
    page.wait_for_load_state("networkidle")

    expect(page.locator("[name=title]")).to_have_value("")
    assert not page.evaluate("Object.keys(localStorage).some((key) => key.includes('opportunity'))")


def _choose(page: Page, label: str, words: str) -> None:
    page.get_by_role("combobox", name=label).fill(words)
    page.get_by_role("option", name=words).first.click()
