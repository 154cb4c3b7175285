"""The search page, and what is offered while someone types."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request

from forum.categories import queries as categories
from forum.core.i18n import _
from forum.search import queueing, service, suggestions
from forum.search.forms import request_of
from forum.search.grammar import operators
from forum.search.grammar.builtin import LANGUAGE_LABELS, ORDER_LABELS
from forum.search.grammar.parser import Chip
from forum.search.service import Request, Results
from forum.topics import kinds, policies
from forum.web import callers, kept_pages
from forum.web.addresses import with_query
from forum.web.guards import viewer
from forum.web.kept_pages import kept_for_guests

bp = Blueprint("search", __name__)
NEIGHBOURS = 2


@dataclass(frozen=True)
class Box:
    """A value of a facet: ticked or not, and how many topics it would leave."""

    value: int | str
    label: str
    count: int
    ticked: bool
    lang: str | None = None


@dataclass(frozen=True)
class Facet:
    """A group of boxes."""

    name: str
    legend: str
    boxes: list[Box]


@bp.get("/search")
@kept_for_guests
def show() -> str | Response:
    """Results, or the way to search when nothing is asked for."""
    asked = request_of(request.args.to_dict(flat=False))
    if asked.text.strip():
        kept_pages.each_time(lambda: service.spend(viewer(), callers.network()))
    results = service.search(viewer(), asked)
    if queueing.waiting():  # the index will know more in a moment, and nothing else will say so
        kept_pages.do_not_keep()
    facets = _facets(asked, results)
    return render_template(
        "search/results.html",
        asked=asked,
        results=results,
        facets=facets,
        chips=[*_chips(results), *_ticked(facets)],
        pages=_pages(results),
        orders=ORDER_LABELS,
        operators=operators.all_operators(),
        query_with=with_query,
        may_ask=viewer().is_guest or policies.can_create_anywhere(viewer()),
    )


@bp.get("/search/suggestions.json")
def suggest() -> Response:
    """Places that what is being typed may mean."""
    suggestions.spend(viewer(), callers.network())
    return jsonify(suggestions=suggestions.suggest(viewer(), request.args.get("q", "")))


def _chips(results: Results) -> list[Chip]:
    """What was understood of the query, each with the way to take it out."""
    return [
        Chip(chip.label, with_query(q=chip.without, page=None)) for chip in results.reading.chips
    ]


def _ticked(facets: list[Facet]) -> list[Chip]:
    return [
        Chip(
            box.label,
            with_query(
                **{
                    facet.name: [b.value for b in facet.boxes if b.ticked and b is not box] or None,
                    "page": None,
                }
            ),
        )
        for facet in facets
        for box in facet.boxes
        if box.ticked
    ]


def _facets(asked: Request, results: Results) -> list[Facet]:
    legends = {"category": _("Category"), "kind": _("Kind"), "lang": _("Language")}
    known: dict[str, dict[int | str, str]] = {
        "category": {category.id: category.name for category in categories.known(viewer())},
        "kind": {kind.name: str(kind.plural) for kind in kinds.all_kinds()},
        "lang": dict(LANGUAGE_LABELS.items()),
    }
    facets = []
    for name, legend in legends.items():
        counts, ticked = results.counts.get(name, {}), asked.chosen.get(name, frozenset())
        boxes = [
            Box(value, label, counts.get(value, 0), value in ticked, _lang(name, value))
            for value, label in known[name].items()
            if counts.get(value) or value in ticked
        ]
        boxes.sort(key=lambda box: -box.count)
        if boxes:
            facets.append(Facet(name, legend, boxes))
    return facets


def _lang(facet: str, value: Any) -> str | None:
    return value if facet == "lang" else None


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
