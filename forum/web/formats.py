"""How dates, numbers and countries are written in the language of the page."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import get_month_names
from flask import g, has_request_context
from markupsafe import Markup

from forum.config import config
from forum.core import clock
from forum.core.i18n import _, babel_locale, current_locale
from forum.web.guards import viewer

NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"
MINUTE, HOUR = 60, 3600


@dataclass(frozen=True)
class _Style:
    """What a language does its own way."""

    short_months: dict[int, str]
    long_months: dict[int, str]
    first_of_month: str
    between_hours_and_minutes: str
    thousands: str
    decimals: str
    before_unit: str


@cache
def _style(locale: str) -> _Style:
    parsed = Locale.parse(locale)
    french = locale == "fr"
    return _Style(
        short_months=dict(get_month_names("abbreviated", locale=parsed)),
        long_months=dict(get_month_names("wide", locale=parsed)),
        first_of_month="1er" if french else "1",
        between_hours_and_minutes=f"{NO_BREAK}h{NO_BREAK}" if french else ":",
        thousands=NARROW_NO_BREAK if french else ",",
        decimals="," if french else ".",
        before_unit=NO_BREAK if french else "",
    )


def ago(moment: datetime) -> str:
    """now, 26 min, 3 h, yesterday, then the day; the day too for what is still to come."""
    return _ago(moment, _zone())


def _ago(moment: datetime, here: ZoneInfo) -> str:
    present = clock.now()
    seconds = (present - moment).total_seconds()
    # Clocks differ by seconds: what is barely to come is now.
    if abs(seconds) < MINUTE:
        return _("now")
    if 0 < seconds < HOUR:
        return _unbroken(_("%(count)s min", count=int(seconds // MINUTE)))
    today, then = present.astimezone(here).date(), moment.astimezone(here).date()
    if then == today and seconds > 0:
        return _unbroken(_("%(count)s h", count=int(seconds // HOUR)))
    if then == today - timedelta(days=1):
        return _("yesterday")
    return _written(then, today, _style(current_locale()).short_months)


def day(moment: datetime | date) -> str:
    """14 Nov, with the year when it is not this one."""
    return _written(_day_of(moment), _today(), _style(current_locale()).short_months)


def long_day(moment: datetime | date) -> str:
    """14 November, with the year when it is not this one."""
    return _written(_day_of(moment), _today(), _style(current_locale()).long_months)


def time_of_day(moment: datetime) -> str:
    """14:32 in the reader's time zone."""
    return _time_of_day(moment.astimezone(_zone()))


def _time_of_day(local: datetime) -> str:
    between = _style(current_locale()).between_hours_and_minutes
    hours = str(local.hour)
    return f"{hours}{between}{local.minute:02}"


def full_date(moment: datetime) -> str:
    """14 November 2026 at 14:32, in the reader's time zone."""
    return _full_date(moment.astimezone(_zone()))


def _full_date(local: datetime) -> str:
    written = _written(local.date(), None, _style(current_locale()).long_months)
    return _("%(day)s at %(time)s", day=written, time=_time_of_day(local))


def stamp(moment: datetime) -> str:
    """The moment for machines, to the second and in UTC."""
    return f"{moment.astimezone(UTC).isoformat()[:19]}Z"


def when(moment: datetime) -> Markup:
    """How long ago, as an element that scripts keep fresh and that tells the full date."""
    here = _zone()
    full, short = _full_date(moment.astimezone(here)), _ago(moment, here)
    # Nothing here comes from a member: dates, our own words and the catalogue's.
    return Markup(  # noqa: S704
        f'<time datetime="{stamp(moment)}" title="{full}" data-ago>{short}</time>'
    )


def number(value: float) -> str:
    """1,204 with the separators of the language; at most two decimals."""
    if type(value) is int and 0 <= value < 1_000:  # most of them, in every language alike
        return str(value)
    style = _style(current_locale())
    whole, _point, decimals = f"{value:,.2f}".partition(".")
    decimals = "" if isinstance(value, int) else decimals.rstrip("0")
    written = whole.replace(",", style.thousands).replace("-", "\u2212")
    return f"{written}{style.decimals}{decimals}" if decimals else written


def short_number(value: int) -> str:
    """12.4k from ten thousand on, 3.1M from a million on; below, the number itself."""
    if value < 10_000:
        return number(value)
    divisor, unit = (1_000_000, "M") if value >= 999_950 else (1_000, "k")
    style = _style(current_locale())
    rounded = f"{value / divisor:.1f}".removesuffix(".0").replace(".", style.decimals)
    return f"{rounded}{style.before_unit}{unit}"


def country(code: str) -> str:
    """The name of a country in the language of the page; the code itself when it is unknown."""
    return str(babel_locale().territories.get(code, code))


def _written(then: date, today: date | None, months: dict[int, str]) -> str:
    style = _style(current_locale())
    number_of_day = style.first_of_month if then.day == 1 else str(then.day)
    written = f"{number_of_day}{NO_BREAK}{months[then.month]}"
    is_this_year = today is not None and then.year == today.year
    return written if is_this_year else f"{written}{NO_BREAK}{then.year}"


def _day_of(moment: datetime | date) -> date:
    return moment.astimezone(_zone()).date() if isinstance(moment, datetime) else moment


def _today() -> date:
    return clock.now().astimezone(_zone()).date()


def _zone() -> ZoneInfo:
    """The reader's time zone; the community's for guests and in mails."""
    if not has_request_context():
        return ZoneInfo(config().time_zone)
    if "zone" not in g:  # a page writes some sixty dates
        person = viewer()
        g.zone = ZoneInfo(config().time_zone if person.is_guest else person.time_zone)
    zone: ZoneInfo = g.zone
    return zone


def _unbroken(text: str) -> str:
    return text.replace(" ", NO_BREAK)
