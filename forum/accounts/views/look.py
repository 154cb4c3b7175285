"""The language and the theme of pages: in a cookie for guests, with the account for members."""

from flask import Blueprint, current_app, redirect, request
from werkzeug.wrappers import Response

from forum.accounts.models.user import User
from forum.accounts.service import profiles
from forum.core.database import transaction
from forum.core.errors import NotFound
from forum.core.i18n import LOCALES
from forum.web import callers
from forum.web.guards import viewer, wants_json
from forum.web.locale import COOKIE_SECONDS, LOCALE_COOKIE, THEME_COOKIE
from forum.web.params import params

bp = Blueprint("look", __name__)


@bp.get("/locale/<locale>")
def choose_locale(locale: str) -> Response:
    """A link, so that it works everywhere; other sites' links change nothing."""
    if locale not in LOCALES:
        raise NotFound
    response = redirect(callers.own_path(request.args.get("next")))
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return response
    person = viewer()
    if isinstance(person, User):
        with transaction():
            profiles.choose_locale(person, locale)
    return _keep(response, LOCALE_COOKIE, locale)


@bp.post("/preferences/theme")
def choose_theme() -> Response:
    theme = params().text("theme", longest=10)
    profiles.check_theme(theme)
    person = viewer()
    if isinstance(person, User):
        with transaction():
            profiles.choose_theme(person, theme)
    if wants_json():
        return _keep(current_app.make_response(("", 204)), THEME_COOKIE, theme)
    back = callers.own_path(request.form.get("next"))
    return _keep(redirect(back), THEME_COOKIE, theme)


def _keep(response: Response, name: str, value: str) -> Response:
    response.set_cookie(
        name,
        value,
        max_age=COOKIE_SECONDS,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        samesite="Lax",
    )
    return response
