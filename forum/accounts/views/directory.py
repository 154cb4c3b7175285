"""All members, to be found by name, company or activity."""

from typing import Any

from flask import Blueprint, render_template, request

from forum.accounts import queries
from forum.web.forms import page_cursor

bp = Blueprint("directory", __name__)

ORDERS = ("name", "posts")


@bp.get("/u")
def show() -> Any:
    search = request.args.get("q", "")[:100]
    order = request.args.get("order", "name")
    members = queries.directory(search, by_posts=order == "posts", after=page_cursor())
    return render_template("accounts/directory.html", members=members, search=search, order=order)
