"""Which language and theme for this request."""

from flask import Flask, request

from forum.config import config
from forum.core.i18n import LOCALES, set_locale
from forum.web.guards import viewer

THEMES = ("light", "dark", "auto")
LOCALE_COOKIE, THEME_COOKIE = "locale", "theme"
COOKIE_SECONDS = 31_536_000


def init_app(app: Flask) -> None:
    """Choose the language before any view runs."""
    app.before_request(_choose)


def chosen_locale() -> str:
    """A member's own choice, else the switch's cookie, else what the browser asks for."""
    person = viewer()
    if not person.is_guest:
        return person.locale
    kept = request.cookies.get(LOCALE_COOKIE)
    if kept in LOCALES:
        return kept
    wished = (tag.partition("-")[0].lower() for tag in request.accept_languages.values())
    return next((locale for locale in wished if locale in LOCALES), config().locale)


def chosen_theme() -> str:
    """A member's own choice, else the cookie's, else the system's."""
    person = viewer()
    if not person.is_guest:
        return person.theme
    kept = request.cookies.get(THEME_COOKIE, "auto")
    return kept if kept in THEMES else "auto"


def _choose() -> None:
    set_locale(chosen_locale())
