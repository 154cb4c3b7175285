"""Who is asking, and doors that open only to some."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from flask import redirect, request, url_for
from flask_login import current_user
from flask_login.config import EXEMPT_METHODS
from werkzeug.wrappers import Response

from forum.core.errors import Forbidden, NotFound
from forum.core.i18n import _

if TYPE_CHECKING:
    from forum.accounts.guest import Guest
    from forum.accounts.models.user import User

View = Callable[..., Any]
KEY_HEADER = "Api-Key"


def viewer() -> "User | Guest":
    """The real user or guest, never Flask-Login's proxy."""
    return cast("User | Guest", current_user._get_current_object())


def member() -> "User":
    """The member who is asking, behind a guard that let no guest in."""
    person = viewer()
    if person.is_guest:
        raise Forbidden(_("You need to sign in to do that."))
    return cast("User", person)


def key_given() -> str:
    """The key of a program that calls; empty for a browser."""
    return request.headers.get(KEY_HEADER, "")


def wants_json() -> bool:
    """Whether the caller is a program: by address, key or `Accept`, or because it sent JSON."""
    if request.path.endswith(".json") or request.is_json or key_given():
        return True
    accepted = request.accept_mimetypes
    return accepted.best_match(["text/html", "application/json"]) == "application/json"


def member_only(view: View) -> View:
    """Ask a guest to sign in first; a program gets 403."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if viewer().is_guest:
            return _ask_to_sign_in()
        return view(*args, **kwargs)

    guarded.guard = "member"  # type: ignore[attr-defined]  # read by tests/architecture
    return guarded


def staff_only(view: View) -> View:
    """Let moderators and admins in; to anyone else the page does not exist."""
    return _only("staff", lambda: viewer().is_staff, view)


def animateur_only(view: View) -> View:
    """Let animateurs in, and staff; to anyone else the page does not exist."""
    return _only("animateur", lambda: viewer().is_animateur or viewer().is_staff, view)


def admin_only(view: View) -> View:
    """Let admins in; to anyone else the page does not exist."""
    return _only("admin", lambda: viewer().is_admin, view)


def _only(name: str, may_enter: Callable[[], bool], view: View) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if viewer().is_guest:
            return _ask_to_sign_in()
        if not may_enter():
            raise NotFound
        return view(*args, **kwargs)

    guarded.guard = name  # type: ignore[attr-defined]
    return guarded


def _ask_to_sign_in() -> Response:
    if wants_json() or request.method not in EXEMPT_METHODS | {"GET", "HEAD"}:
        raise Forbidden(_("You need to sign in to do that."))
    return redirect(url_for("login.show", next=request.full_path.rstrip("?")))
