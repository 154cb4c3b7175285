"""What every JSON answer shares: keys instead of cookies, and JSON at addresses without `.json`."""

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from forum.core.errors import Forbidden
from forum.core.i18n import _
from forum.core.limits import Limit
from forum.web.forms import csrf
from forum.web.guards import key_given, viewer, wants_json

NAME_HEADER = "Api-Username"
CALLS = Limit("api.key", "60 per minute")  # Discourse's default for keys of admins


def init_app(app: Flask) -> None:
    """Guard every change, by key or by token, and answer in the form that was asked for."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.before_request(_guard)
    app.before_request(_answer_json_where_asked)


def name_given() -> str:
    """Whom a program wants to act as."""
    return request.headers.get(NAME_HEADER, "")


def _guard() -> None:
    """A key stands for itself: the cookie is not looked at, so no other site can use it."""
    most = request.max_content_length
    if most is not None and (request.content_length or 0) > most:
        raise RequestEntityTooLarge  # even where nobody will read it
    if not key_given():
        csrf.protect(apply_exemptions=True)
        return
    if viewer().is_guest:
        raise Forbidden(_("This key does not open, or not for that member."))
    CALLS.spend(key_given()[:16])


def _answer_json_where_asked() -> ResponseReturnValue | None:
    if request.path.endswith(".json") or not wants_json():
        return None
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return None
    try:
        rule, values = adapter.match(
            f"{request.path.rstrip('/')}.json", request.method, return_rule=True
        )
    except HTTPException:
        return None
    if not rule.rule.endswith(".json"):
        return None  # an address that takes any name took our ending for a part of it
    return current_app.ensure_sync(current_app.view_functions[rule.endpoint])(**values)
