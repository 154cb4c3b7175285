"""The system's Chromium, driven by Playwright, which downloads no browser of its own."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--no-sandbox",  # a sandbox needs more rights than a container grants
    "--disable-gpu",
    # Tests talk to this machine only; what Chromium asks the world by itself is turned off.
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class ChromiumMissing(RuntimeError):
    """There is no browser on this machine; the message says how to install one."""


def chromium_path() -> str:
    """Where the system's Chromium is."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    raise ChromiumMissing(
        "Browser tests need Chromium, which is not on this machine. "
        "Install it with: apt-get update && apt-get install chromium"
    )


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser; each member in a test has a `browser.new_context()` of their own."""
    path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=[*FLAGS])
        try:
            yield browser
        finally:
            browser.close()
