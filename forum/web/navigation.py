"""The menu beside every page. Features say what they put in it; it is built only when drawn."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from flask import g, request

if TYPE_CHECKING:
    from forum.accounts.guest import Guest
    from forum.accounts.models.user import User

SECTIONS = ("main", "categories", "staff", "tools", "account", "admin")
TABS = 5


@dataclass(frozen=True)
class Item:
    """One line of the menu."""

    label: str
    path: str
    icon: str = ""
    hue: int | None = None
    count: int = 0
    # Counts of what is new to the reader are marked; counts of work to do are only told.
    is_news: bool = True
    private: bool = False
    # What the phone's tab bar calls it; without, it has no tab.
    tab: str = ""
    # The key that leads there after G.
    key: str = ""
    # Beginnings of other addresses that belong to it.
    covers: tuple[str, ...] = ()
    # The rooms whose rings change the count, for the page's scripts; the first says what is counted.
    counter: str = ""
    # The custom element that makes more of a tool of the masthead.
    element: str = ""

    @property
    def current(self) -> bool:
        """Whether the page is in this place."""
        here = g.get("place") or request.path
        return here == self.path or here.startswith(self.covers)


Provider = Callable[["User | Guest"], Iterable[Item]]

_providers: dict[str, list[Provider]] = {section: [] for section in SECTIONS}


def register(section: str, provider: Provider) -> None:
    """Add a feature's lines to a section, after those already there."""
    if provider not in _providers[section]:
        _providers[section].append(provider)


def stand_at(path: str) -> None:
    """Say whose place this page is in, when its address does not: a topic is in its category."""
    g.place = path


class Navigation:
    """The menu of one viewer, each section asked for at most once a page."""

    def __init__(self, viewer: "User | Guest") -> None:
        self._viewer = viewer

    @cached_property
    def main(self) -> list[Item]:
        return self._section("main")

    @cached_property
    def categories(self) -> list[Item]:
        """Places to talk, but for those that a place of the main section stands for."""
        covered = {path for item in self.main for path in item.covers}
        return [item for item in self._section("categories") if item.path not in covered]

    @cached_property
    def staff(self) -> list[Item]:
        return self._section("staff")

    @cached_property
    def tools(self) -> list[Item]:
        """The icons of the masthead, as the bell."""
        return self._section("tools")

    @cached_property
    def account(self) -> list[Item]:
        """The lines of the member's own menu."""
        return self._section("account")

    @cached_property
    def admin(self) -> list[Item]:
        """The staff screens, beside each of them."""
        return self._section("admin")

    @property
    def tabs(self) -> list[Item]:
        """The places of the phone's tab bar."""
        return [item for item in self.main if item.tab][:TABS]

    def _section(self, section: str) -> list[Item]:
        return [item for provider in _providers[section] for item in provider(self._viewer)]
