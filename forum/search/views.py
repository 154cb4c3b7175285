"""The search page, its facets apart, and what is offered while someone types."""

from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from forum.categories import queries as categories
from forum.opportunities import policies as opportunities
from forum.opportunities.service import KIND as OPPORTUNITY
from forum.search import facets, gaps, meant, queueing, related, service, similar, suggestions
from forum.search.facets import Facet
from forum.search.forms import request_of
from forum.search.grammar import operators
from forum.search.grammar.builtin import ORDER_LABELS
from forum.search.grammar.parser import Chip
from forum.search.meant import Meant
from forum.search.service import Request, Results
from forum.topics import policies
from forum.topics.queries import thread
from forum.web import callers, kept_pages
from forum.web.addresses import with_query
from forum.web.guards import viewer
from forum.web.kept_pages import kept_for_guests

bp = Blueprint("search", __name__)
NEIGHBOURS = 2


@bp.get("/search")
@kept_for_guests
def show() -> str | Response:
    """Results, or the way to search when nothing is asked for; with `facets`, those too."""
    asked = request_of(request.args.to_dict(flat=False))
    if asked.text.strip():
        kept_pages.each_time(lambda: service.spend(viewer(), callers.network()))
    results = service.search(viewer(), asked)
    if results.pages < asked.page and results.pages:
        return redirect(with_query(page=results.pages))
    sought = gaps.sought(asked, results)
    kept_pages.each_time(lambda: gaps.note(sought, viewer(), callers.network()))
    _keep_unless_waiting()
    with_facets, full_path = "facets" in request.args, url_for(".show", **_fields(asked))
    return render_template(
        "search/results.html",
        asked=asked,
        fields=_fields(asked),
        results=results,
        facets=_facets(asked) if with_facets else [],
        facets_path=url_for(".show_facets", **_fields(asked)),
        facets_link=f"{full_path}&facets=1",
        chips=[*_chips(results), *_ticked(facets.ticked(viewer(), asked.chosen))],
        pages=_pages(results),
        orders=ORDER_LABELS,
        operators=operators.grouped(),
        query_with=with_query,
        meant=_meant(asked, results),
        saved_path="/alerts/new?" + full_path.partition("?")[2],
        may_ask=viewer().is_guest or policies.can_create_anywhere(viewer()),
        may_publish=viewer().is_guest or opportunities.can_publish(viewer(), _of_opportunities()),
    )


@bp.get("/search/facets")
@kept_for_guests
def show_facets() -> str:
    """The boxes beside the results, fetched when these are shown."""
    asked = request_of(request.args.to_dict(flat=False))
    kept_pages.each_time(lambda: service.spend_facets(viewer(), callers.network()))
    boxes = _facets(asked)
    _keep_unless_waiting()
    return render_template("search/_facets.html", fields=_fields(asked), facets=boxes, apart=True)


@bp.get("/t/<int:topic_id>/related")
@kept_for_guests
def show_related(topic_id: int) -> str:
    """Topics about the same, as a part of a page or as one."""
    topic = thread.get(viewer(), topic_id)
    part = request.args.get("rows") == "only"
    _keep_unless_waiting()
    return render_template(
        "search/_related.html" if part else "search/related.html",
        topic=topic,
        rows=related.to(viewer(), topic),
    )


@bp.get("/search/suggestions.json")
def suggest() -> Response:
    """Places that what is being typed may mean."""
    suggestions.spend(viewer(), callers.network())
    return jsonify(suggestions=suggestions.suggest(viewer(), request.args.get("q", "")))


@bp.get("/search/similar")
def like_title() -> str:
    """Topics like one whose title is being typed: a fragment for the page where it is begun."""
    suggestions.spend(viewer(), callers.network())
    return render_template(
        "search/_similar.html", rows=similar.topics(viewer(), request.args.get("title", "")[:255])
    )


def _keep_unless_waiting() -> None:
    """The index will know more in a moment, and nothing else will say so."""
    if queueing.waiting():
        kept_pages.do_not_keep()


def _facets(asked: Request) -> list[Facet]:
    return facets.drawn(viewer(), service.facets(viewer(), asked), asked.chosen)


def _fields(asked: Request) -> dict[str, Any]:
    """The search as an address says it, but for the page."""
    chosen = {name: sorted(map(str, values)) for name, values in asked.chosen.items()}
    return {"q": asked.text, "order": asked.order, **chosen}


def _meant(asked: Request, results: Results) -> Meant | None:
    """What else may have been meant, on the first page of little."""
    if results.reading.empty or results.page > 1:
        return None
    return meant.instead(viewer(), asked, results.in_full)


def _of_opportunities() -> frozenset[int]:
    return frozenset(c.id for c in categories.known(viewer()) if c.kind == OPPORTUNITY)


def _chips(results: Results) -> list[Chip]:
    """What was understood of the query, each with the way to take it out."""
    return [
        Chip(chip.label, with_query(q=chip.without, page=None)) for chip in results.reading.chips
    ]


def _ticked(chosen: list[Facet]) -> list[Chip]:
    return [
        Chip(
            box.label,
            with_query(
                **{
                    facet.name: [b.value for b in facet.boxes if b is not box] or None,
                    "page": None,
                }
            ),
        )
        for facet in chosen
        for box in facet.boxes
    ]


def _pages(results: Results) -> list[int | None]:
    """The pages to turn to: the first, the last and those around; None stands for a gap."""
    shown = [
        number
        for number in range(1, results.pages + 1)
        if number in (1, results.pages) or abs(number - results.page) <= NEIGHBOURS
    ]
    pages: list[int | None] = []
    for number in shown:
        if pages and pages[-1] is not None and number - pages[-1] > 1:
            pages.append(None)
        pages.append(number)
    return pages
