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


def test_a_box_and_an_order_apply_at_once_a_chip_takes_back_and_so_does_the_browser(
    window: Window,
):
    page = window("", "/search?q=after:2000")
    expect(page.locator(".result").first).to_be_visible()

    page.select_option("#order", "oldest")
    page.wait_for_url(re.compile("order=oldest"))
    page.locator(".facets input[name=lang]").first.check()
    page.wait_for_url(re.compile("lang="))
    expect(page.locator(".facets input[name=lang]").first).to_be_checked()
    page.locator(".chip--on").last.click()
    page.wait_for_url(lambda address: "lang=" not in address)
    expect(page.locator("#order")).to_have_value("oldest")
    page.go_back()
    page.wait_for_url(re.compile("lang="))

    expect(page.locator(".facets input[name=lang]").first).to_be_checked()


def test_an_operator_is_completed_in_the_box_by_keys(window: Window):
    page = window("", "/search")
    box = page.locator("main search-box input")

    expect(box).to_be_focused()
    page.keyboard.type("posts ki")
    expect(page.get_by_role("option", name="kind:")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box).to_have_value("posts kind:")
    page.keyboard.type("dis")
    expect(page.get_by_role("option")).to_have_text(["kind:discussionDiscussions"])
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    expect(box).to_have_value("posts kind:discussion ")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=posts"))

    expect(page.locator(".chip--on")).to_have_text(re.compile("Discussions"))


def test_results_are_walked_by_keys_and_the_filters_reached(window: Window):
    page = window("otto", "/search?q=talk")
    expect(page.locator(".facets")).to_be_visible()

    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".result.is-selected")).to_have_count(1)
    expect(page.locator(".result").nth(1)).to_have_class(re.compile("is-selected"))
    page.keyboard.press("f")
    expect(page.locator(".facets [type=checkbox]").first).to_be_focused()
    page.keyboard.press("Space")
    page.wait_for_url(re.compile("category="))

    expect(page.locator(".chip--on")).to_have_count(1)


def test_the_same_is_looked_for_in_the_topic_that_is_open(window: Window):
    page = window("", address("Long"))

    page.keyboard.press("/")
    page.keyboard.type("paragraph")
    here = page.get_by_role("option").first
    expect(here).to_contain_text("in this topic")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("topic%3A"))

    expect(page.locator(".result")).to_have_count(1)
    expect(page.locator(".result h2")).to_contain_text("Long")


def test_the_way_from_a_slip_to_a_topic_is_one_link(window: Window):
    page = window("otto", "/search?q=paragarph")
    if page.locator(".alert").count():  # the index is built within moments of opening
        page.wait_for_timeout(4_000)
        page.reload()

    page.get_by_role("link", name="paragraph").click()

    expect(page.locator(".result").first).to_be_visible()


def test_on_a_phone_the_filters_are_fetched_when_they_are_unfolded(window: Window):
    page = window("", "/search?q=talk", phone=True)

    expect(page.locator(".result").first).to_be_visible()
    expect(page.locator("form.facets")).to_have_count(0)
    page.locator(".viewctl").click()
    page.locator("form.facets input[name=lang]").first.check()
    page.get_by_role("button", name="Show topics").click()
    page.wait_for_url(re.compile("lang="))

    expect(page.locator(".result").first).to_be_visible()
