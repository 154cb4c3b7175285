"""Where a member is signed in: ended one by one, or all but this one; and that he was here."""

from flask import Blueprint, redirect, session
from werkzeug.wrappers import Response

from forum.accounts.models.user import User
from forum.accounts.service import sessions
from forum.core.database import transaction
from forum.web import callers
from forum.web.guards import member, member_only, viewer

bp = Blueprint("sessions", __name__)

HOME = "/preferences?saved=security#security"


@bp.before_app_request
def note_visit() -> None:
    """Every few minutes, remember that the member is here and keep the cookie fresh."""
    person = viewer()
    if not isinstance(person, User) or not sessions.is_due(person):
        return
    with transaction():
        sessions.note_visit(person, address=callers.address())
    session.modified = session.permanent


@bp.post("/preferences/sessions/<int:session_id>/end")
@member_only
def end(session_id: int) -> Response:
    with transaction():
        sessions.end(member(), session_id)
    return redirect(HOME)


@bp.post("/preferences/sessions/end-others")
@member_only
def end_others() -> Response:
    with transaction():
        sessions.end_others(member())
    return redirect(HOME)
