"""What every template may use: filters, globals, and what is known of the page being drawn."""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape
from wtforms import Field

from forum.config import config
from forum.core.i18n import LOCALES, _, current_locale, ngettext
from forum.web import formats
from forum.web.assets import Assets
from forum.web.guards import viewer
from forum.web.locale import chosen_theme
from forum.web.navigation import Navigation

STATIC = Path(__file__).parent.parent.parent / "static"
FILTERS = (
    formats.ago,
    formats.country,
    formats.day,
    formats.full_date,
    formats.long_day,
    formats.number,
    formats.short_number,
    formats.stamp,
    formats.time_of_day,
    formats.when,
)


class Site:
    """What pages say about the community."""

    @property
    def name(self) -> str:
        return config().site_name

    @property
    def locale(self) -> str:
        return config().locale


@cache
def assets() -> Assets:
    """The static files, read once a process."""
    return Assets(STATIC)


def init_app(app: Flask) -> None:
    """Give templates their words, and answer static files before the application."""
    files = assets()
    app.extensions["assets"] = files
    app.wsgi_app = files.wrap(app.wsgi_app)  # type: ignore[assignment,method-assign]
    for text_filter in FILTERS:
        app.add_template_filter(text_filter)
    app.jinja_env.compute_once(_=_, asset=files.path, icon=drawn_icon)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(
        _=_,
        ngettext=ngettext,
        asset=files.path,
        attributes_of=attributes_of,
        csrf_token=generate_csrf,
        drawn_avatar=drawn_avatar,
        drawn_once=drawn_once,
        drawn_icon=drawn_icon,
        other_locale=other_locale,
        words_of_address=words_of_address,
        site=Site(),
    )
    app.context_processor(_of_this_page)


@cache
def drawn_icon(name: str, size: str = "", **more: str) -> Markup:
    """An icon of the sprite: size s or l, or the size of text; decoration for those who see."""
    # `class` is a word templates may use for a name, and Python may not.
    classes = ("i", f"i--{size}" if size else "", more.get("class", ""))
    address = assets().path("vendor/icons.svg")
    return Markup('<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>').format(
        " ".join(filter(None, classes)), address, name
    )


def drawn_avatar(user: Any, size: int | None = None, *, decorative: bool = False) -> Markup:
    """A person's picture, or initials on a tinted ground."""
    told = None if decorative else user.name or user.username
    return _avatar(user.tone, user.avatar_path, user.initials, told, size)


@lru_cache(maxsize=20_000)
def _avatar(
    tone: int, picture: str | None, initials: str, told: str | None, size: int | None
) -> Markup:
    inside = escape(initials)
    if picture:
        square = Markup('<img src="{}" width="{}" height="{}" alt="" loading="lazy">')
        inside = square.format(picture, size or 32, size or 32)
    says = Markup(' role="img" aria-label="{}" title="{}"').format(told, told)
    if told is None:
        says = Markup(' aria-hidden="true"')
    shape = f"avatar avatar--{size}" if size else "avatar"
    return Markup('<span class="{}" data-tone="{}"{}>{}</span>').format(shape, tone, says, inside)


def drawn_once(name: str) -> Markup:
    """A part of the page that depends on nothing but the language, kept after its first drawing."""
    return _drawn(current_app.jinja_env.get_template(name), current_locale())


@cache
def _drawn(template: Any, locale: str) -> Markup:
    # A template of ours, which escapes what it is given.
    return Markup(template.render(locale=locale))  # noqa: S704


def attributes_of(field: Field, hint: str | None, more: dict[str, Any]) -> dict[str, Any]:
    """What ties a field to its hint and error for those who hear the page."""
    told = [f"{field.id}-hint"] * bool(hint) + [f"{field.id}-error"] * bool(field.errors)
    attributes = dict(more)
    if told:
        attributes["aria_describedby"] = " ".join(told)
    if field.errors:
        attributes["aria_invalid"] = "true"
        attributes["autofocus"] = True  # a summary above comes first, where there is one
    return attributes


def other_locale() -> str:
    """The language the switch leads to."""
    return next(locale for locale in LOCALES if locale != current_locale())


def words_of_address() -> str:
    """What someone looked for, as far as a wrong address says it."""
    words = re.split(r"[\W\d_]+", request.path)
    return " ".join(word for word in words if len(word) > 2)


def _of_this_page() -> dict[str, Any]:
    person = viewer()
    return {
        "viewer": person,
        "locale": current_locale(),
        "theme": chosen_theme(),
        "time_zone": config().time_zone if person.is_guest else person.time_zone,
        "navigation": Navigation(person),
        "address": request.full_path.rstrip("?"),
    }
