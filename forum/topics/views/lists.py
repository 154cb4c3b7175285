"""Lists of topics: latest, new, unread, top, by category, by tag."""

from collections.abc import Collection, Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response

from forum.categories import queries as categories
from forum.categories.models import Category
from forum.core.errors import NotFound
from forum.tags.models import Tag
from forum.topics import policies
from forum.topics.forms import asked_period
from forum.topics.queries import lists, tags, unread
from forum.topics.queries.lists import PERIODS, TopicList
from forum.web.forms import page_cursor
from forum.web.guards import member, member_only, viewer
from forum.web.kept_pages import kept_for_guests

bp = Blueprint("lists", __name__)
Page = str | Response


@bp.get("/latest")
@kept_for_guests
def latest() -> Page:
    """Topics by their last reply."""
    return _draw("latest", lists.latest(viewer(), after=page_cursor()))


@bp.get("/new")
@member_only
def new() -> Page:
    """Topics of the last days that the member never opened."""
    return _draw("new", lists.new(member(), after=page_cursor()))


@bp.get("/unread")
@member_only
def unread_topics() -> Page:
    """Topics the member follows and has not read to the end."""
    return _draw("unread", lists.unread(member(), after=page_cursor()))


@bp.get("/top")
@kept_for_guests
def top() -> Page:
    """Topics by their score over a period."""
    found = lists.top(viewer(), asked_period(), after=page_cursor())
    return _draw("top", found, period=asked_period())


@bp.get("/c/<slug>/<int:category_id>")
@bp.get("/c/<slug>/<int:category_id>/l/<name>")
@bp.get("/c/<parent>/<slug>/<int:category_id>")
@kept_for_guests
def category(slug: str, category_id: int, name: str = "latest", parent: str = "") -> Page:
    """The topics of a category and of those below it."""
    place = categories.get(viewer(), category_id)
    if slug != place.slug or parent:
        return redirect(place.path, 301)
    children = categories.below(viewer(), place)
    within: dict[str, Any] = {"category": place, "children": [c.id for c in children]}
    if name == "top":
        found = lists.top(viewer(), asked_period(), after=page_cursor(), **within)
    elif name == "latest":
        found = lists.latest(viewer(), after=page_cursor(), **within)
    elif name in ("new", "unread"):
        choose = lists.new if name == "new" else lists.unread
        found = choose(member(), after=page_cursor(), **within)
    else:
        raise NotFound
    return _draw(name, found, place=place, children=children, period=asked_period())


@bp.get("/tag/<name>")
@kept_for_guests
def tag(name: str) -> Page:
    """The topics with a tag. A synonym leads to its tag."""
    found = tags.find(viewer(), name)
    if found is None:
        raise NotFound
    if found.name != name:
        return redirect(found.path, 301)
    return _draw("latest", lists.latest(viewer(), after=page_cursor(), tag=found), tag=found)


@bp.get("/unread-counts")
@member_only
def counts() -> Response:
    """How much is new to the member in each category and below it, for the menu of an open page."""
    own = unread.totals(member())
    places = categories.known(member())
    counts = {
        place.id: sum(own.get(c.id, 0) for c in (place, *categories.below(member(), place)))
        for place in places
    }
    return jsonify(counts=counts, total=sum(own.values()))


def _draw(
    name: str,
    topics: TopicList,
    *,
    place: Category | None = None,
    children: Sequence[Category] = (),
    tag: Tag | None = None,
    period: str = "",
) -> Page:
    """A whole page, or only its rows for a page that asks for more."""
    if request.args.get("rows") == "only":
        return render_template(
            "topics/_rows.html", topics=topics, place=place, older=_older(topics.cursor)
        )
    person = viewer()
    may_create = policies.can_create_anywhere(person)
    if place is not None:
        may_create = policies.can_create(person, place.id)
    heard = [place, *children] if place else categories.known(person)
    return render_template(
        "topics/list.html",
        name=name,
        topics=topics,
        place=place,
        children=children,
        tag=tag,
        period=period,
        periods=PERIODS,
        counts=_counts([c.id for c in heard]),
        older=_older(topics.cursor),
        may_create=may_create,
        rooms=[f"category:{c.id}" for c in heard],
    )


def _counts(places: Collection[int]) -> tuple[int, int]:
    """How many topics of some categories are new and unread."""
    counts = unread.of_this_request(viewer())
    chosen = [counts[place] for place in places if place in counts]
    return sum(n for n, _ in chosen), sum(u for _, u in chosen)


def _older(cursor: str | None) -> str | None:
    if cursor is None:
        return None
    kept = {k: v for k, v in request.args.items() if k not in ("after", "rows")}
    return f"{request.path}?{urlencode({**kept, 'after': cursor})}"
