"""Pictures of members: served for ever under the name of their content, and changed."""

import re
from typing import Any

from flask import Blueprint, flash, make_response, redirect, request
from werkzeug.wrappers import Response

from forum.accounts import settings
from forum.accounts.service import avatars
from forum.core import storage
from forum.core.database import transaction
from forum.core.errors import Invalid, NotFound
from forum.core.i18n import _
from forum.web.guards import member, member_only
from forum.web.params import params

bp = Blueprint("avatars", __name__)

HOME = "/preferences"
YEAR_SECONDS = 31_536_000
# Only what was drawn as an avatar: other kept files have readers of their own.
_KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{62}" + re.escape(avatars.SUFFIX))


@bp.get("/avatars/<path:key>")
def show(key: str) -> Any:
    if not _KEY.fullmatch(key):
        raise NotFound
    try:
        path = storage.open_path(key)
    except FileNotFoundError as error:
        raise NotFound from error
    response = make_response(path.read_bytes())
    response.content_type = "image/webp"
    response.set_etag(key.replace("/", ""))
    response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    return response.make_conditional(request)


@bp.post("/preferences/avatar")
@member_only
def change() -> Response:
    settings.PICTURE.spend(member().id)
    picture = request.files.get("picture")
    try:
        if picture is None or not picture.filename:
            raise Invalid(_("Choose a picture first."), "picture")
        key = avatars.draw(picture.read(), _crop())
        with transaction():
            avatars.wear(member(), key)
    except Invalid as refusal:
        flash(refusal.message, "danger")
    else:
        flash(_("Your picture is changed."), "ok")
    return redirect(HOME)


@bp.post("/preferences/avatar/removal")
@member_only
def remove() -> Response:
    with transaction():
        avatars.take_off(member())
    flash(_("Your initials are shown."), "ok")
    return redirect(HOME)


def _crop() -> avatars.Crop | None:
    """The square a script let the member choose, in thousandths of the picture."""
    given = params()
    if not given.given("crop_size"):
        return None
    left, top, size = (
        given.integer(name, most=1000) / 1000 for name in ("crop_left", "crop_top", "crop_size")
    )
    return avatars.Crop(left, top, size)
