from datetime import UTC, date, datetime, timedelta

import pytest

from forum.core import clock
from forum.core.i18n import use_locale
from forum.web import formats

# 14 November 2026, 15:30 in Paris.
NOW = datetime(2026, 11, 14, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passed", "written"),
    [
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=26, seconds=59), "26 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(hours=15), "15 h"),
        (timedelta(hours=16), "yesterday"),
        (timedelta(days=2), "12 Nov"),
        (timedelta(days=365), "14 Nov 2025"),
        (timedelta(days=-6), "20 Nov"),
        (timedelta(seconds=-5), "now"),
    ],
)
def test_the_past_is_told_shorter_the_further_it_is(app, passed, written):
    with app.test_request_context(), clock.stopped(NOW), use_locale("en"):
        assert plain(formats.ago(NOW - passed)) == written


def test_each_language_writes_days_and_hours_its_own_way(app):
    moment = datetime(2026, 2, 1, 8, 5, tzinfo=UTC)

    with app.test_request_context(), clock.stopped(NOW):
        with use_locale("en"):
            assert plain(formats.full_date(moment)) == "1 February 2026 at 9:05"
            assert plain(formats.day(moment)) == "1 Feb"
            assert plain(formats.long_day(date(2025, 2, 1))) == "1 February 2025"
        with use_locale("fr"):
            assert plain(formats.day(moment)) == "1er févr."
            assert plain(formats.time_of_day(moment)) == "9 h 05"


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (0, "0", "0"),
        (1204, "1,204", "1 204"),
        (-3, "−3", "−3"),
        (2.5, "2.5", "2,5"),
        (1234567, "1,234,567", "1 234 567"),
    ],
)
def test_each_language_writes_numbers_its_own_way(app, value, english, french):
    with use_locale("en"):
        assert plain(formats.number(value)) == english
    with use_locale("fr"):
        assert plain(formats.number(value)) == french


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (9999, "9,999", "9 999"),
        (10_000, "10k", "10 k"),
        (12_449, "12.4k", "12,4 k"),
        (999_960, "1M", "1 M"),
        (3_100_000, "3.1M", "3,1 M"),
    ],
)
def test_large_numbers_are_short_from_ten_thousand_on(app, value, english, french):
    with use_locale("en"):
        assert plain(formats.short_number(value)) == english
    with use_locale("fr"):
        assert plain(formats.short_number(value)) == french


def test_numbers_and_their_units_never_part(app):
    with use_locale("fr"):
        assert formats.number(1204) == "1\u202f204"
        assert formats.short_number(12_400) == "12,4\u00a0k"


def test_a_time_tells_machines_the_moment_and_people_the_full_date(app):
    with app.test_request_context(), clock.stopped(NOW), use_locale("en"):
        element = plain(formats.when(NOW - timedelta(hours=2)))

    assert element == (
        '<time datetime="2026-11-14T12:30:00Z" title="14 November 2026 at 13:30" data-ago>2 h</time>'
    )


def test_countries_have_the_name_of_the_page_s_language(app):
    with use_locale("fr"):
        assert formats.country("SN") == "Sénégal"
    with use_locale("en"):
        assert formats.country("SN") == "Senegal"
        assert formats.country("QQ") == "QQ"


def plain(text) -> str:
    return str(text).replace("\u00a0", " ").replace("\u202f", " ")
