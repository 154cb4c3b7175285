"""Groups and who is in them, as far as the viewer may know."""

from typing import Any

from flask import Blueprint, render_template

from forum.accounts import policies, queries
from forum.accounts.models.group import EVERYONE
from forum.web.forms import page_cursor
from forum.web.guards import viewer

bp = Blueprint("groups", __name__)


@bp.get("/g")
def index() -> Any:
    return render_template("accounts/groups.html", groups=queries.visible_groups(viewer()))


@bp.get("/g/<name>")
def show(name: str) -> Any:
    group = queries.visible_group(viewer(), name)
    members = None
    if policies.can_see_members(viewer(), group) and group.id != EVERYONE:
        members = queries.members_of(group, after=page_cursor())
    return render_template("accounts/group.html", group=group, members=members)
