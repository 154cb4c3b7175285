"""Lists of topics: latest, new, unread, top, by category, by tag."""

from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from forum.categories import queries as categories
from forum.categories.models import Category
from forum.core.errors import NotFound
from forum.tags import queries as tags
from forum.topics import policies
from forum.topics.queries import lists, unread
from forum.topics.queries.lists import PERIODS, TopicList
from forum.web.forms import page_cursor
from forum.web.guards import member_only, viewer

bp = Blueprint("lists", __name__)
Page = str | Response


@bp.get("/latest")
def latest() -> Page:
    """Topics by their last reply."""
    return _draw("latest", lists.latest(viewer(), after=page_cursor()))


@bp.get("/new")
@member_only
def new() -> Page:
    """Topics of the last days that the member never opened."""
    return _draw("new", lists.new(viewer(), after=page_cursor()))


@bp.get("/unread")
@member_only
def unread_topics() -> Page:
    """Topics the member follows and has not read to the end."""
    return _draw("unread", lists.unread(viewer(), after=page_cursor()))


@bp.get("/top")
def top() -> Page:
    """Topics by their score over a period."""
    found = lists.top(viewer(), _period(), after=page_cursor())
    return _draw("top", found, period=_period())


@bp.get("/c/<slug>/<int:category_id>")
@bp.get("/c/<slug>/<int:category_id>/l/<name>")
@bp.get("/c/<parent>/<slug>/<int:category_id>")
def category(slug: str, category_id: int, name: str = "latest", parent: str = "") -> Page:
    """The topics of a category and of those below it."""
    place = categories.get(viewer(), category_id)
    if slug != place.slug or parent:
        return redirect(place.path, 301)
    children = [c for c in categories.known(viewer()) if c.parent_id == place.id]
    within: dict[str, Any] = {"category": place, "children": [c.id for c in children]}
    if name == "top":
        found = lists.top(viewer(), _period(), after=page_cursor(), **within)
    elif name == "latest":
        found = lists.latest(viewer(), after=page_cursor(), **within)
    else:
        raise NotFound
    return _draw(name, found, place=place, children=children, period=_period())


@bp.get("/tag/<name>")
def tag(name: str) -> Page:
    """The topics with a tag. A synonym leads to its tag."""
    found = tags.find(name)
    if found is None:
        raise NotFound
    if found.name != name:
        return redirect(found.path, 301)
    return _draw("latest", lists.latest(viewer(), after=page_cursor(), tag=found), tag=found)


def _draw(
    name: str,
    topics: TopicList,
    *,
    place: Category | None = None,
    children: Any = (),
    tag: Any = None,
    period: str = "",
) -> Page:
    """A whole page, or only its rows for a page that asks for more."""
    template = "topics/_rows.html" if _asks_for_rows() else "topics/list.html"
    return render_template(
        template,
        name=name,
        topics=topics,
        place=place,
        children=children,
        tag=tag,
        period=period,
        periods=PERIODS,
        counts=_counts(place),
        category_of=categories.by_id,
        older=_older(topics.cursor),
        may_create=policies.can_create_anywhere(viewer())
        and (place is None or policies.can_create(viewer(), place.id)),
        rooms=[f"category:{c.id}" for c in ([place, *children] if place else categories.known(viewer()))],
    )


def _counts(place: Category | None) -> tuple[int, int]:
    """How many topics are new and unread, here or everywhere."""
    counts = unread.of_this_request(viewer())
    chosen = [counts.get(place.id, (0, 0))] if place else list(counts.values())
    return sum(n for n, _ in chosen), sum(u for _, u in chosen)


def _older(cursor: str | None) -> str | None:
    if cursor is None:
        return None
    kept = {k: v for k, v in request.args.items() if k not in ("after", "rows")}
    query = "&".join(f"{k}={v}" for k, v in {**kept, "after": cursor}.items())
    return f"{request.path}?{query}"


def _period() -> str:
    period = request.args.get("period", "month")
    if period not in PERIODS:
        raise NotFound
    return period


def _asks_for_rows() -> bool:
    return request.args.get("rows") == "only"


