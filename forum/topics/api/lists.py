"""Lists of topics as JSON."""

from typing import Any

from flask import Blueprint, Response, jsonify

from forum.accounts import queries as accounts
from forum.categories import queries as categories
from forum.core.errors import NotFound
from forum.topics.api import shapes
from forum.topics.forms import asked_period
from forum.topics.queries import lists, tags
from forum.topics.queries.lists import TopicList
from forum.web.addresses import with_query
from forum.web.forms import page_cursor
from forum.web.guards import member, member_only, viewer

bp = Blueprint("lists_api", __name__)


@bp.get("/latest.json")
def latest() -> Response:
    """Topics by their last reply."""
    return _answer(lists.latest(viewer(), after=page_cursor()))


@bp.get("/new.json")
@member_only
def new() -> Response:
    """Topics the member never opened."""
    return _answer(lists.new(member(), after=page_cursor()))


@bp.get("/unread.json")
@member_only
def unread() -> Response:
    """Topics the member follows and has not read to the end."""
    return _answer(lists.unread(member(), after=page_cursor()))


@bp.get("/top.json")
def top() -> Response:
    """Topics by their score over a period."""
    return _answer(lists.top(viewer(), asked_period(), after=page_cursor()))


@bp.get("/c/<slug>/<int:category_id>.json")
@bp.get("/c/<slug>/<int:category_id>/l/<name>.json")
def category(category_id: int, name: str = "latest", **_slug: str) -> Response:
    """The topics of a category and of those below it."""
    place = categories.get(viewer(), category_id)
    within: dict[str, Any] = {
        "after": page_cursor(),
        "category": place,
        "children": [c.id for c in categories.below(viewer(), place)],
    }
    if name == "latest":
        return _answer(lists.latest(viewer(), **within))
    if name == "top":
        return _answer(lists.top(viewer(), asked_period(), **within))
    if name in ("new", "unread"):
        return _answer((lists.new if name == "new" else lists.unread)(member(), **within))
    raise NotFound


@bp.get("/tag/<name>.json")
def tag(name: str) -> Response:
    """The topics with a tag or one of its synonyms."""
    found = tags.find(viewer(), name)
    if found is None:
        raise NotFound
    return _answer(lists.latest(viewer(), after=page_cursor(), tag=found))


@bp.get("/topics/created-by/<username>.json")
def by_author(username: str) -> Response:
    """The topics someone began."""
    author = accounts.visible(viewer(), username)
    return _answer(lists.by_author(viewer(), author, after=page_cursor()))


def _answer(found: TopicList) -> Response:
    more = with_query(after=found.cursor) if found.cursor else None
    return jsonify(shapes.topic_list(found, viewer(), more))
