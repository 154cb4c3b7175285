"""The filters that an address asks for, the same for the page and for JSON."""

from flask import request

from forum.opportunities.models import KINDS, OPEN, SIDES, STATUSES
from forum.opportunities.queries import DUE_DAYS, Filters
from forum.vocabulary import markets

MOST_VALUES = 20


def read_filters() -> Filters:
    """The filters of the address; what does not exist is left out."""
    given = request.args
    statuses = tuple(s for s in given.getlist("status") if s in STATUSES)
    known_zones = {zone.code for zone in markets.zones()}
    return Filters(
        kind=given.get("kind", "") if given.get("kind") in KINDS else "",
        side=given.get("side", "") if given.get("side") in SIDES else "",
        markets=tuple(
            m for m in given.getlist("market") if m in known_zones or markets.is_country(m)
        ),
        sectors=tuple(given.getlist("sector")[:MOST_VALUES]),
        knowhow=tuple(given.getlist("knowhow")[:MOST_VALUES]),
        statuses=statuses or ((OPEN,) if not given.get("status") else ()),
        due=given.get("due", "") if given.get("due") in DUE_DAYS else "",
    )
