"""Whole pages of guests, kept in memory for half a minute and only while nothing has changed.

All guests with one language and theme get the same page, so it is drawn for the first of them. A
page is kept under all that it depends on: its address, the language and theme, and the number that
moves in the very transaction of whatever a reader could see change (`core/versions.py`), read anew
at each request. A member's page is never kept, nor is one that holds a token, sets a cookie or was
drawn for a visitor of whom a session knows something. docs/decisions/0009-kept-pages.md says why.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from flask import Flask, Response, g, request, session

from forum.core.i18n import current_locale
from forum.web.guards import View, viewer
from forum.web.locale import chosen_theme

# "3 min" grows old even where nothing changes; scripts refresh it, but not everyone has them.
KEPT_SECONDS = 30
MOST_BYTES = 16 * 1024 * 1024
HEADERS = ("Content-Type", "Content-Encoding")
# What a session may hold without changing the page: the secret of forms, which is not on it.
WITHOUT_TRACE = {"csrf_token"}

Key = tuple[str, ...]
Act = Callable[[], object]


@dataclass
class Page:
    """A page as it was sent, how things stood then, and what to do each time it is shown."""

    version: int
    until: float
    acts: list[Act] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    def show(self) -> Response:
        """The page once more."""
        for act in self.acts:
            act()
        return Response(self.body, headers=self.headers)


class Shelf:
    """Pages by key, the longest unread making room."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes, self.bytes = most_bytes, 0
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Key, version: int) -> Page | None:
        """The page, if it still says how things stand."""
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if page.version != version or page.until < time.monotonic():
                self._take_out(key)
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: Key, page: Page) -> None:
        """Keep a page, unless it alone would fill a good part of the shelf."""
        if len(page.body) > self.most_bytes // 16:
            return
        with self._lock:
            self._take_out(key)
            self._pages[key] = page
            self.bytes += len(page.body)
            while self.bytes > self.most_bytes:
                self._take_out(next(iter(self._pages)))

    def clear(self) -> None:
        """Keep nothing, as at the start of each test."""
        with self._lock:
            self._pages.clear()
            self.bytes = 0

    def _take_out(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self.bytes -= len(page.body)


_shelf = Shelf()
forget = _shelf.clear


def init_app(app: Flask) -> None:
    """Call it before what changes answers, as compression does: the last word is what is kept."""
    app.after_request(_keep)


def kept_for_guests(view: View) -> View:
    """Draw the page once for all guests. The view must depend on nothing but its address."""

    @wraps(view)
    def keeping(*args: Any, **kwargs: Any) -> Any:
        version = _version_to_keep_by()
        if version is None:
            return view(*args, **kwargs)
        page = _shelf.find(_key(), version)
        if page is not None:
            return page.show()
        g.page_to_keep = Page(version, time.monotonic() + KEPT_SECONDS)
        return view(*args, **kwargs)

    return keeping


def each_time(act: Act) -> None:
    """Do something now, and whenever this page is shown again without being drawn: count it."""
    act()
    page: Page | None = g.get("page_to_keep")
    if page is not None:
        page.acts.append(act)


def do_not_keep() -> None:
    """Draw this page anew the next time, because of something that no number tells."""
    g.pop("page_to_keep", None)


def _version_to_keep_by() -> int | None:
    """How things stand, if the one who asks is nobody in particular."""
    person = viewer()
    if request.method != "GET" or not person.is_guest or session.keys() - WITHOUT_TRACE:
        return None
    version: int | None = person.site_version
    return version


def _keep(response: Response) -> Response:
    page: Page | None = g.pop("page_to_keep", None)
    if page is not None and _is_same_for_all(response):
        page.headers = [
            (name, response.headers[name]) for name in HEADERS if name in response.headers
        ]
        page.body = response.get_data()
        _shelf.put(_key(), page)
    return response


def _is_same_for_all(response: Response) -> bool:
    return (
        response.status_code == 200
        and response.mimetype == "text/html"
        and not response.is_streamed
        and "Set-Cookie" not in response.headers
        and not session.modified
        and "csrf_token" not in g
    )


def _key() -> Key:
    encodings = request.headers.get("Accept-Encoding", "")
    return (request.host, request.full_path, current_locale(), chosen_theme(), encodings)
