"""Mails: what they say, how many, and what they no longer say when a right is gone."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from forum.accounts import queries as accounts
from forum.accounts.service import groups, sanctions
from forum.alerts import jobs, links, settings
from forum.alerts.models import DAILY, INSTANT, MAIL, PAGE, AlertLetter, SavedSearch, SearchHit
from forum.alerts.queries import letters as waiting
from forum.alerts.service import letters, saving
from forum.core import clock, mail
from forum.core.database import session, transaction
from forum.realtime.queries import viewer_of
from forum.topics.service import reading, topics
from tests.alerts.conftest import anew, told

CLICK = {"List-Unsubscribe": "One-Click"}
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def text_of(letter):
    return letter.get_body(("plain",)).get_content()


def html_of(letter):
    return letter.get_body(("html",)).get_content()


@pytest.fixture
def written(cast, keep_by_mail, write, index):
    """A mail that was written and not yet sent: a topic of the club and one of the square."""
    keep_by_mail(cast.rose, "zanzibar")
    inside = write("The Zanzibar opening of the club", by=cast.ada, place=cast.chess_club)
    outside = write("Cloves from Zanzibar this year")
    index.catch_up()
    jobs._ask_all(until=float("inf"))
    with transaction():
        [letter_id] = letters.write()
    return letter_id, inside, outside


def test_a_mail_tells_what_was_found_and_where(cast, keep_by_mail, write, minute, outbox):
    keep_by_mail(cast.rose, "zanzibar", name="Island <spices>")
    topic = write("Cloves & pepper from Zanzibar", raw="Five tons <b>of them</b> in store.")

    minute()

    [letter] = outbox()
    assert letter["To"] == "rose@example.org"
    assert letter["Subject"] == "1 new post for “Island <spices>”"
    assert "Cloves & pepper from Zanzibar" in text_of(letter)
    assert f"http://forum.test{topic.path}/1" in text_of(letter)
    assert "Otto, in Square" in text_of(letter)
    assert "Cloves &amp; pepper from Zanzibar</a>" in html_of(letter)
    assert "Island &lt;spices&gt;" in html_of(letter)
    assert "Five tons" in html_of(letter)
    assert told() == [("rose", topic.title)]


def test_a_mail_speaks_the_language_of_its_reader(cast, keep_by_mail, write, minute, outbox):
    with transaction():
        cast.rose.locale = "fr"
    keep_by_mail(cast.rose, "zanzibar")
    write("Cloves from Zanzibar this year")
    write("Pepper from Zanzibar this year")

    minute()

    [letter] = outbox()
    assert letter["Subject"].split() == ["2", "nouveaux", "messages", "pour", "«", "zanzibar", "»"]
    assert "Bonjour Rose" in text_of(letter)
    assert '<html lang="fr">' in html_of(letter)
    assert "Hello" not in html_of(letter) + text_of(letter)


def test_several_searches_share_one_mail(cast, keep_by_mail, write, minute, outbox):
    keep_by_mail(cast.rose, "zanzibar")
    keep_by_mail(cast.rose, "cinnamon")
    write("Cloves from Zanzibar this year")
    write("Cinnamon from Ceylon this year")

    minute()

    [letter] = outbox()
    assert letter["Subject"] == "2 new posts for your saved searches"
    assert "Cloves from Zanzibar" in text_of(letter) and "Cinnamon from Ceylon" in text_of(letter)


def test_who_wants_no_mail_gets_none(cast, keep, write, minute, outbox):
    keep(cast.rose, "zanzibar", channel=PAGE)
    write("Cloves from Zanzibar this year")

    minute()

    assert outbox() == []
    assert len(told()) == 1


def test_a_mail_a_quarter_of_an_hour_and_six_a_day_the_rest_next_morning(
    cast, keep_by_mail, write, minute, outbox
):
    with clock.stopped(NOON - timedelta(hours=1)):
        keep_by_mail(cast.rose, "zanzibar", hours_ago=0)
    sent = []
    for quarter in range(10):
        for minutes in (0, 7):
            with clock.stopped(NOON + timedelta(minutes=15 * quarter + minutes)):
                write(f"Cloves from Zanzibar, lot {quarter} at {minutes}")
                minute()
        sent.append(len(outbox()))
    assert sent == [1, 2, 3, 4, 5, 6, 6, 6, 6, 6]
    assert "lot 5 at 0" in text_of(outbox()[-1]) and "lot 4 at 7" in text_of(outbox()[-1])

    with clock.stopped(NOON + timedelta(hours=18, minutes=30)):  # half past seven in Paris
        minute()
        assert len(outbox()) == 6
    with clock.stopped(NOON + timedelta(hours=19, minutes=1)):  # just after eight
        minute()
        minute()

    assert len(outbox()) == 7
    titles = set(re.findall(r"lot \d at \d", "".join(text_of(one) for one in outbox())))
    assert len(titles) == 20


def test_a_daily_search_is_mailed_once_a_morning(cast, keep_by_mail, write, minute, outbox):
    with clock.stopped(NOON):
        keep_by_mail(cast.rose, "zanzibar", frequency=DAILY, hours_ago=0)
        keep_by_mail(cast.rose, "cinnamon", frequency=DAILY, hours_ago=0)
        write("Cloves from Zanzibar this year")
        write("Cinnamon from Ceylon this year")
    counts = []
    for hours in (1, 18, 20, 24, 30):
        with clock.stopped(NOON + timedelta(hours=hours)):
            minute()
        counts.append(len(outbox()))

    assert counts == [0, 0, 1, 1, 1]


def test_a_search_still_to_be_asked_is_waited_for(
    cast, keep_by_mail, write, minute, outbox, monkeypatch
):
    monkeypatch.setattr(settings.PER_MINUTE, "default", 1)
    with clock.stopped(NOON):
        for word in ("zanzibar", "cloves"):
            keep_by_mail(cast.rose, word, frequency=DAILY, hours_ago=0)
        write("Cloves from Zanzibar this year")
    counts = []
    for minutes in (0, 1):
        with clock.stopped(NOON + timedelta(hours=20, minutes=minutes)):
            minute()
        counts.append(len(outbox()))

    assert counts == [0, 1]


def lose_the_club(cast, _topic):
    groups.remove(accounts.group_by_name("chess"), cast.rose, by=cast.ada)


def lose_the_topic(cast, topic):
    topics.remove(topic, by=cast.ada)


def lose_sight(cast, topic):
    topics.change(topic, by=cast.ada, category_id=cast.staff_room.id)


def have_read(cast, topic):
    reading.read(topic, by=cast.rose, number=1)


@pytest.mark.parametrize("change", [lose_the_club, lose_the_topic, lose_sight, have_read])
def test_what_its_reader_may_not_see_any_more_is_dropped_when_it_is_sent(
    cast, written, outbox, change
):
    letter_id, inside, _outside = written
    with transaction():
        change(cast, inside)

    jobs.mail_letter(letter_id=letter_id)

    [letter] = outbox()
    assert letter["Subject"] == "1 new post for “zanzibar”"
    assert "opening of the club" not in letter.as_string() + text_of(letter) + html_of(letter)
    assert "Cloves from Zanzibar" in text_of(letter)


def test_a_mail_of_which_nothing_is_left_is_not_sent(cast, written, outbox):
    letter_id, inside, outside = written
    with transaction():
        lose_the_club(cast, inside)
        topics.remove(outside, by=cast.ada)

    jobs.mail_letter(letter_id=letter_id)

    assert outbox() == []


@pytest.mark.parametrize("state", ["suspended", "unconfirmed", "without address"])
def test_who_cannot_come_in_gets_no_mail(cast, written, outbox, state):
    with transaction():
        if state == "suspended":
            sanctions.set_trust_level(cast.rose, 1, by=cast.ada)
            until = clock.now() + timedelta(days=3)
            sanctions.suspend(cast.rose, until=until, reason="Quarrels", by=cast.ada)
        elif state == "unconfirmed":
            cast.rose.confirmed_at = None
        else:
            cast.rose.email = None
    before = len(outbox())

    jobs.mail_letter(letter_id=written[0])

    assert [one["Subject"] for one in outbox()[before:]] == []


@pytest.mark.parametrize("change", ["page", "deleted", "paused"])
def test_who_wants_no_mail_meanwhile_gets_none(cast, written, outbox, change):
    saved = session.scalars(select(SavedSearch)).one()
    with transaction():
        if change == "page":
            saving.change(saved, by=cast.rose, name="z", frequency=INSTANT, channel=PAGE)
        elif change == "deleted":
            saving.remove(saved, by=cast.rose)
        else:
            saving.pause(saved, by=cast.rose, days=3)

    jobs.mail_letter(letter_id=written[0])

    assert outbox() == []


def test_a_mail_is_sent_once_whoever_tries(cast, written, outbox):
    for _ in range(3):
        jobs.mail_letter(letter_id=written[0])
    with clock.stopped(clock.now() + timedelta(minutes=5)):
        jobs.run_due()

    assert len(outbox()) == 1


def test_a_mail_whose_job_was_lost_is_sent_some_minutes_later(cast, written, outbox):
    jobs.run_due()
    before = len(outbox())
    with clock.stopped(clock.now() + timedelta(minutes=5)):
        jobs.run_due()

    assert (before, len(outbox())) == (0, 1)


def test_a_mail_server_that_is_down_is_asked_again(cast, written, outbox, tmp_path, monkeypatch):
    blocked = tmp_path / "a file, no folder"
    blocked.write_text("")
    monkeypatch.setattr(mail, "outbox", lambda: blocked)
    jobs.mail_letter(letter_id=written[0])
    monkeypatch.undo()
    assert waiting.lost_letters() == []

    with clock.stopped(clock.now() + timedelta(minutes=5)):
        jobs.run_due()

    assert len(outbox()) == 1


def test_the_mail_carries_a_link_that_stops_it_with_one_click(
    cast, keep_by_mail, write, minute, outbox, visit
):
    saved = keep_by_mail(cast.rose, "zanzibar")
    write("Cloves from Zanzibar this year")
    minute()
    [letter] = outbox()
    path = letter["List-Unsubscribe"].strip(" <>").removeprefix("http://forum.test")
    stranger = visit()

    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert path in text_of(letter) and path in html_of(letter)
    assert "Stop these mails?" in stranger.read(path)
    assert anew(saved).channel == MAIL
    assert "Stop these mails?" in stranger.post(path, csrf=False).get_data(as_text=True)
    assert anew(saved).channel == MAIL
    answer = stranger.post(path, CLICK, csrf=False)
    assert answer.status_code == 200
    assert anew(saved).channel == PAGE


def test_a_link_stops_one_search_or_all_and_nobody_elses(cast, keep_by_mail, visit):
    first, second = keep_by_mail(cast.rose, "zanzibar"), keep_by_mail(cast.rose, "cinnamon")
    other = keep_by_mail(cast.otto, "zanzibar")

    def channels():
        return [anew(one).channel for one in (first, second, other)]

    def follow(link):
        visit().post(link.removeprefix("http://forum.test"), CLICK, csrf=False)
        return channels()

    assert follow(links.stop(cast.rose.id, other.id)) == [MAIL, MAIL, MAIL]
    assert follow(links.stop(cast.rose.id, first.id)) == [PAGE, MAIL, MAIL]
    assert follow(links.stop(cast.rose.id)) == [PAGE, PAGE, MAIL]


@pytest.mark.parametrize("secret", ["x", "W251bGwsbnVsbF0.abc", "999"])
def test_a_link_that_is_not_ours_stops_nothing(cast, keep_by_mail, visit, secret):
    saved = keep_by_mail(cast.rose, "zanzibar")

    for ask in (visit().get, lambda path: visit().post(path, CLICK, csrf=False)):
        assert ask(f"/alerts/mail/{secret}").status_code == 403
    assert anew(saved).channel == MAIL


def test_what_is_old_is_forgotten(cast, written, minute):
    saved = session.scalars(select(SavedSearch)).one()
    with transaction():
        saving.remove(saved, by=cast.rose)
    jobs.forget_old()
    before = len(session.scalars(select(SearchHit)).all())
    with clock.stopped(clock.now() + timedelta(days=100)):
        jobs.forget_old()
    session.expire_all()

    assert before == 2
    assert [session.scalars(select(m)).all() for m in (SavedSearch, SearchHit, AlertLetter)] == [
        [], [], [],
    ]  # fmt: skip


def test_a_mail_takes_the_same_statements_for_few_and_many(
    cast, keep_by_mail, write, index, queries_made
):
    costs = []
    for number in (1, 6):
        keep_by_mail(cast.rose, f"zanzibar {number}")
        for lot in range(number):
            write(f"Cloves from Zanzibar {number}, lot {lot} of them")
        index.catch_up()
        jobs._ask_all(until=float("inf"))
        with clock.stopped(clock.now() + timedelta(hours=number)), transaction():
            [letter_id] = letters.write()
        letter, owner = session.get(AlertLetter, letter_id), viewer_of(cast.rose.id)
        with queries_made() as seen:
            waiting.told_in(letter, owner)
        costs.append(len(seen))

    assert costs == [1, 1]


def test_the_link_in_the_head_stays_whole_however_long_it_is(app):
    address = f"https://{'forum-of-a-long-name.' * 4}example.org/alerts/mail/{'x' * 60}"

    letter = mail.compose(to="rose@example.org", subject="x", text="x")
    letter["List-Unsubscribe"] = f"<{address}>"

    assert f"List-Unsubscribe: <{address}>".encode() in letter.as_bytes()
