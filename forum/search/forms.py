"""What the address of a search page says. Nothing in it is an error: what makes no sense is left."""

from collections.abc import Mapping, Sequence

from forum.search.question import FACETS, ORDERS
from forum.search.service import Request

_DIGITS = 9
_NUMBERS = {"category", "tag", "knowhow", "year", "author"}


def request_of(fields: Mapping[str, Sequence[str]]) -> Request:
    """The search that an address asks for; `term` is Discourse's other name of `q`."""
    order, page = _first(fields, "order"), _first(fields, "page")
    return Request(
        text=_first(fields, "q") or _first(fields, "term"),
        chosen=_chosen(fields),
        order=order if order in ORDERS else None,
        page=int(page) if page.isdecimal() and len(page) <= _DIGITS else 1,
    )


def _first(fields: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(fields.get(name, ())), "")


def _chosen(fields: Mapping[str, Sequence[str]]) -> Mapping[str, frozenset[int | str]]:
    chosen = {}
    for facet in FACETS:
        values = [_value(facet, text.strip()) for text in fields.get(facet, ())]
        if kept := frozenset(value for value in values if value is not None):
            chosen[facet] = kept
    return chosen


def _value(facet: str, text: str) -> int | str | None:
    if facet not in _NUMBERS:
        return text or None
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else None
