"""Staff screens of categories: the list in its order, and one category with its rights."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from forum.accounts import queries as accounts
from forum.accounts.models.group import (
    ADMINS,
    EVERYONE,
    MEMBERS,
    MODERATORS,
    STAFF,
    TRUST_LEVEL_0,
    Group,
)
from forum.categories import queries, rights, service
from forum.categories.forms import NONE, CategoryForm
from forum.categories.models import Category
from forum.categories.rights import OPEN, Rights
from forum.core.database import transaction
from forum.core.errors import Invalid
from forum.core.i18n import LazyText, _, lazy
from forum.web.guards import admin_only, viewer
from forum.web.params import params

bp = Blueprint("categories_admin", __name__, url_prefix="/admin/categories")

# Admins may do everything and every account is of level 0: rows for them would only mislead.
NOT_OFFERED = {ADMINS, TRUST_LEVEL_0}
GROUP_HINTS: dict[int, LazyText] = {
    EVERYONE: lazy("visitors without an account too"),
    MEMBERS: lazy("everyone with an account"),
    MODERATORS: lazy("part of the team"),
    STAFF: lazy("moderators and administrators"),
    ADMINS: lazy("may do everything anyway"),
    TRUST_LEVEL_0: lazy("everyone with an account"),
    TRUST_LEVEL_0 + 1: lazy("have read a little"),
    TRUST_LEVEL_0 + 2: lazy("take part"),
    TRUST_LEVEL_0 + 3: lazy("regulars"),
    TRUST_LEVEL_0 + 4: lazy("named by the team"),
}


@dataclass(frozen=True)
class RightsRow:
    """A line of the table of rights."""

    group_id: int
    label: str
    hint: str
    level: int


@bp.get("")
@admin_only
def index() -> str:
    return _page(category=None)


@bp.get("/new")
@admin_only
def new() -> str:
    return _page(category=None, form=CategoryForm(), granted=OPEN)


@bp.post("/new")
@admin_only
def create() -> Response | tuple[str, int]:
    form, granted = _form(None), _granted()
    if form.validate():
        try:
            with transaction():
                parent = _parent(form)
                category = service.create(form.details, by=viewer(), parent=parent, granted=granted)
                _place(category, form.position.data)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for("categories_admin.show", category_id=category.id))
    return _page(category=None, form=form, granted=granted), 422


@bp.get("/<int:category_id>")
@admin_only
def show(category_id: int) -> str:
    category = queries.get(viewer(), category_id)
    form = CategoryForm(obj=category, parent_id=category.parent_id or NONE)
    form.position.data = queries.place_of(category)
    return _page(category=category, form=form, granted=queries.rights_of(category.id))


@bp.post("/<int:category_id>")
@admin_only
def update(category_id: int) -> Response | tuple[str, int]:
    category = queries.get(viewer(), category_id)
    form, granted = _form(category), _granted()
    if form.validate():
        try:
            with transaction():
                service.move(category, under=_parent(form), by=viewer())
                service.change(category, form.details, by=viewer())
                service.set_rights(category, granted, by=viewer())
                _place(category, form.position.data)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for("categories_admin.show", category_id=category_id))
    return _page(category=category, form=form, granted=granted), 422


@bp.post("/<int:category_id>/place")
@admin_only
def shift(category_id: int) -> Response:
    """Up (-1) or down (1) by `steps`."""
    category = queries.get(viewer(), category_id)
    with transaction():
        service.shift(category, params().integer("steps", least=-100, most=100), by=viewer())
    return redirect(url_for("categories_admin.index", _anchor=f"category-{category_id}"))


@bp.post("/<int:category_id>/removal")
@admin_only
def remove(category_id: int) -> Response | tuple[str, int]:
    category = queries.get(viewer(), category_id)
    try:
        with transaction():
            service.remove(category, by=viewer())
    except Invalid as refusal:
        form = CategoryForm(None, obj=category, parent_id=category.parent_id or NONE)
        form.refuse(refusal)
        return _page(category=category, form=form, granted=queries.rights_of(category.id)), 422
    return redirect(url_for("categories_admin.index"))


def _page(
    *, category: Category | None, form: CategoryForm | None = None, granted: Rights | None = None
) -> str:
    branches = queries.branches(viewer())
    groups = {group.id: group for group in accounts.groups()}
    parents = [branch.category for branch in branches]
    granted = granted or {}
    return render_template(
        "categories/admin.html",
        branches=branches,
        category=category,
        form=form and form.offer(other for other in parents if other is not category),
        rows=_rows(groups.values(), granted),
        says=rights.sentences(granted, lambda group_id: groups[group_id].label),
        children=queries.children_of(category.id) if category else [],
    )


def _form(category: Category | None) -> CategoryForm:
    parents = [branch.category for branch in queries.branches(viewer())]
    return CategoryForm().offer(other for other in parents if other is not category)


def _granted() -> Rights:
    """The table of rights as it was sent; groups left at nothing are not in it."""
    sent = params().mapping("rights", longest=12)
    if not all(part.isascii() and part.isdigit() for pair in sent.items() for part in pair):
        raise Invalid(_("A right is to see, to reply or to create."), "rights")
    levels = {int(group_id): int(level) for group_id, level in sent.items()}
    return {group_id: level for group_id, level in levels.items() if level}


def _rows(groups: Iterable[Group], granted: Rights) -> list[RightsRow]:
    """The groups in the order of the table: the widest first, made ones last."""
    order = [EVERYONE, MEMBERS, *range(TRUST_LEVEL_0, TRUST_LEVEL_0 + 5), MODERATORS, STAFF, ADMINS]
    rank = {group_id: n for n, group_id in enumerate(order)}
    offered = [g for g in groups if g.id not in NOT_OFFERED or g.id in granted]
    return [
        RightsRow(group.id, group.label, _hint(group), granted.get(group.id, 0))
        for group in sorted(offered, key=lambda group: (rank.get(group.id, 99), group.label))
    ]


def _hint(group: Group) -> str:
    return str(GROUP_HINTS.get(group.id) or group.name)


def _parent(form: CategoryForm) -> Category | None:
    return queries.get(viewer(), form.parent_id.data) if form.parent_id.data else None


def _place(category: Category, position: int | None) -> None:
    """Move the category to a place among its neighbours, counted from 1."""
    if position is not None:
        service.shift(category, position - queries.place_of(category), by=viewer())
