"""What members seek and do not find: a word that is missing, a thing that nobody has written yet."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from forum.core import spreadsheet
from forum.core.database import transaction
from forum.core.i18n import LazyText, _, lazy
from forum.search import gap_groups, settings
from forum.search.models import LONGEST_KEY
from forum.search.policies import can_manage
from forum.web.guards import animateur_only, member
from forum.web.params import params

bp = Blueprint("admin_gaps", __name__, url_prefix="/admin/gaps")

PERIODS: dict[str, LazyText] = {
    "week": lazy("Last 7 days"),
    "month": lazy("Last 30 days"),
    "year": lazy("Last 12 months"),
}
COLUMNS = ("words", "people", "found_none", "asked", "last_on")


@bp.get("")
@animateur_only
def index() -> str:
    period, dismissed = _period(), request.args.get("show") == "dismissed"
    return render_template(
        "search/admin/gaps.html",
        gaps=gap_groups.groups(period, dismissed=dismissed),
        period=period,
        periods=PERIODS,
        dismissed=dismissed,
        people=settings.GAP_PEOPLE(),
        days=settings.LOG_DAYS(),
        shown=gap_groups.SHOWN,
        may_write_glossary=can_manage(member()),
    )


@bp.get("/export.csv")
@animateur_only
def export() -> Response:
    """The same as a table, with more rows."""
    gaps = gap_groups.groups(_period(), most=gap_groups.MOST_EXPORTED)
    rows = [[getattr(gap, column) for column in COLUMNS] for gap in gaps]
    response = Response(spreadsheet.written(COLUMNS, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = "attachment; filename=sought-in-vain.csv"
    return response


@bp.post("/dismissal")
@animateur_only
def dismiss() -> Response:
    with transaction():
        gap_groups.dismiss(_key(), by=member())
    flash(_("Dismissed. It is kept under “Dismissed”."), "ok")
    return redirect(url_for("admin_gaps.index", period=_period()))


@bp.post("/return")
@animateur_only
def bring_back() -> Response:
    with transaction():
        gap_groups.bring_back(_key(), by=member())
    flash(_("It is shown again."), "ok")
    return redirect(url_for("admin_gaps.index", period=_period()))


def _key() -> str:
    return params().text("key", longest=LONGEST_KEY)


def _period() -> str:
    period = request.values.get("period", "")
    return period if period in PERIODS else "month"
