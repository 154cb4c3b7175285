"""Core errors to pages and JSON, in the words of Discourse's API where it has them."""

import logging
from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from forum.core import errors
from forum.core.i18n import _, lazy
from forum.web.guards import wants_json

log = logging.getLogger(__name__)

# kind of error: status, Discourse's error_type, what to say when the error says nothing
KINDS: dict[type[errors.Refusal], tuple[int, str, Any]] = {
    errors.Forbidden: (403, "invalid_access", lazy("You are not permitted to do that.")),
    errors.NotFound: (
        404,
        "not_found",
        lazy("This page does not exist, or is not open to you."),
    ),
    errors.Conflict: (409, "conflict", lazy("Someone changed this in the meantime.")),
    errors.Invalid: (422, "invalid_parameters", lazy("Please check what you entered.")),
    errors.TooMany: (429, "rate_limit", lazy("That was quick. Please wait a moment.")),
}
STATUS_TYPES = {400: "invalid_parameters", 404: "not_found", 413: "too_large", 429: "rate_limit"}


def init_app(app: Flask) -> None:
    """Answer every error the same way everywhere."""
    app.register_error_handler(errors.Refusal, _refuse)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _crash)


def _refuse(error: errors.Refusal) -> Response:
    status, kind, default = next(
        found for known, found in KINDS.items() if isinstance(error, known)
    )
    wait = getattr(error, "wait_seconds", None)
    response = answer(status, kind, error.message or str(default), wait_seconds=wait)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def _stale_form(_error: CSRFError) -> Response:
    return answer(403, "bad_csrf", _("This page was open for too long. Reload it and try again."))


def _http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    defaults = {
        404: KINDS[errors.NotFound][2],
        405: lazy("This address does not take that kind of request."),
        413: lazy("That is too large to be taken."),
    }
    message = str(defaults.get(error.code, lazy("This request could not be read.")))
    return answer(error.code, STATUS_TYPES.get(error.code, "invalid_parameters"), message)


def _crash(error: Exception) -> Response:
    log.error("Unexpected error", exc_info=error)
    return answer(500, "internal_error", _("Something went wrong on our side. It has been noted."))


def answer(status: int, kind: str, message: str, *, wait_seconds: int | None = None) -> Response:
    """A refusal as JSON for programs, as a page for people; never kept by a cache."""
    if wants_json():
        content: dict[str, Any] = {"errors": [message], "error_type": kind}
        if wait_seconds:
            content["extras"] = {"wait_seconds": wait_seconds}
        response = jsonify(content)
        response.status_code = status
    else:
        page = render_template(
            ["errors/%d.html" % status, "errors/any.html"],  # noqa: UP031
            status=status,
            message=message,
            wait_seconds=wait_seconds,
        )
        response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
