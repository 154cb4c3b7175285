"""Eight in the morning, where people live."""

from datetime import UTC, datetime

import pytest

from forum.alerts import moments
from forum.alerts.models import DAILY, INSTANT, NEVER, WEEKLY


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("frequency", "zone", "after", "due"),
    [
        (DAILY, "Europe/Paris", "2026-01-15T06:59", "2026-01-15T07:00"),
        (DAILY, "Europe/Paris", "2026-01-15T07:00", "2026-01-16T07:00"),
        (DAILY, "Europe/Paris", "2026-07-15T05:59", "2026-07-15T06:00"),
        # The night the clocks go forward: eight is one hour sooner.
        (DAILY, "Europe/Paris", "2026-03-28T12:00", "2026-03-29T06:00"),
        (DAILY, "Asia/Kolkata", "2026-01-15T12:00", "2026-01-16T02:30"),
        (DAILY, "Pacific/Auckland", "2026-01-15T12:00", "2026-01-15T19:00"),
        (DAILY, "America/Los_Angeles", "2026-01-15T12:00", "2026-01-15T16:00"),
        (WEEKLY, "Europe/Paris", "2026-01-15T12:00", "2026-01-19T07:00"),  # a Thursday
        (WEEKLY, "Europe/Paris", "2026-01-19T06:59", "2026-01-19T07:00"),
        (WEEKLY, "Europe/Paris", "2026-01-19T07:00", "2026-01-26T07:00"),
        (INSTANT, "Europe/Paris", "2026-01-15T12:00", "2026-01-15T12:00"),
    ],
)
def test_the_next_run(frequency, zone, after, due):
    assert moments.next_run(frequency, zone, after=at(after)) == at(due)


def test_what_is_only_kept_is_never_asked():
    assert moments.next_run(NEVER, "Europe/Paris", after=at("2026-01-15T12:00")) is None


def test_a_day_of_mails_begins_at_that_hour():
    assert moments.day_began("Europe/Paris", at("2026-01-15T06:59")) == at("2026-01-14T07:00")
    assert moments.day_began("Europe/Paris", at("2026-01-15T07:00")) == at("2026-01-15T07:00")
