"""Dates as people type them in a query: 2026, 2026-01, 2026-01-15, yesterday, hier, 30 (days)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton

from forum.core import clock
from forum.core.i18n import babel_locale
from forum.search.analysis import folded

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_DAYS = re.compile(r"\d{1,3}")
_NAMED = {
    "today": 0,
    "aujourd'hui": 0,
    "aujourdhui": 0,
    "yesterday": 1,
    "hier": 1,
}


@dataclass(frozen=True)
class Day:
    """The beginning of a day, month or year in the reader's time zone, and how it is called."""

    moment: datetime
    label: str


def read(value: str, time_zone: str) -> Day | None:
    """The date that is meant; None when it is none."""
    zone = ZoneInfo(time_zone)
    written = folded(value.strip()).replace("\u2019", "'")
    today = clock.now().astimezone(zone).date()
    if written in _NAMED or _DAYS.fullmatch(written):
        days = _NAMED[written] if written in _NAMED else int(written)
        return _day(today - timedelta(days=days), zone, "day")
    found = _ISO.fullmatch(written)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        begin = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    return _day(begin, zone, "day" if day else "month" if month else "year")


def _day(begin: date, zone: ZoneInfo, precision: str) -> Day:
    try:
        moment = datetime.combine(begin, time(), zone).astimezone(UTC)
    except OverflowError:  # the first and the last year that Python knows
        moment = datetime.combine(begin, time(), UTC)
    return Day(moment, _label(begin, precision))


def _label(begin: date, precision: str) -> str:
    if precision == "day":
        return format_date(begin, "long", locale=babel_locale())
    if precision == "month":
        return str(format_skeleton("yMMMM", begin, locale=babel_locale()))
    return str(begin.year)
