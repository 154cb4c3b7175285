"""Two members and a guest on the same topic, each in a browser: what one does the others see."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Window
from tests.journeys.square import TOPICS, address

pytestmark = pytest.mark.browser

# px from the first line of the text to the list of names
DISTANCE = (
    "list => list.offsetTop - parseFloat(getComputedStyle(list.previousElementSibling).paddingTop)"
)
# the acts of posts that the floating button lies over, wherever the page is scrolled to
COVERED = """() => {
  const button = document.querySelector(".timeline-mini").getBoundingClientRect();
  const acts = [...document.querySelectorAll(".post__actions > :not(app-menu)")];
  return acts.filter((act) => {
    const { left, right } = act.getBoundingClientRect();
    return left < button.right && right > button.left;
  }).map((act) => act.textContent.trim());
}"""


def test_a_reply_is_appended_for_who_is_at_the_end_and_waits_for_who_is_not(window: Window):
    rose = window("rose", f"{address('Arrivals')}/14")
    guest = window("", address("Arrivals"))
    otto = window("otto", f"{address('Arrivals')}/14")
    to_the_end(rose)
    listening(rose, guest)

    reply(otto, "I have just arrived at the quay with the first container.")

    expect(post(rose, 15)).to_contain_text("first container")
    expect(rose.locator(".replies-pill")).to_be_hidden()
    expect(rose.locator("[data-announce]")).to_have_text("New reply by Otto")
    pill = guest.locator(".replies-pill")
    expect(pill).to_have_text("1 new reply")
    expect(post(guest, 15)).to_have_count(0)
    pill.click()
    expect(post(guest, 15)).to_be_in_viewport()
    expect(pill).to_be_hidden()
    expect(guest.locator(".timeline__handle b")).to_contain_text("/ 15")
    expect(guest.locator(".topic-map dd").first).to_have_text("14")


def test_who_writes_a_reply_is_offered_to_read_first_what_arrives(window: Window):
    rose = window("rose", address("Meanwhile"))
    otto = window("otto", address("Meanwhile"))
    listening(rose)
    begin(rose)
    rose.keyboard.type("Half of what I wanted to say")
    expect(rose.locator(".topic-map")).to_have_count(0)

    for number in (3, 4):
        reply(otto, f"What Otto had to say in post {number} of this topic.")
        expect(post(otto, number)).to_contain_text("What Otto had to say")

    told = rose.locator(".composer__told")
    expect(told).to_contain_text("2 replies arrived while you write.")
    expect(rose.locator(".topic-map dd").first).to_have_text("3")
    told.get_by_role("button", name="Read first").click()
    expect(post(rose, 3)).to_be_focused()
    expect(told).to_be_empty()
    expect(rose.locator("textarea")).to_have_value("Half of what I wanted to say")


def test_likes_edits_and_deletions_show_in_place(window: Window):
    rose = window("rose", address("Changes"))
    otto = window("otto", address("Changes"))
    guest = window("", address("Changes"))
    listening(rose, otto, guest)

    post(otto, 3).locator("like-button button").click()
    expect(post(otto, 3).locator("like-button button")).to_have_attribute("aria-pressed", "true")
    expect(post(rose, 3).locator(".num")).to_have_text("1")
    expect(post(guest, 3).locator(".num")).to_have_text("1")

    choose(otto, 4, "Edit")
    otto.locator("textarea").fill("Post four says something better now, at last.")
    otto.locator("textarea").press("Control+Enter")
    expect(post(otto, 4)).to_contain_text("something better")
    expect(post(rose, 4)).to_contain_text("something better")
    expect(post(guest, 4)).to_contain_text("something better")

    choose(otto, 6, "Delete")
    expect(otto.locator(".toast")).to_contain_text("Post 6 is deleted.")
    expect(post(guest, 6)).to_have_count(0)
    expect(post(otto, 6)).to_contain_text("was deleted")
    otto.locator(".toast button").click()
    expect(post(guest, 6)).to_contain_text("Post 6 of")
    expect(post(otto, 6).locator(".prose")).to_contain_text("Post 6 of")


def test_lists_offer_news_and_the_bell_counts(window: Window):
    rose = window("rose", "/latest")
    guest = window("", "/latest")
    listening(rose, guest)
    title = next(title for title in TOPICS if title.startswith("Lists"))
    otto = window("otto", address("Lists"))

    reply(otto, "The row of this topic moves to the top, @rose, when you ask.")

    for page in (rose, guest):
        line = page.locator(".pill-new a")
        expect(line).to_have_text("Show 1 new or updated topic")
        line.click()
        expect(page.locator(".topics__list li").first).to_contain_text(title)
        expect(page.locator(".topics__list li", has_text=title)).to_have_count(1)
        expect(line).to_be_hidden()
    expect(rose.locator("notification-bell .pip")).to_have_text(re.compile(r"[1-9]"))
    expect(rose.locator("#sidebar .count:visible").first).to_have_text(re.compile(r"[1-9]"))


def test_a_draft_survives_a_reload(window: Window):
    otto = window("otto", address("Drafts"))

    begin(otto)
    otto.keyboard.type("Half a thought about **drafts**")
    expect(otto.locator(".composer__preview strong")).to_have_text("drafts")
    expect(otto.locator("[data-state]")).to_contain_text(re.compile(r"Draft saved at \d"))
    otto.evaluate("localStorage.clear()")
    otto.reload()
    expect(otto.locator("[data-reply-label]")).to_have_text("Resume draft")
    otto.locator(".topic-foot [data-reply]").click()

    expect(otto.locator("textarea")).to_have_value("Half a thought about **drafts**")
    otto.locator("[data-act=close]").click()
    expect(otto.locator("[data-reply-label]")).to_have_text("Resume draft")

    otto.goto(otto.url.split("/t/")[0] + "/my/drafts")
    otto.get_by_role("button", name="Discard the draft").click()
    expect(otto.locator(".row-i")).to_be_hidden()
    otto.locator(".toast").get_by_role("button", name="Undo").click()
    expect(otto.locator(".row-i")).to_be_visible()
    otto.locator(".row-i a").click()
    otto.locator(".topic-foot [data-reply]").click()
    expect(otto.locator("textarea")).to_have_value("Half a thought about **drafts**")
    otto.locator("textarea").fill("")
    with otto.expect_response(lambda answer: answer.request.method == "DELETE"):
        expect(otto.locator("[data-state]")).to_be_empty()
    otto.reload()
    expect(otto.locator("[data-reply-label]")).to_have_text("Reply")


def test_what_is_wrong_with_a_new_topic_is_said_in_our_words_at_its_field(window: Window):
    otto = window("otto", "/new-topic")
    publish = otto.get_by_role("button", name="Publish the topic")

    publish.click()
    expect(otto.locator("#title-error")).to_have_text("Say what it is about.")
    expect(otto.locator("#raw-error")).to_have_text("Write your message.")
    otto.fill("#title", "Which quay takes a container on Sunday?")
    otto.fill("#raw", "Ours is closed, and the next one far away.")
    otto.fill("#tags", "unheard-of")
    publish.click()

    expect(otto.locator("#tags-error")).to_contain_text("There is no tag “unheard-of” yet")
    expect(otto.locator("#tags")).to_be_focused()
    expect(otto.locator("#raw")).to_have_value("Ours is closed, and the next one far away.")


def test_publishing_twice_makes_one_post(window: Window):
    otto = window("otto", address("Twice"))

    begin(otto)
    otto.keyboard.type("Impatience makes no second post of this one.")
    otto.keyboard.press("Control+Enter")
    otto.keyboard.press("Control+Enter")

    expect(post(otto, 3)).to_contain_text("Impatience")
    expect(otto.locator("post-composer")).to_be_hidden()
    expect(otto.locator(".is-pending")).to_have_count(0)
    otto.reload()
    expect(post(otto, 3)).to_have_count(1)
    expect(post(otto, 4)).to_have_count(0)


def test_what_may_have_been_sent_is_sent_again_as_the_same_post(window: Window):
    otto = window("otto", address("Offline"))
    lost = iter([True])

    def lose_the_answer(route) -> None:
        answer = route.fetch()
        if next(lost, False):
            route.abort()
        else:
            route.fulfill(response=answer)

    otto.route("**/t/*/reply", lose_the_answer)
    begin(otto)
    otto.keyboard.type("The answer to this one gets lost on its way.")
    otto.keyboard.press("Control+Enter")

    failed = otto.locator(".is-failed")
    expect(failed).to_contain_text("Not published.")
    expect(failed).to_contain_text("Your draft is safe on this device.")
    failed.get_by_role("button", name="Try again").click()
    expect(post(otto, 3)).to_contain_text("lost on its way")
    expect(otto.locator(".is-pending")).to_have_count(0)
    otto.reload()
    expect(post(otto, 4)).to_have_count(0)


def test_a_member_answers_with_the_keyboard_alone(window: Window):
    otto = window("otto", address("Keyboard"))

    for key in ("j", "j", "j", "l"):
        otto.keyboard.press(key)
    expect(post(otto, 3)).to_have_class(re.compile("is-selected"))
    expect(post(otto, 3).locator("like-button button")).to_have_attribute("aria-pressed", "true")
    otto.keyboard.press("r")
    expect(otto.locator("[data-to]")).to_have_text("Reply to Rose, post 3")
    otto.keyboard.type("Every key has its place @ro")
    expect(otto.get_by_role("option", name="Rose")).to_be_visible()
    assert 0 < otto.locator(".mentions").evaluate(DISTANCE) < 40  # below the first line
    otto.keyboard.press("Enter")
    expect(otto.locator("textarea")).to_have_value("Every key has its place @rose ")
    otto.keyboard.press("Control+Enter")

    expect(post(otto, 5)).to_contain_text("Every key has its place @rose")
    expect(post(otto, 5)).to_be_focused()
    otto.keyboard.press("u")
    expect(otto).to_have_url(re.compile("/c/square/"))


def test_a_reply_can_be_written_on_a_phone(window: Window):
    otto = window("otto", address("Phone"), phone=True)

    post(otto, 3).locator("[data-reply]").click()
    otto.locator("textarea").fill("Written with a *thumb* on the way to the port.")
    otto.locator("[data-pane=preview]").click()
    expect(otto.locator(".composer__preview em")).to_have_text("thumb")
    otto.locator("[data-pane=write]").first.click()
    otto.locator("[data-act=publish]").click()

    expect(post(otto, 4)).to_contain_text("thumb")
    assert otto.evaluate(COVERED) == []
    assert otto.evaluate("document.documentElement.scrollWidth <= innerWidth")
    otto.locator(".timeline-mini").click()
    expect(otto.get_by_role("slider")).to_be_visible()
    otto.keyboard.press("Home")
    expect(post(otto, 1)).to_be_in_viewport()


def test_reading_moves_the_mark_and_the_counts(window: Window):
    nina = window("nina", address("Reading"))

    with nina.expect_response("**/topics/timings") as report:
        nina.mouse.wheel(0, 300)
    assert report.value.ok
    nina.goto(nina.url.split("/t/")[0] + "/latest")

    row = nina.locator(".topics__list li", has_text="Reading: what has been")
    expect(row).not_to_have_class(re.compile("is-new"))


def test_of_two_edits_the_second_sees_both_texts(window: Window):
    otto = window("otto", address("Conflict"))
    max_ = window("max", address("Conflict"))
    choose(otto, 2, "Edit")
    expect(otto.locator("textarea")).to_have_value(re.compile("Post 2"))
    choose(max_, 2, "Edit")
    expect(max_.locator("textarea")).to_have_value(re.compile("Post 2"))
    max_.locator("textarea").fill("Max was quicker to say it in other words.")
    max_.locator("textarea").press("Control+Enter")
    expect(post(max_, 2)).to_contain_text("Max was quicker")

    otto.locator("textarea").fill("Otto says it in his own words, a little later.")
    otto.locator("textarea").press("Control+Enter")

    told = otto.locator(".composer__told")
    expect(told).to_contain_text("Max was quicker")
    told.get_by_role("button", name="Keep mine").click()
    otto.locator("textarea").press("Control+Enter")
    expect(post(otto, 2)).to_contain_text("his own words")
    expect(post(max_, 2)).to_contain_text("his own words")


def test_a_menu_opens_without_moving_the_page(window: Window):
    otto = window("otto", address("Conflict"))

    more = post(otto, 2).get_by_role("button", name="More actions")
    more.scroll_into_view_if_needed()
    before = otto.evaluate("scrollY")
    more.click()

    expect(post(otto, 2).get_by_role("menuitem", name="Edit")).to_be_focused()
    otto.keyboard.press("ArrowDown")
    expect(post(otto, 2).get_by_role("menuitem", name="Quote")).to_be_focused()
    assert otto.evaluate("scrollY") == before


def test_a_topic_that_is_closed_says_so_to_its_readers(window: Window):
    otto = window("otto", address("Closing"))
    listening(otto)
    max_ = window("max", address("Closing"))

    max_.get_by_role("button", name="Manage").click()
    max_.get_by_role("menuitem", name="Close").click()

    expect(otto.locator(".topic-head")).to_contain_text("Closed")
    expect(otto.locator(".topic-foot")).to_contain_text("takes no more replies")
    expect(otto.locator(".post-small")).to_contain_text("closed this topic")


def test_posts_load_in_place_above_and_below(window: Window):
    guest = window("", f"{address('Long')}/30")

    expect(post(guest, 30)).to_be_in_viewport()
    guest.keyboard.press("End")
    expect(post(guest, 60)).to_be_attached()
    # The end of the page lies below the last post: what to read next comes there.
    post(guest, 60).scroll_into_view_if_needed()
    expect(post(guest, 60)).to_be_in_viewport()
    expect(guest).to_have_url(re.compile(r"/(5\d|60)$"))
    guest.keyboard.press("Home")
    expect(post(guest, 1)).to_be_attached()
    numbers = guest.locator("[data-posts] article").evaluate_all(
        "posts => posts.map((post) => Number(post.dataset.number))"
    )
    assert numbers == list(range(1, 61))


def post(page: Page, number: int):
    return page.locator(f"#p{number}")


def to_the_end(page: Page) -> None:
    page.evaluate("scrollTo(0, document.body.scrollHeight)")


def listening(*pages: Page) -> None:
    """Wait until each page's socket is in its rooms: what rings now is heard."""
    for page in pages:
        expect(page.locator("html")).to_have_attribute("data-live", "")


def begin(page: Page) -> None:
    page.locator(".topic-foot [data-reply]").click()
    expect(page.locator("textarea")).to_be_focused()


def reply(page: Page, text: str) -> None:
    begin(page)
    page.keyboard.type(text)
    page.keyboard.press("Control+Enter")


def choose(page: Page, number: int, name: str) -> None:
    """An act from the menu of a post."""
    post(page, number).get_by_role("button", name="More actions").click()
    post(page, number).get_by_role("menuitem", name=name).click()
