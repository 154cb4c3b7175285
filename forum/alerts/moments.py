"""When a saved search is asked: at once, or at eight in the morning where its owner lives."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from forum.alerts import settings
from forum.alerts.models import DAILY, INSTANT, WEEKLY

MONDAY = 0


def next_run(frequency: str, time_zone: str, *, after: datetime) -> datetime | None:
    """The next moment after this one; none for a search that is only kept."""
    if frequency == INSTANT:
        return after
    if frequency == DAILY:
        return day_began(time_zone, after, days=1)
    if frequency == WEEKLY:
        morning = day_began(time_zone, after).astimezone(ZoneInfo(time_zone)).weekday()
        return day_began(time_zone, after, days=7 - (morning - MONDAY) % 7)
    return None


def day_began(time_zone: str, moment: datetime, *, days: int = 0) -> datetime:
    """The latest such hour that is not after the moment, or the one some days later."""
    zone, hour = ZoneInfo(time_zone), time(settings.HOUR())
    there = moment.astimezone(zone)
    began = there.date() - timedelta(days=there.time() < hour)
    return datetime.combine(began + timedelta(days=days), hour, zone).astimezone(UTC)
