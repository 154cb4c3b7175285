"""What is sought in vain, for staff: only what several people asked for, so that none is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Subquery, delete, func, select

from forum.accounts.models.user import User
from forum.core import clock
from forum.core.database import insert_once, session
from forum.core.errors import NotFound, require
from forum.search import policies, settings
from forum.search.models import DismissedGap, SearchAsker, SearchDay

PERIODS = {"week": 7, "month": 30, "year": 365}
SHOWN = 100
MOST_EXPORTED = 5_000


@dataclass(frozen=True)
class Gap:
    """Something that people sought and did not find."""

    key: str
    words: str
    lang: str
    people: int  # who found nothing
    found_none: int
    asked: int
    last_on: date


def groups(period: str, *, dismissed: bool = False, most: int = SHOWN) -> Sequence[Gap]:
    """What was sought in vain in a period, by most people first.

    What fewer than `GAP_PEOPLE` different people asked for is left out by the statement itself.
    """
    since = _since(period)
    people = _people(since)
    statement = (
        select(
            SearchDay.key,
            func.max(SearchDay.words).label("words"),
            func.max(SearchDay.lang).label("lang"),
            people.c.people,
            func.sum(SearchDay.found_none).label("found_none"),
            func.sum(SearchDay.asked).label("asked"),
            func.max(SearchDay.day).label("last_on"),
        )
        .join(people, people.c.key == SearchDay.key)
        .where(SearchDay.day >= since, _is_dismissed() if dismissed else ~_is_dismissed())
        .group_by(SearchDay.key, people.c.people)
        .order_by(people.c.people.desc(), func.sum(SearchDay.found_none).desc(), SearchDay.key)
        .limit(most)
    )
    return [Gap(**row._mapping) for row in session.execute(statement)]


def dismiss(key: str, *, by: User) -> None:
    """Show a gap no more; it can be brought back."""
    require(policies.can_see_gaps(by))
    if not any(gap.key == key for gap in groups("year", most=MOST_EXPORTED)):
        raise NotFound
    insert_once(DismissedGap, key=key, dismissed_at=clock.now(), dismissed_by_id=by.id)


def bring_back(key: str, *, by: User) -> None:
    """Show a gap again that was dismissed."""
    require(policies.can_see_gaps(by))
    session.execute(delete(DismissedGap).where(DismissedGap.key == key))


def _since(period: str) -> date:
    return clock.now().date() - timedelta(days=PERIODS[period] - 1)


def _people(since: date) -> Subquery:
    """How many people sought each thing in vain, where they are enough to be told of."""
    count = func.count()
    return (
        select(SearchAsker.key, count.label("people"))
        .where(SearchAsker.last_on >= since)
        .group_by(SearchAsker.key)
        .having(count >= settings.GAP_PEOPLE())
        .subquery()
    )


def _is_dismissed() -> ColumnElement[bool]:
    return select(DismissedGap.key).where(DismissedGap.key == SearchDay.key).exists()
