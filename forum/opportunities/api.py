"""Opportunities as JSON, in the style of the topics they are."""

from typing import Any

from flask import Blueprint, Response, jsonify

from forum.core.database import transaction
from forum.core.errors import Invalid
from forum.core.i18n import _
from forum.opportunities import queries, service
from forum.opportunities.filters import read_filters
from forum.opportunities.models import Opportunity
from forum.opportunities.service import Card
from forum.web.guards import member, member_only, viewer
from forum.web.params import params

bp = Blueprint("opportunities_api", __name__)
LONGEST_RAW = 200_000


@bp.get("/opportunities.json")
def index() -> Response:
    """What passes the filters of the address, and what each facet would leave."""
    found = queries.search(viewer(), read_filters())
    start = params().integer("from", 0, least=0, most=10_000)
    ids = [entry.topic_id for entry in found.passing[start : start + queries.PAGE]]
    return jsonify(
        opportunities=[shown(card) for card in queries.cards(viewer(), ids)],
        total=len(found.passing),
        counts={
            "kind": found.kinds,
            "status": found.statuses,
            "market": found.countries,
            "zone": found.zones,
            "sector": found.sectors,
            "knowhow": found.knowhow,
        },
    )


@bp.get("/opportunities/<int:topic_id>.json")
def show(topic_id: int) -> Response:
    """One opportunity."""
    return jsonify(opportunity=shown(queries.get(viewer(), topic_id)))


@bp.post("/opportunities.json")
@member_only
def publish() -> Response:
    """Publish one: the fields of the form, `markets[]` and `knowhow[]` as codes."""
    given = params()
    category_id = given.integer("category", None)
    if category_id is None:
        raise Invalid(_("Choose a category."), "category")
    card = Card(
        side=given.text("side", ""),
        kind=given.text("kind", ""),
        markets=given.texts("markets"),
        knowhow=given.texts("knowhow"),
        valid_until=given.day("valid_until", None),
        sector=given.text("sector", ""),
        company=given.text("company", ""),
        place=given.text("place", ""),
    )
    with transaction():
        topic = service.publish(
            card,
            author=member(),
            category_id=category_id,
            title=given.text("title", ""),
            raw=given.text("raw", "", longest=LONGEST_RAW),
            tag_names=given.texts("tags"),
            key=given.text("key", "", longest=64) or None,
        )
    return jsonify(opportunity=shown(queries.get(viewer(), topic.id)))


@bp.put("/opportunities/<int:topic_id>/status.json")
@member_only
def follow_up(topic_id: int) -> Response:
    """`status` open, in_talks, concluded or withdrawn."""
    found = queries.get(viewer(), topic_id)
    with transaction():
        service.follow_up(found, found.topic, status=params().text("status"), by=member())
    return jsonify(opportunity=shown(found))


def shown(opportunity: Opportunity) -> dict[str, Any]:
    """An opportunity; `id` is its topic's."""
    topic = opportunity.topic
    return {
        "id": topic.id,
        "title": topic.title,
        "slug": topic.slug,
        "url": topic.path,
        "side": opportunity.side,
        "kind": opportunity.kind,
        "status": opportunity.status,
        "company": opportunity.company,
        "place": opportunity.place,
        "sector": opportunity.sector.code if opportunity.sector else None,
        "markets": [market.country for market in topic.markets],
        "knowhow": [term.code for term in topic.terms],
        "tags": [tag.name for tag in topic.tags],
        "valid_until": opportunity.valid_until.isoformat(),
        "created_at": topic.created_at.isoformat(),
        "bumped_at": topic.bumped_at.isoformat(),
        "posts_count": topic.posts_count,
        "category_id": topic.category_id,
        "username": topic.author.username,
        "locale": topic.lang,
    }
