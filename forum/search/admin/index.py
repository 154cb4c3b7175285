"""The index as staff see it, and building it anew."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from forum.core.errors import require
from forum.core.i18n import _
from forum.search import health, jobs, progress
from forum.search.policies import can_rebuild
from forum.web.guards import admin_only, member, staff_only

bp = Blueprint("admin_index", __name__, url_prefix="/admin/search")

REFRESH_SECONDS = 3


@bp.get("")
@staff_only
def show() -> str:
    return render_template(
        "search/admin/index.html",
        health=health.examine(),
        may_rebuild=can_rebuild(member()),
        refresh_seconds=REFRESH_SECONDS,
    )


@bp.post("/rebuild")
@admin_only
def rebuild() -> Response:
    require(can_rebuild(member()))
    going = progress.read()
    if going is None or not going.going_on:
        progress.ask()
        jobs.rebuild_index.later()
        flash(_("The index is being built anew. People search in the old one meanwhile."), "ok")
    return redirect(url_for("admin_index.show"))
