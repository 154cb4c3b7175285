"""A member's saved searches: keeping one, seeing what it found, changing how it tells."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from forum.alerts import asked, settings
from forum.alerts.forms import CHANNEL_LABELS, FREQUENCY_LABELS, SavedSearchForm
from forum.alerts.models import SavedSearch, SearchHit
from forum.alerts.queries import hits, own
from forum.alerts.service import saving
from forum.core.database import transaction
from forum.core.errors import Forbidden, Invalid
from forum.core.i18n import _
from forum.search.grammar import parser
from forum.web.forms import page_cursor
from forum.web.guards import member, member_only, viewer, wants_json
from forum.web.params import params

bp = Blueprint("saved", __name__, url_prefix="/alerts")

PAUSES = (1, 7, 30)


@dataclass(frozen=True)
class Row:
    """A saved search with the latest it found, and how much of it is new to its owner."""

    saved: SavedSearch
    found: list[SearchHit]
    new: int


@bp.get("")
@member_only
def index() -> str:
    """All of them."""
    person = member()
    new, latest = hits.new_counts(person), hits.latest(person)
    rows = [
        Row(saved, latest.get(saved.id, []), new.get(saved.id, 0)) for saved in own.owned_by(person)
    ]
    return render_template(
        "alerts/list.html",
        rows=rows,
        deleted=own.find_deleted(person, params().integer("deleted", 0)),
        most=settings.MOST_SEARCHES(),
        frequencies=FREQUENCY_LABELS,
        channels=CHANNEL_LABELS,
    )


@bp.get("/new")
def new() -> Any:
    """The form for a search that the address asks; `fragment` gives it without a page around.

    A guest signs in first and comes back here; in the fragment that is a link.
    """
    person, fields = viewer(), request.args.to_dict(flat=False)
    address = asked.address_of(fields)
    here = url_for("saved.new") + (f"?{address}" if address else "")
    bare = "fragment" in request.args
    if person.is_guest and not bare:
        return redirect(url_for("login.show", next=here))
    template = "alerts/_fragment.html" if bare else "alerts/new.html"
    return _form(template, address, here=here, nothing_found="nothing" in request.args)


@bp.post("")
def create() -> Any:
    """Keep a search. Who is not signed in is led to it, and finds the form as he left it."""
    address = asked.address_of(request.form.to_dict(flat=False))
    if viewer().is_guest:
        if wants_json():
            raise Forbidden(_("You need to sign in to do that."))
        return redirect(url_for("login.show", next=f"{url_for('saved.new')}?{address}"))
    person, form = member(), SavedSearchForm()
    if form.validate():
        try:
            with transaction():
                saved = saving.save(
                    address,
                    by=person,
                    name=form.name.data or "",
                    frequency=form.frequency.data,
                    channel=form.channel.data,
                )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved: “%(name)s”.", name=saved.name), "ok")
            return redirect(f"/alerts#s{saved.id}")
    here = f"{url_for('saved.new')}?{address}"
    return _form("alerts/new.html", address, here=here, form=form), 422


@bp.get("/<int:saved_search_id>")
@member_only
def show(saved_search_id: int) -> Any:
    """What one has found, and how it tells."""
    saved = own.get(member(), saved_search_id)
    return _page(saved, SavedSearchForm(formdata=None, obj=saved))


@bp.post("/<int:saved_search_id>")
@member_only
def change(saved_search_id: int) -> Any:
    saved = own.get(member(), saved_search_id)
    form = SavedSearchForm()
    if form.validate():
        try:
            with transaction():
                saving.change(
                    saved,
                    by=member(),
                    name=form.name.data or "",
                    frequency=form.frequency.data,
                    channel=form.channel.data,
                )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved: “%(name)s”.", name=saved.name), "ok")
            return redirect(saved.path)
    return _page(saved, form), 422


@bp.post("/<int:saved_search_id>/reading")
@member_only
def look_at(saved_search_id: int) -> Any:
    """All that was found is seen."""
    saved = own.get(member(), saved_search_id)
    with transaction():
        saving.look_at(saved, by=member())
    return redirect(saved.path)


@bp.post("/<int:saved_search_id>/pause")
@member_only
def pause(saved_search_id: int) -> Any:
    saved = own.get(member(), saved_search_id)
    days = params().integer("days", 7, least=1, most=saving.MOST_PAUSED_DAYS)
    with transaction():
        saving.pause(saved, by=member(), days=days)
    return redirect(saved.path)


@bp.post("/<int:saved_search_id>/resumption")
@member_only
def resume(saved_search_id: int) -> Any:
    saved = own.get(member(), saved_search_id)
    with transaction():
        saving.resume(saved, by=member())
    return redirect(saved.path)


@bp.post("/<int:saved_search_id>/removal")
@member_only
def remove(saved_search_id: int) -> Any:
    """Delete it at once; the next page offers to bring it back."""
    saved = own.get(member(), saved_search_id)
    with transaction():
        saving.remove(saved, by=member())
    return redirect(url_for("saved.index", deleted=saved.id))


@bp.post("/<int:saved_search_id>/recovery")
@member_only
def recover(saved_search_id: int) -> Any:
    saved = own.get_deleted(member(), saved_search_id)
    with transaction():
        saving.recover(saved, by=member())
    return redirect(f"/alerts#s{saved.id}")


def _form(
    template: str,
    address: str,
    *,
    here: str,
    form: SavedSearchForm | None = None,
    nothing_found: bool = False,
) -> str:
    """The form for a search, or what stands in its place: that it is kept, or asks nothing."""
    person = viewer()
    reading = parser.read(asked.request(address).text, person)
    return render_template(
        template,
        form=form or SavedSearchForm(formdata=None),
        asked=asked.fields_of(address),
        search_path=f"/search?{address}",
        here=here,
        words=reading.text,
        suggested="" if person.is_guest else saving.suggested_name(address, member()),
        kept=None if person.is_guest else own.same(person, address),
        empty=reading.empty,
        nothing_found=nothing_found,
    )


def _page(saved: SavedSearch, form: SavedSearchForm) -> str:
    """What one has found, the rest of its page beside it."""
    person = member()
    found = hits.found_by(saved, person, after=page_cursor())
    return render_template(
        "alerts/show.html",
        saved=saved,
        form=form,
        found=found,
        new=hits.new_among(found.items, person),
        pauses=PAUSES,
    )
