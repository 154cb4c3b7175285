"""Saved searches as JSON."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, jsonify

from forum.alerts import asked
from forum.alerts.models import INSTANT, PAGE, SavedSearch, SearchHit
from forum.alerts.queries import hits, own
from forum.alerts.service import saving
from forum.core.database import transaction
from forum.search.question import FACETS
from forum.web.forms import page_cursor
from forum.web.guards import member, member_only
from forum.web.params import Params, params

bp = Blueprint("alerts_api", __name__)


@bp.get("/alerts.json")
@member_only
def index() -> Response:
    """One's own, by name."""
    person = member()
    new = hits.new_counts(person)
    return jsonify(
        saved_searches=[shown(saved, new.get(saved.id, 0)) for saved in own.owned_by(person)]
    )


@bp.post("/alerts.json")
@member_only
def create() -> Response:
    """Keep a search."""
    given = params()
    with transaction():
        saved = saving.save(
            asked.address_of(_search(given)),
            by=member(),
            name=given.text("name", ""),
            frequency=given.text("frequency", INSTANT),
            channel=given.text("channel", PAGE),
        )
    return jsonify(saved_search=shown(saved, 0))


@bp.get("/alerts/<int:saved_search_id>.json")
@member_only
def show(saved_search_id: int) -> Response:
    """One, with what it found; asking changes nothing."""
    person = member()
    saved = own.get(person, saved_search_id)
    found = hits.found_by(saved, person, after=page_cursor())
    more = f"/alerts/{saved.id}.json?after={found.cursor}" if found.cursor else None
    return jsonify(
        saved_search=shown(saved, hits.new_counts(person).get(saved.id, 0)),
        hits=[_hit(hit) for hit in found],
        load_more_hits=more,
    )


@bp.put("/alerts/<int:saved_search_id>.json")
@member_only
def change(saved_search_id: int) -> Response:
    """Another name, frequency or channel; what is not given stays."""
    person, given = member(), params()
    saved = own.get(person, saved_search_id)
    with transaction():
        saving.change(
            saved,
            by=person,
            name=given.text("name", saved.name),
            frequency=given.text("frequency", saved.frequency),
            channel=given.text("channel", saved.channel),
        )
    return jsonify(saved_search=shown(saved, hits.new_counts(person).get(saved.id, 0)))


@bp.delete("/alerts/<int:saved_search_id>.json")
@member_only
def remove(saved_search_id: int) -> Response:
    """Delete it."""
    saved = own.get(member(), saved_search_id)
    with transaction():
        saving.remove(saved, by=member())
    return jsonify(success="OK")


def shown(saved: SavedSearch, new: int) -> dict[str, Any]:
    """A saved search; `filters` are the boxes that were ticked beside the results."""
    wanted = asked.request(saved.asked)
    return {
        "id": saved.id,
        "name": saved.name,
        "term": wanted.text,
        "filters": {
            facet: sorted(values, key=str) for facet, values in wanted.chosen.items() if values
        },
        "order": wanted.order,
        "url": saved.search_path,
        "frequency": saved.frequency,
        "channel": saved.channel,
        "new_count": new,
        "created_at": saved.created_at.isoformat(),
        "last_run_at": saved.last_run_at.isoformat(),
        "last_hit_at": _stamp(saved.last_hit_at),
        "paused_until": _stamp(saved.paused_until if saved.paused else None),
    }


def _search(given: Params) -> dict[str, list[str]]:
    """What is looked for, by the names that the search page has for it."""
    fields = {facet: given.texts(facet) for facet in FACETS}
    return fields | {"q": [given.text("q")], "order": [given.text("order", "")]}


def _stamp(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _hit(hit: SearchHit) -> dict[str, Any]:
    return {
        "id": hit.id,
        "topic_id": hit.topic_id,
        "post_id": hit.post_id,
        "post_number": hit.post.number,
        "slug": hit.topic.slug,
        "fancy_title": hit.topic.title,
        "username": hit.post.author.username,
        "category_id": hit.topic.category_id,
        "first_seen_at": hit.first_seen_at.isoformat(),
    }
