"""Staff screens of tags. They live with topics, which a merge of tags changes."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from forum.categories.policies import Viewer
from forum.core.database import transaction
from forum.core.errors import Invalid
from forum.core.i18n import _
from forum.tags import service
from forum.tags.forms import MergeForm, NewTagForm, TagForm
from forum.tags.models import Tag
from forum.tags.policies import can_manage
from forum.topics.queries import tags
from forum.topics.service import tagging
from forum.web.guards import member, staff_only
from forum.web.navigation import Item

bp = Blueprint("tags_admin", __name__, url_prefix="/admin/tags")


@bp.get("")
@staff_only
def index() -> str:
    return _list(NewTagForm())


@bp.post("")
@staff_only
def create() -> Any:
    form = NewTagForm()
    if form.validate():
        try:
            with transaction():
                tag = service.create(
                    form.name.data,
                    by=member(),
                    **form.words,
                )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("The tag “%(name)s” exists.", name=tag.name), "ok")
            return redirect(url_for("tags_admin.index"))
    return _list(form), 422


@bp.get("/<int:tag_id>")
@staff_only
def show(tag_id: int) -> str:
    return _page(tag_id)


@bp.post("/<int:tag_id>")
@staff_only
def update(tag_id: int) -> Any:
    tag, form = tags.get_known(member(), tag_id), TagForm()
    if form.validate():
        try:
            with transaction():
                tagging.relabel(
                    tag,
                    by=member(),
                    **form.words,
                )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."), "ok")
            return redirect(url_for("tags_admin.index"))
    return _page(tag_id, form=form), 422


@bp.post("/<int:tag_id>/merger")
@staff_only
def merge(tag_id: int) -> Any:
    """Make the tag a synonym of another, which takes its topics."""
    tag, form = tags.get_known(member(), tag_id), MergeForm()
    if form.validate():
        try:
            into = _other(form.into.data)
            with transaction():
                tagging.merge(tag, into=into, by=member())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            flash(_("“%(name)s” is now another word for “%(into)s”.",
                    name=tag.name, into=into.name), "ok")  # fmt: skip
            return redirect(url_for("tags_admin.show", tag_id=into.id))
    return _page(tag_id, merger=form), 422


@bp.post("/<int:tag_id>/removal")
@staff_only
def remove(tag_id: int) -> Response:
    tag = tags.get_known(member(), tag_id)
    with transaction():
        tagging.remove(tag, by=member())
    flash(_("The tag “%(name)s” is gone.", name=tag.name), "ok")
    return redirect(url_for("tags_admin.index"))


def menu(viewer: Viewer) -> Iterable[Item]:
    """The line beside every staff screen."""
    if can_manage(viewer):
        yield Item(_("Tags"), "/admin/tags", icon="hash", covers=("/admin/tags/",))


def _as_it_is(tag: Tag) -> TagForm:
    words = ", ".join(sorted(synonym.name for synonym in tag.synonyms))
    return TagForm(None, label_fr=tag.label_fr, label_en=tag.label_en, synonyms=words)


def _other(typed: str) -> Tag:
    found = tags.find(member(), typed)
    if found is None:
        raise Invalid(_("There is no tag of this name."), "into")
    return found


def _list(form: NewTagForm) -> str:
    return render_template(
        "tags/admin/list.html",
        form=form,
        known=tags.known(member()),
        counts=tags.counts(member()),
    )


def _page(tag_id: int, *, form: TagForm | None = None, merger: MergeForm | None = None) -> str:
    tag = tags.get_known(member(), tag_id)
    return render_template(
        "tags/admin/show.html",
        tag=tag,
        form=form or _as_it_is(tag),
        merger=merger or MergeForm(None),
        count=tags.counts(member()).get(tag.id, 0),
    )
