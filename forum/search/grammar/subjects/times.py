"""When a post was written: `before:`, `after:`."""

from forum.categories.policies import Viewer
from forum.config import config
from forum.core.i18n import _, lazy
from forum.search.grammar import dates
from forum.search.grammar.operators import Meaning, Operator, Unclear
from forum.search.question import Written


def _before(value: str, viewer: Viewer) -> Meaning:
    day = _date(value, viewer)
    return Meaning(_("before %(date)s", date=day.label), Written(until=day.moment))


def _after(value: str, viewer: Viewer) -> Meaning:
    day = _date(value, viewer)
    return Meaning(_("since %(date)s", date=day.label), Written(since=day.moment))


def _date(value: str, viewer: Viewer) -> dates.Day:
    day = dates.read(value, config().time_zone if viewer.is_guest else viewer.time_zone)
    if day is None:
        raise Unclear(
            _(
                "“%(value)s” is no date. Write 2026-01-15, 15/01/2026, 2026-01, 2026, yesterday, "
                "monday, march or 30 for thirty days ago.",
                value=value,
            )
        )
    return day


OPERATORS = (
    Operator(
        "before", "avant", lazy("also a day, a year, march"),
        ("before:2026-09", "avant:2026-09"), _before,
    ),
    Operator(
        "after", "après", lazy("also yesterday, monday, 30 for days"),
        ("after:2026-01", "après:2026-01"), _after, also=("since", "depuis"),
    ),
)  # fmt: skip
