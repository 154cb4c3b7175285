"""Members as staff see them: found, trusted, silenced, suspended, given roles."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from forum.accounts import policies, queries
from forum.accounts.forms import RolesForm, SanctionForm, TrustForm
from forum.accounts.models.user import User
from forum.accounts.service import sanctions
from forum.core import clock
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid
from forum.core.i18n import _
from forum.web.forms import Form, page_cursor
from forum.web.guards import admin_only, member, staff_only

bp = Blueprint("admin_users", __name__, url_prefix="/admin/users")


@bp.get("")
@staff_only
def index() -> Any:
    search = request.args.get("q", "")[:100]
    users = queries.everyone(search, after=page_cursor())
    return render_template("accounts/admin/users.html", users=users, search=search)


@bp.get("/<int:user_id>")
@staff_only
def show(user_id: int) -> Any:
    return _page(queries.get(user_id))


@bp.post("/<int:user_id>/silence")
@staff_only
def silence(user_id: int) -> Any:
    user, form = queries.get(user_id), SanctionForm(prefix="silence-")
    if form.validate():
        try:
            with transaction():
                until = clock.now() + form.length
                sanctions.silence(user, until=until, reason=form.reason.data, by=member())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return _done(user, _("%(name)s may only read for now.", name=user.username))
    return _page(user, silence=form), 422


@bp.post("/<int:user_id>/silence/end")
@staff_only
def unsilence(user_id: int) -> Response:
    user = queries.get(user_id)
    with transaction():
        sanctions.unsilence(user, by=member())
    return _done(user, _("%(name)s may write again.", name=user.username))


@bp.post("/<int:user_id>/suspension")
@staff_only
def suspend(user_id: int) -> Any:
    user, form = queries.get(user_id), SanctionForm(prefix="suspension-")
    if form.validate():
        try:
            with transaction():
                until = clock.now() + form.length
                sanctions.suspend(user, until=until, reason=form.reason.data, by=member())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return _done(user, _("%(name)s is suspended.", name=user.username))
    return _page(user, suspension=form), 422


@bp.post("/<int:user_id>/suspension/end")
@staff_only
def unsuspend(user_id: int) -> Response:
    user = queries.get(user_id)
    with transaction():
        sanctions.unsuspend(user, by=member())
    return _done(user, _("%(name)s may come in again.", name=user.username))


@bp.post("/<int:user_id>/trust")
@staff_only
def trust(user_id: int) -> Any:
    user, form = queries.get(user_id), TrustForm()
    if form.validate():
        try:
            with transaction():
                sanctions.set_trust_level(user, form.trust_level.data, by=member())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return _done(user, _("Saved."))
    return _page(user, trust=form), 422


@bp.post("/<int:user_id>/roles")
@admin_only
def set_roles(user_id: int) -> Any:
    user, form = queries.get(user_id), RolesForm()
    try:
        with transaction():
            sanctions.set_roles(
                user,
                admin=form.admin.data,
                moderator=form.moderator.data,
                animateur=form.animateur.data,
                by=member(),
            )
    except Conflict as refusal:
        form.refuse(refusal)
        return _page(user, roles=form), 409
    return _done(user, _("Saved."))


def _done(user: User, message: str) -> Response:
    flash(message, "ok")
    return redirect(url_for("admin_users.show", user_id=user.id))


def _page(user: User, **refused: Form) -> str:
    """The screen, with the one form that was refused as it was sent."""
    roles = {"admin": user.is_admin, "moderator": user.is_moderator, "animateur": user.is_animateur}
    forms: dict[str, Form] = {
        "silence": SanctionForm(formdata=None, prefix="silence-"),
        "suspension": SanctionForm(formdata=None, prefix="suspension-"),
        "trust": TrustForm(formdata=None, obj=user),
        "roles": RolesForm(formdata=None, data=roles),
    }
    return render_template(
        "accounts/admin/user.html",
        user=user,
        forms=forms | refused,
        groups=queries.made_groups_of(member(), user),
        signed_in=queries.sessions_of(user),
        suspended=policies.is_suspended(user),
        silenced=policies.is_silenced(user),
        may_sanction=policies.can_sanction(member(), user),
        may_trust=policies.can_set_trust_level(member(), user),
        may_give_roles=policies.can_set_roles(member()),
    )
