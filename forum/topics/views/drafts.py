"""What is being written, kept on the server while it is no post."""

from flask import Blueprint, Response, jsonify, redirect
from werkzeug.wrappers import Response as BaseResponse

from forum.core.database import transaction
from forum.core.errors import Conflict
from forum.topics.queries import drafts as draft_queries
from forum.topics.service import drafts
from forum.web.guards import member, member_only, viewer, wants_json
from forum.web.params import params

bp = Blueprint("drafts", __name__)


@bp.put("/drafts/<key>")
@member_only
def keep_draft(key: str) -> Response:
    """Keep what is being written."""
    given = params()
    fields, sequence = given.document("fields"), given.integer("sequence", 0)
    try:
        with transaction():
            draft = drafts.keep(by=member(), key=key, fields=fields, sequence=sequence)
    except Conflict as conflict:
        newer = draft_queries.find(viewer(), key)
        answer = jsonify(errors=[conflict.message], error_type="conflict", draft=newer)
        answer.status_code = 409
        return answer
    return jsonify(success="OK", sequence=draft.sequence, updated_at=draft.updated_at.isoformat())


@bp.get("/drafts/<key>")
@member_only
def draft(key: str) -> Response:
    """A kept draft, or null."""
    return jsonify(draft=draft_queries.find(viewer(), key))


@bp.delete("/drafts/<key>")
@member_only
def discard_draft(key: str) -> Response:
    """Forget a draft; with a `sequence` not a newer one of another device."""
    with transaction():
        drafts.discard(by=member(), key=key, sequence=params().integer("sequence", None))
    return jsonify(success="OK")


@bp.post("/drafts/<key>/deletion")
@member_only
def drop(key: str) -> BaseResponse:
    """Forget a draft from the list of them."""
    with transaction():
        drafts.discard(by=member(), key=key)
    if wants_json():
        return jsonify(success="OK")
    return redirect("/my/drafts", 303)
