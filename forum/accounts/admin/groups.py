"""Made groups: created, filled, emptied."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from forum.accounts import queries
from forum.accounts.forms import GroupForm, MemberForm
from forum.accounts.models.group import Group
from forum.accounts.service import groups
from forum.core.database import transaction
from forum.core.errors import Invalid, NotFound
from forum.core.i18n import _
from forum.web.forms import page_cursor
from forum.web.guards import admin_only, member

bp = Blueprint("admin_groups", __name__, url_prefix="/admin/groups")


@bp.get("")
@admin_only
def index() -> Any:
    return _list(GroupForm())


@bp.post("")
@admin_only
def create() -> Any:
    form = GroupForm()
    if form.validate():
        try:
            with transaction():
                group = groups.make(name=form.name.data, full_name=form.full_name.data, by=member())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for("admin_groups.show", name=group.name))
    return _list(form), 422


@bp.get("/<name>")
@admin_only
def show(name: str) -> Any:
    return _page(_made(name), MemberForm())


@bp.post("/<name>/members")
@admin_only
def add(name: str) -> Any:
    group, form = _made(name), MemberForm()
    if form.validate():
        user = queries.by_username(form.username.data)
        if user is None:
            form.refuse(Invalid(_("Nobody has this username."), "username"))
        else:
            with transaction():
                groups.add(group, user, by=member())
            flash(_("%(name)s is in the group.", name=user.username), "ok")
            return _back(group)
    return _page(group, form), 422


@bp.post("/<name>/members/<int:user_id>/removal")
@admin_only
def remove(name: str, user_id: int) -> Response:
    group, user = _made(name), queries.get(user_id)
    with transaction():
        groups.remove(group, user, by=member())
    flash(_("%(name)s is no longer in the group.", name=user.username), "ok")
    return _back(group)


def _made(name: str) -> Group:
    group = queries.visible_group(member(), name)
    if group.automatic:
        raise NotFound
    return group


def _back(group: Group) -> Response:
    return redirect(url_for("admin_groups.show", name=group.name))


def _list(form: GroupForm) -> str:
    return render_template(
        "accounts/admin/groups.html",
        form=form,
        groups=queries.visible_groups(member()),
        counts=queries.member_counts(),
    )


def _page(group: Group, form: MemberForm) -> str:
    return render_template(
        "accounts/admin/group.html",
        group=group,
        form=form,
        members=queries.members_of(group, after=page_cursor()),
    )
