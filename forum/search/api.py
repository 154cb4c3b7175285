"""Search as JSON, with Discourse's field names."""

from typing import Any

from flask import Blueprint, Response, jsonify, request
from markupsafe import escape

from forum.categories import queries as categories
from forum.categories.models import Category
from forum.core.i18n import _
from forum.search import facets, gaps, service, suggestions
from forum.search.facets import Facet
from forum.search.forms import request_of
from forum.search.service import Result, Results
from forum.topics import policies
from forum.web import callers
from forum.web.guards import viewer

bp = Blueprint("search_api", __name__)


@bp.get("/search.json")
@bp.get("/search/query.json")
def show() -> Response:
    """Posts and their topics; on the first page members, categories and tags too."""
    asked = request_of(request.args.to_dict(flat=False))
    service.spend(viewer(), callers.network())
    results = service.search(viewer(), asked)
    gaps.note(gaps.sought(asked, results), viewer(), callers.network())
    places = suggestions.suggest(viewer(), results.reading.words) if asked.page == 1 else []
    users, tags = ([p for p in places if p.kind == kind] for kind in ("member", "tag"))
    found = {place.id for place in places if place.kind == "category"}
    shown = [category for category in categories.known(viewer()) if category.id in found]
    return jsonify(
        posts=[_post(result) for result in results.found],
        topics=[_topic(result) for result in results.found],
        users=[_user(place) for place in users],
        categories=[_category(category) for category in shown],
        tags=[{"id": place.label, "name": place.label} for place in tags],
        groups=[],
        grouped_search_result={
            "more_posts": results.page < results.pages or None,
            "more_full_page_results": results.page < results.pages or None,
            "more_users": None,
            "more_categories": None,
            "term": results.reading.text,
            "search_log_id": None,
            "can_create_topic": policies.can_create_anywhere(viewer()),
            "error": _error(results),
            "post_ids": [result.post.id for result in results.found],
            "user_ids": [place.id for place in users],
            "category_ids": [category.id for category in shown],
            "tag_ids": [place.id for place in tags],
            "group_ids": [],
            "total": results.topics,
            "counts": service.facets(viewer(), asked),
        },
    )


@bp.get("/search/facets.json")
def show_facets() -> Response:
    """How many topics each value of each facet would leave, with what it is called."""
    asked = request_of(request.args.to_dict(flat=False))
    service.spend_facets(viewer(), callers.network())
    found = facets.drawn(viewer(), service.facets(viewer(), asked), asked.chosen)
    return jsonify(facets=[_facet(facet) for facet in found])


def _facet(facet: Facet) -> dict[str, Any]:
    return {
        "name": facet.name,
        "label": facet.legend,
        "values": [
            {"value": box.value, "label": box.label, "count": box.count, "chosen": box.ticked}
            for box in facet.boxes
        ],
    }


def _post(result: Result) -> dict[str, Any]:
    post = result.post
    return {
        "id": post.id,
        "name": post.author.name,
        "username": post.author.username,
        "avatar_template": post.author.avatar_path or "",
        "created_at": post.created_at.isoformat(),
        "like_count": post.like_count,
        "blurb": str(result.excerpt.striptags()),
        "blurb_headline": str(result.excerpt),
        "post_number": post.number,
        "topic_title_headline": str(result.title),
        "topic_id": post.topic_id,
    }


def _topic(result: Result) -> dict[str, Any]:
    topic = result.topic
    return {
        "id": topic.id,
        "title": topic.title,
        "fancy_title": str(escape(topic.title)),
        "slug": topic.slug,
        "posts_count": topic.posts_count,
        "reply_count": topic.reply_count,
        "highest_post_number": topic.highest_post_number,
        "created_at": topic.created_at.isoformat(),
        "last_posted_at": topic.last_posted_at.isoformat(),
        "bumped": True,
        "bumped_at": topic.bumped_at.isoformat(),
        "archetype": "regular",
        "pinned": topic.pinned,
        "visible": topic.listed,
        "closed": topic.closed,
        "archived": topic.archived,
        "views": topic.views,
        "like_count": topic.like_count,
        "tags": [tag.name for tag in topic.tags],
        "category_id": topic.category_id,
        "has_accepted_answer": topic.solved,
        "kind": topic.kind,
        "locale": topic.lang,
    }


def _user(place: suggestions.Suggestion) -> dict[str, Any]:
    return {
        "id": place.id,
        "username": place.path.rsplit("/", 1)[-1],
        "name": place.label,
        "avatar_template": "",
    }


def _category(category: Category) -> dict[str, Any]:
    return {
        "id": category.id,
        "name": category.name,
        "slug": category.slug,
        "parent_category_id": category.parent_id,
        "read_restricted": category.private,
    }


def _error(results: Results) -> str | None:
    """What the search page says above the results."""
    said = [problem.message for problem in results.reading.problems]
    if not results.complete:
        said.append(_("The search index is being built. Words are found only as they are typed."))
    return " ".join(said) or None
