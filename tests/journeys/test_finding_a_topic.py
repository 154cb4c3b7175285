"""Someone looks for a topic: from the masthead, by the keyboard alone, and on the page of results."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Window
from tests.journeys.square import TOPICS, address

pytestmark = pytest.mark.browser
SEARCH = ".masthead search-box input"
NEWS = "The zebu grazes on the quay, unseen until now."
ANSWER = """async (content) => {
  const token = document.querySelector("meta[name=csrf-token]").content;
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const answer = await fetch("/posts.json", { method: "POST", headers, body: JSON.stringify(content) });
  if (!answer.ok) throw new Error(await answer.text());
}"""


def test_a_topic_is_reached_from_the_masthead_without_a_mouse(window: Window):
    title = next(iter(TOPICS))
    page = window("", "/latest")

    page.press("body", "/")
    expect(page.locator(SEARCH)).to_be_focused()
    page.keyboard.type(title[:6])
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator(SEARCH)).to_have_attribute("aria-activedescendant", re.compile("-0$"))
    page.keyboard.press("Escape")
    expect(page.locator(SEARCH)).to_have_attribute("aria-expanded", "false")
    page.keyboard.type(title[6:9])
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile("/t/"))


def test_a_new_reply_is_found_within_two_seconds(window: Window):
    page = window("rose", "/search?q=zebu")
    expect(page.locator(".empty")).to_be_visible()

    page.goto(page.url.replace("/search?q=zebu", f"{address('Finding')}"))
    page.evaluate(ANSWER, {"topic_id": int(address("Finding").rsplit("/", 1)[1]), "raw": NEWS})
    page.wait_for_timeout(2_000)
    page.go_back()
    page.reload()

    expect(page.locator(".result mark").first).to_have_text("zebu")


def test_a_box_and_an_order_apply_at_once_and_a_chip_takes_back(window: Window):
    page = window("", "/search?q=after:2000")
    expect(page.locator(".result").first).to_be_visible()

    page.select_option("#order", "oldest")
    page.wait_for_url(re.compile("order=oldest"))
    page.locator(".facets input[name=lang]").first.check()
    page.wait_for_url(re.compile("lang="))
    page.locator(".chip--on").last.click()
    page.wait_for_url(lambda address: "lang=" not in address)

    expect(page.locator("#order")).to_have_value("oldest")
