"""Dates as people type them: 2026, 2026-01-15, 15/01/2026, yesterday, lundi, march, 30 (days)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, get_day_names, get_month_names

from forum.core import clock
from forum.core.i18n import LOCALES, babel_locale, current_locale
from forum.search.analysis import folded

_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2}))?(?:-(?P<day>\d{1,2}))?")
# In Europe the day comes first.
_SLASHED = re.compile(r"(?:(?P<day>\d{1,2})[/.])?(?P<month>\d{1,2})[/.](?P<year>\d{4})")
FIRST_OF_MONTH = re.compile(r"^1 ")
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
    written = folded(value.strip()).replace("\u2019", "'").rstrip(".")
    today = clock.now().astimezone(zone).date()
    if written in _NAMED or _DAYS.fullmatch(written):
        days = _NAMED[written] if written in _NAMED else int(written)
        return _day(today - timedelta(days=days), zone, "day")
    if written in _weekdays():
        days = (today.weekday() - _weekdays()[written]) % 7
        return _day(today - timedelta(days=days), zone, "day")
    if written in _months():
        month = _months()[written]
        return _day(date(today.year - (month > today.month), month, 1), zone, "month")
    return _numbered(written, zone)


def _numbered(written: str, zone: ZoneInfo) -> Day | None:
    found = _ISO.fullmatch(written) or _SLASHED.fullmatch(written)
    if found is None:
        return None
    year, month, day = (int(found[part]) if found[part] else None for part in _PARTS)
    try:
        begin = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    return _day(begin, zone, "day" if day else "month" if month else "year")


_PARTS = ("year", "month", "day")


@cache
def _weekdays() -> dict[str, int]:
    """Monday is 0; the last one is meant, today included."""
    return {
        folded(name): number
        for locale in LOCALES
        for number, name in get_day_names("wide", locale=locale).items()
    }


@cache
def _months() -> dict[str, int]:
    """January is 1; the last one is meant, this one included. Shortened ones too: sept, févr."""
    return {
        folded(str(name)).rstrip("."): number
        for width in ("abbreviated", "wide")
        for locale in LOCALES
        for number, name in get_month_names(width, locale=locale).items()
    }


def _day(begin: date, zone: ZoneInfo, precision: str) -> Day:
    try:
        moment = datetime.combine(begin, time(), zone).astimezone(UTC)
    except OverflowError:  # the first and the last year that Python knows
        moment = datetime.combine(begin, time(), UTC)
    return Day(moment, _label(begin, precision))


def _label(begin: date, precision: str) -> str:
    if precision == "day":
        written = format_date(begin, "long", locale=babel_locale())
        return FIRST_OF_MONTH.sub("1er ", written) if current_locale() == "fr" else written
    if precision == "month":
        return str(format_skeleton("yMMMM", begin, locale=babel_locale()))
    return str(begin.year)
