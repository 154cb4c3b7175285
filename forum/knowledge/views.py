"""The base of markets and know-how: matrix, map, and the entries behind each cell."""

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template, request

from forum.categories import queries as categories
from forum.core.errors import NotFound
from forum.knowledge import queries
from forum.topics.queries import lists
from forum.vocabulary import markets
from forum.vocabulary import queries as vocabulary
from forum.vocabulary.models import KNOWHOW, Term
from forum.web.addresses import with_query
from forum.web.guards import viewer

bp = Blueprint("base", __name__)
WORLD = Path(__file__).parents[2] / "static" / "vendor" / "world.json"


@bp.get("/base")
def index() -> str:
    """The whole base, or what is behind one cell of it."""
    measure = request.args.get("measure", "all")
    if measure not in queries.MEASURES:
        raise NotFound
    term = _term(request.args.get("knowhow"))
    market = _market(request.args.get("market"))
    parent = _term(request.args.get("below"))
    drawn = queries.matrix(viewer(), measure, parent)
    return render_template(
        "knowledge/base.html",
        matrix=drawn,
        measure=measure,
        parent=parent,
        rows=_rows(parent, drawn),
        term=term,
        market=market,
        entries=(shown := _entries(measure, term, market)),
        all_of_them=_search(measure, term, market) if len(shown) == queries.MOST_ENTRIES else "",
        place_name=markets.name(market) if market else "",
        category_of=categories.by_id,
        world=world(),
        heat=queries.heat,
        with_query=with_query,
    )


@cache
def world() -> dict[str, Any]:
    """The shapes of countries, made at set-up from the world-atlas package."""
    shapes: dict[str, Any] = json.loads(WORLD.read_text())
    return shapes


def _rows(parent: Term | None, drawn: queries.Matrix) -> list[Term]:
    """The know-how of the lines: all roots, or the terms of one root that occur."""
    tree = vocabulary.knowhow_tree()
    if parent is None:
        return [root for root, _ in tree]
    for root, children in tree:
        if root.id == parent.id:
            return [term for term in (root, *children) if drawn.row_totals[term.id]]
    return []


def _entries(measure: str, term: Term | None, market: str | None) -> list[Any]:
    if term is None and market is None:
        return []
    terms = None if term is None else vocabulary.with_children(term)
    places = markets.expand([market]) if market else frozenset()
    ids = queries.entries(viewer(), measure, terms=terms, countries=places)
    return lists.by_ids(viewer(), ids)


def _search(measure: str, term: Term | None, market: str | None) -> str:
    """The address where search has all that is behind a cell."""
    asked = {
        "knowhow:": term.code if term else "",
        "market:": market or "",
        "kind:": "opportunity" if measure == "opportunities" else "",
        "-kind:": "opportunity" if measure == "threads" else "",
    }
    words = " ".join(f"{name}{value}" for name, value in asked.items() if value)
    return f"/search?{urlencode({'q': words, 'order': 'latest'})}"


def _term(code: str | None) -> Term | None:
    if not code:
        return None
    found = vocabulary.by_codes(KNOWHOW, [code])
    if code not in found:
        raise NotFound
    return found[code]


def _market(code: str | None) -> str | None:
    if not code:
        return None
    if not markets.is_country(code) and code not in {zone.code for zone in markets.zones()}:
        raise NotFound
    return code
