"""Lists of topics as JSON."""

from flask import Blueprint, Response, jsonify, request

from forum.accounts import queries as accounts
from forum.categories import queries as categories
from forum.core.errors import NotFound
from forum.tags import queries as tags
from forum.topics.api import shapes
from forum.topics.queries import lists
from forum.topics.queries.lists import PERIODS, TopicList
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
    return _answer(lists.top(viewer(), _period(), after=page_cursor()))


@bp.get("/c/<slug>/<int:category_id>.json")
@bp.get("/c/<slug>/<int:category_id>/l/<name>.json")
def category(category_id: int, name: str = "latest", **_slug: str) -> Response:
    """The topics of a category and of those below it."""
    place = categories.get(viewer(), category_id)
    children = [c.id for c in categories.known(viewer()) if c.parent_id == place.id]
    if name == "latest":
        return _answer(
            lists.latest(viewer(), after=page_cursor(), category=place, children=children)
        )
    if name == "top":
        return _answer(
            lists.top(viewer(), _period(), after=page_cursor(), category=place, children=children)
        )
    raise NotFound


@bp.get("/tag/<name>.json")
def tag(name: str) -> Response:
    """The topics with a tag or one of its synonyms."""
    found = tags.find(name)
    if found is None:
        raise NotFound
    return _answer(lists.latest(viewer(), after=page_cursor(), tag=found))


@bp.get("/topics/created-by/<username>.json")
def by_author(username: str) -> Response:
    """The topics someone began."""
    author = accounts.get_by_username(username)
    return _answer(lists.by_author(viewer(), author, after=page_cursor()))


def _answer(found: TopicList) -> Response:
    more = f"{request.path.removesuffix('.json')}?after={found.cursor}" if found.cursor else None
    return jsonify(shapes.topic_list(found, viewer(), more))


def _period() -> str:
    period = request.args.get("period", "month")
    if period not in PERIODS:
        raise NotFound
    return period
