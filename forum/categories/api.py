"""Categories as JSON, with Discourse's addresses and field names.

Discourse numbers permissions the other way round: 1 is all, 2 is to see and reply, 3 is to see.
"""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, jsonify
from markupsafe import escape

from forum.accounts import queries as accounts
from forum.categories import hues, policies, queries, service
from forum.categories.models import CREATE, REPLY, SEE, Category
from forum.categories.policies import Viewer
from forum.categories.rights import Rights
from forum.categories.service import LONGEST_DESCRIPTION, LONGEST_NAME, Details
from forum.core.database import transaction
from forum.core.errors import Invalid, require
from forum.core.i18n import _, current_locale
from forum.core.text import excerpt
from forum.web.guards import member_only, viewer
from forum.web.params import Params, params

bp = Blueprint("categories_api", __name__)

PERMISSIONS = {CREATE: 1, REPLY: 2, SEE: 3}
LEVELS = {permission: level for level, permission in PERMISSIONS.items()}
REGULAR = 1


@bp.get("/categories.json")
def index() -> Response:
    """The first level, or what lies below `parent_category_id`."""
    person, given = viewer(), params()
    below = given.integer("parent_category_id", None)
    with_children = given.truth("include_subcategories")
    listed = []
    for branch in queries.branches(person):
        children = [shown(child, person) for child in branch.children]
        if below == branch.category.id:
            listed = children
        elif below is None:
            extra = {"subcategory_list": children} if with_children else {}
            ids = [child.id for child in branch.children]
            listed.append(shown(branch.category, person, ids) | extra)
    return jsonify(
        category_list={
            "can_create_category": policies.can_manage(person),
            "can_create_topic": bool(person.create_category_ids),
            "categories": listed,
        }
    )


@bp.get("/c/<int:category_id>/show.json")
def show(category_id: int) -> Response:
    person = viewer()
    return _answer(queries.get(person, category_id), person)


@bp.post("/categories.json")
@member_only
def create() -> Response:
    person, given = viewer(), params()
    require(policies.can_manage(person))
    parent = _category(person, given, "parent_category_id")
    details = _details(given, Details("", "", hue=parent.hue if parent else hues.SLATE))
    with transaction():
        category = service.create(details, by=person, parent=parent, granted=_granted(given))
    return _answer(category, _knowing_anew(person))


@bp.put("/categories/<int:category_id>.json")
@member_only
def update(category_id: int) -> Response:
    """Change what is given; what is not stays."""
    person, given = viewer(), params()
    require(policies.can_manage(person))
    category = queries.get(person, category_id)
    parent = _category(person, given, "parent_category_id")
    granted = _granted(given)
    with transaction():
        if given.given("parent_category_id"):
            service.move(category, under=parent, by=person)
        service.change(category, _details(given, Details.of(category)), by=person)
        if granted is not None:
            service.set_rights(category, granted, by=person)
    return _answer(category, _knowing_anew(person))


@bp.delete("/categories/<int:category_id>.json")
@member_only
def remove(category_id: int) -> Response:
    person = viewer()
    require(policies.can_manage(person))
    category = queries.get(person, category_id)
    with transaction():
        service.remove(category, by=person)
    return jsonify(success="OK")


def shown(category: Category, person: Viewer, child_ids: list[int] | None = None) -> dict[str, Any]:
    """A category as Discourse's lists show it."""
    return {
        "id": category.id,
        "name": category.name,
        "color": hues.COLORS[category.hue],
        "text_color": hues.TEXT_COLOR,
        "slug": category.slug,
        "topic_count": category.topic_count,
        "post_count": category.post_count,
        "position": category.position,
        "description": str(escape(category.description)) or None,
        "description_text": category.description or None,
        "description_excerpt": excerpt(category.description) or None,
        "topic_url": None,
        "read_restricted": category.private,
        "permission": _permission(category, person),
        "notification_level": REGULAR,
        "can_edit": policies.can_manage(person),
        "topic_template": None,
        "has_children": bool(child_ids),
        "subcategory_ids": child_ids or [],
        "subcategory_count": len(child_ids or []),
        "parent_category_id": category.parent_id,
        "uploaded_logo": None,
        "lang": category.lang,
        "kind": category.kind,
        "hue": category.hue,
        "name_fr": category.name_fr,
        "name_en": category.name_en,
    }


def _answer(category: Category, person: Viewer) -> Response:
    """One category, with what an admin may know of its rights."""
    children = [
        child for child in queries.children_of(category.id) if policies.can_see(person, child)
    ]
    content = shown(category, person, [child.id for child in children])
    if policies.can_manage(person):
        names = {group.id: group.name for group in accounts.groups()}
        content["group_permissions"] = [
            {"permission_type": PERMISSIONS[level], "group_name": names[group_id]}
            for group_id, level in sorted(queries.rights_of(category.id).items())
        ]
        content["available_groups"] = sorted(names.values())
    return jsonify(category=content)


def _permission(category: Category, person: Viewer) -> int | None:
    if category.id in person.create_category_ids:
        return PERMISSIONS[CREATE]
    if category.id in person.reply_category_ids:
        return PERMISSIONS[REPLY]
    return PERMISSIONS[SEE] if policies.can_see(person, category) else None


def _details(given: Params, now: Details) -> Details:
    """What is given, over what is there.

    A bare `name` names the category in both languages, unless the other has a name of its own.
    """
    names = _in_both(given, "name", now, LONGEST_NAME)
    descriptions = _in_both(given, "description", now, LONGEST_DESCRIPTION)
    return replace(
        now,
        **names,
        **descriptions,
        slug=given.text("slug", now.slug, longest=LONGEST_NAME),
        lang=given.text("lang", now.lang),
        kind=given.text("kind", now.kind, longest=20),
        hue=_hue(given, now.hue),
    )


def _in_both(given: Params, name: str, now: Details, longest: int) -> dict[str, str]:
    texts = {lang: getattr(now, f"{name}_{lang}") for lang in ("fr", "en")}
    plain = given.text(name, None, longest=longest)
    if plain is not None:
        here = current_locale()
        texts = {
            lang: plain if lang == here or old == texts[here] else old
            for lang, old in texts.items()
        }
    return {
        f"{name}_{lang}": given.text(f"{name}_{lang}", old, longest=longest)
        for lang, old in texts.items()
    }


def _hue(given: Params, now: int) -> int:
    color = given.text("color", None, longest=7)
    hue = now if color is None else hues.nearest(color)
    if hue is None:
        raise Invalid(_("A colour is written as six hexadecimal digits."), "color")
    return given.integer("hue", hue, least=1, most=8)


def _category(person: Viewer, given: Params, name: str) -> Category | None:
    category_id = given.integer(name, None)
    return queries.get(person, category_id) if category_id else None


def _granted(given: Params) -> Rights | None:
    """Discourse's permissions by group name, as our levels by group id."""
    if not given.given("permissions"):
        return None
    ids = {group.name: group.id for group in accounts.groups()}
    granted = {}
    for name, permission in given.mapping("permissions", longest=60).items():
        level = (
            LEVELS.get(int(permission)) if permission.isascii() and permission.isdigit() else None
        )
        if name not in ids or level is None:
            message = _("Permissions are 1, 2 or 3 for the name of a group.")
            raise Invalid(message, "permissions")
        granted[ids[name]] = level
    return granted


def _knowing_anew(person: Viewer) -> Viewer:
    person.categories_version = None
    queries.load_rights(person)
    return person
