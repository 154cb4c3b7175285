"""All members, to be found by name, company or activity."""

from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request

from forum.accounts import queries
from forum.web.forms import page_cursor

bp = Blueprint("directory", __name__)

ORDERS = ("name", "posts")
MOST_SUGGESTED = 6


@bp.get("/u")
def show() -> Any:
    search = request.args.get("q", "")[:100]
    order = request.args.get("order", "name")
    members = queries.directory(search, by_posts=order == "posts", after=page_cursor())
    return render_template("accounts/directory.html", members=members, search=search, order=order)


@bp.get("/u/search/users.json")
def suggest() -> Response:
    """The members whom the beginning of a name may mean, the most active first."""
    term = request.args.get("term", "")[:60].lstrip("@")
    found = queries.directory(term, by_posts=True).items[:MOST_SUGGESTED] if term else []
    return jsonify(
        users=[
            {
                "username": member.username,
                "name": member.name,
                "company": member.company,
                "avatar_template": member.avatar_path,
            }
            for member in found
        ],
        groups=[],
    )
