"""Members and groups as JSON, with Discourse's addresses and field names.

A field that is not named here is told to nobody: no e-mail address, no network address, no secret.
"""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from forum.accounts import policies, queries
from forum.accounts.models.group import EVERYONE, Group
from forum.accounts.models.user import User
from forum.accounts.policies import Viewer
from forum.core.paging import Page
from forum.core.text import excerpt
from forum.web.addresses import with_query
from forum.web.forms import page_cursor
from forum.web.guards import viewer

bp = Blueprint("accounts_api", __name__)


@bp.get("/u/<username>.json")
def show(username: str) -> Response:
    """A member as others see him; `can_edit` says whether it is oneself."""
    person = viewer()
    user = queries.visible(person, username)
    return jsonify(user=profile(user, person), user_badges=[])


@bp.get("/directory_items.json")
def directory() -> Response:
    """All members by name, or the most active first: `order` name or posts, `name` a part of it."""
    search, order = request.args.get("name", "")[:100], request.args.get("order", "name")
    found = queries.directory(search, by_posts=order == "posts", after=page_cursor())
    items = [{"id": user.id, "user": basic(user)} | figures(user) for user in found]
    return jsonify(directory_items=items, meta={"load_more_directory_items": _more(found)})


@bp.get("/groups.json")
def groups() -> Response:
    """The groups the viewer may know of."""
    return jsonify(groups=[_group(group) for group in queries.visible_groups(viewer())])


@bp.get("/g/<name>.json")
def group(name: str) -> Response:
    """One group; its members have an address of their own."""
    person = viewer()
    found = queries.visible_group(person, name)
    return jsonify(group=_group(found) | {"can_see_members": _shows_members(person, found)})


@bp.get("/g/<name>/members.json")
def members(name: str) -> Response:
    """Who is in a group, by name; nobody is told to guests."""
    person = viewer()
    found = queries.visible_group(person, name)
    if not _shows_members(person, found):
        return jsonify(members=[], meta={"load_more_members": None})
    listed = queries.members_of(found, after=page_cursor())
    return jsonify(
        members=[basic(user) for user in listed], meta={"load_more_members": _more(listed)}
    )


def basic(user: User) -> dict[str, Any]:
    """Someone in a list."""
    return {
        "id": user.id,
        "username": user.username,
        "name": user.name,
        "avatar_template": user.avatar_path or "",
        "trust_level": user.trust_level,
        "moderator": user.is_moderator,
        "admin": user.is_admin,
        "company": user.company,
    }


def figures(user: User) -> dict[str, int]:
    """How much someone wrote and liked where everyone may read."""
    return {
        "topic_count": user.topic_count,
        "post_count": user.post_count,
        "likes_given": user.likes_given,
        "likes_received": user.likes_received,
    }


def profile(user: User, person: Viewer) -> dict[str, Any]:
    """Someone on his own page."""
    seen = user.last_seen_at if not person.is_guest else None
    made = queries.made_groups_of(person, user)
    return (
        basic(user)
        | figures(user)
        | {
            "created_at": user.created_at.isoformat(),
            "last_seen_at": seen.isoformat() if seen else None,
            "bio_raw": user.bio_raw or None,
            "bio_cooked": user.bio_cooked or None,
            "bio_excerpt": excerpt(user.bio_raw) or None,
            "location": user.location or None,
            "languages": [code for code in user.languages.split(",") if code],
            "animateur": user.is_animateur,
            "staged": user.staged,
            "suspended": policies.is_suspended(user),
            "can_edit": person.id == user.id,
            "groups": [_group(group) for group in made],
        }
    )


def _group(group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "name": group.name,
        "full_name": group.full_name or None,
        "automatic": group.automatic,
    }


def _shows_members(person: Viewer, group: Group) -> bool:
    return group.id != EVERYONE and policies.can_see_members(person, group)


def _more(found: Page) -> str | None:
    return with_query(after=found.cursor) if found.cursor else None
