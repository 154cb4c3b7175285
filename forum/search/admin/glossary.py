"""The glossary as staff see it: found, written, removed and brought back, taken out and in."""

import csv
from contextlib import closing
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from forum.core import spreadsheet
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid
from forum.core.i18n import _
from forum.search import entries
from forum.search.entries import Imported
from forum.search.models import SEPARATOR, GlossaryEntry
from forum.search.staff_forms import EntryForm, ImportForm
from forum.web.forms import page_cursor
from forum.web.guards import member, staff_only

bp = Blueprint("admin_glossary", __name__, url_prefix="/admin/glossary")

COLUMNS = ("words_fr", "words_en")
LARGEST_FILE = 1024 * 1024
PROBLEMS_SHOWN = 20


@bp.get("")
@staff_only
def index() -> str:
    return _list(ImportForm(None))


@bp.get("/new")
@staff_only
def new() -> str:
    given = {side: request.args.get(side, "")[: entries.LONGEST_NAME] for side in COLUMNS}
    return render_template("search/admin/entry.html", entry=None, form=EntryForm(None, **given))


@bp.post("/new")
@staff_only
def create() -> Any:
    form = EntryForm()
    if form.validate():
        try:
            with transaction():
                entry = entries.add(*form.sides, by=member())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("“%(name)s” is in the glossary.", name=entry.names("fr")[0]), "ok")
            return redirect(url_for("admin_glossary.index"))
    return render_template("search/admin/entry.html", entry=None, form=form), 422


@bp.get("/<int:entry_id>")
@staff_only
def show(entry_id: int) -> str:
    entry = entries.get(entry_id)
    return _page(entry, EntryForm(None, **{side: _one_a_line(entry, side) for side in COLUMNS}))


@bp.post("/<int:entry_id>")
@staff_only
def update(entry_id: int) -> Any:
    entry, form = entries.get(entry_id), EntryForm()
    if form.validate():
        try:
            with transaction():
                entries.change(entry, *form.sides, by=member())
        except (Invalid, Conflict) as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."), "ok")
            return redirect(url_for("admin_glossary.index"))
    return _page(entries.get(entry_id), form), 422


@bp.post("/<int:entry_id>/removal")
@staff_only
def remove(entry_id: int) -> Response:
    with transaction():
        entries.remove(entries.get(entry_id), by=member())
    return redirect(url_for("admin_glossary.index", removed=entry_id))


@bp.post("/<int:entry_id>/restoration")
@staff_only
def restore(entry_id: int) -> Response:
    entry = entries.get(entry_id)
    try:
        with transaction():
            entries.restore(entry, by=member())
    except Invalid as refusal:
        flash(refusal.message, "danger")
        return redirect(url_for("admin_glossary.show", entry_id=entry_id))
    flash(_("“%(name)s” is in the glossary again.", name=entry.names("fr")[0]), "ok")
    return redirect(url_for("admin_glossary.index"))


@bp.get("/export.csv")
@staff_only
def export() -> Response:
    """All entries, as the import takes them."""
    rows = [(entry.words_fr, entry.words_en) for entry in entries.in_use()]
    return _file(spreadsheet.written(COLUMNS, rows))


@bp.post("/import")
@staff_only
def take_in() -> Any:
    form = ImportForm()
    try:
        rows = list(spreadsheet.read(_uploaded()))
        if not 0 < len(rows) <= entries.MOST_ENTRIES or not rows[0].keys() >= {*COLUMNS}:
            raise Invalid(_not_a_table(), "table")
        with transaction():
            done = entries.add_all(rows, by=member())
    except (csv.Error, UnicodeError):
        form.refuse(Invalid(_not_a_table(), "table"))
    except Invalid as refusal:
        form.refuse(refusal)
    else:
        return _list(ImportForm(None), imported=done)
    return _list(form), 422


def _list(form: ImportForm, *, imported: Imported | None = None) -> str:
    typed = request.args.get("q", "")[:100]
    among_removed = request.args.get("show") == "removed"
    just_removed = request.args.get("removed", type=int)
    return render_template(
        "search/admin/glossary.html",
        entries=entries.listed(typed, removed=among_removed, after=page_cursor()),
        typed=typed,
        among_removed=among_removed,
        count=entries.count(),
        removed_count=entries.count(removed=True),
        removed=entries.get(just_removed) if just_removed else None,
        form=form,
        imported=imported,
        problems_shown=PROBLEMS_SHOWN,
    )


def _page(entry: GlossaryEntry, form: EntryForm) -> str:
    return render_template("search/admin/entry.html", entry=entry, form=form)


def _one_a_line(entry: GlossaryEntry, side: str) -> str:
    return str(getattr(entry, side)).replace(SEPARATOR, "\n")


def _uploaded() -> str:
    file = request.files.get("table")
    if file is None or not file.filename:
        raise Invalid(_("Choose a file first."), "table")
    with closing(file):
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise Invalid(_("This file is too large."), "table")
    return content.decode("utf-8-sig")


def _not_a_table() -> str:
    return _("This is no CSV file in UTF-8 with the columns words_fr and words_en.")


def _file(content: str) -> Response:
    response = Response(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = "attachment; filename=glossary.csv"
    return response
