"""A forum that is open, and people who look at it in real browsers."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cast import PASSWORD
from tests.support.browser import chromium
from tests.support.live_server import LiveServer, live_server

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
# What a page may say on its console although nothing is wrong.
HARMLESS = ("Failed to load resource",)

Window = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=8_000)
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def live() -> Iterator[LiveServer]:
    with live_server("tests.journeys.square:fill") as server:
        yield server


@pytest.fixture(scope="session")
def tickets() -> dict[str, Any]:
    """The cookies of those who have signed in once."""
    return {}


@pytest.fixture
def window(live: LiveServer, browser: Browser, tickets: dict[str, Any]) -> Iterator[Window]:
    """`window("rose", "/latest")`: a page in a browser of her own; no name opens a guest's.

    Whatever goes wrong in a script fails the test.
    """
    opened: list[BrowserContext] = []
    faults: list[str] = []

    def open_window(name: str = "", path: str = "/", *, phone: bool = False) -> Page:
        # Where something still moves Playwright tries again after scrolling the page, as nobody does.
        still: dict[str, Any] = {"locale": "en-GB", "reduced_motion": "reduce"}
        look: dict[str, Any] = {"viewport": DESK, **still}
        if phone:
            look |= {"viewport": PHONE, "has_touch": True, "is_mobile": True}
        if name and name not in tickets:
            tickets[name] = _sign_in(browser, live, name)
        context = browser.new_context(**look, storage_state=tickets.get(name))
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{name or 'guest'}: {error}"))
        page.on("console", lambda said: _note(faults, name, said))
        page.goto(live.path(path))
        return page

    yield open_window
    for context in opened:
        context.close()
    assert faults == []


def _note(faults: list[str], name: str, said: Any) -> None:
    if said.type == "error" and not said.text.startswith(HARMLESS):
        faults.append(f"{name or 'guest'}: {said.text}")


def _sign_in(browser: Browser, live: LiveServer, name: str) -> Any:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(live.path("/login"))
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda address: "/login" not in address)
    ticket = context.storage_state()
    context.close()
    return ticket
