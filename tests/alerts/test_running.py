"""What saved searches tell: what is new, to whom may see it, once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.accounts import queries as accounts
from forum.accounts.service import groups, sanctions
from forum.alerts import jobs, settings
from forum.alerts.models import DAILY, NEVER, SearchHit
from forum.alerts.queries import running as waiting
from forum.alerts.service import running, saving
from forum.core import clock, versions
from forum.core.database import session, transaction
from forum.notifications.queries import lines
from forum.realtime.queries import viewer_of
from forum.search import engine, glossary
from forum.search.models import GlossaryEntry
from forum.topics.models.reading import MUTED
from forum.topics.service import posts, reading, states, topics
from tests.alerts.conftest import anew, reply, told


def found():
    """How often something was found, by all saved searches."""
    return session.scalar(select(func.count(SearchHit.id)))


def test_what_others_write_is_told_within_a_minute(cast, keep, write, minute):
    keep(cast.rose, "zanzibar")
    write("Cloves from Zanzibar this year", by=cast.otto)

    minute()

    assert told() == [("rose", "Cloves from Zanzibar this year")]
    assert lines.unread_count(cast.rose) == 1


def test_words_are_found_in_all_their_forms(cast, keep, write, minute):
    keep(cast.rose, "entrepôts frigorifiques")
    write("Un entrepot frigorifique à louer")

    minute()

    assert len(told()) == 1


def test_what_it_is_called_in_the_other_language_is_told_too(cast, keep, write, minute):
    entry = ("appel d’offres", "call for tenders")
    with transaction():
        session.add(
            GlossaryEntry(words_fr=entry[0], words_en=entry[1], folded=glossary.folded(*entry))
        )
        versions.step("glossary")
    keep(cast.rose, "call for tenders")
    write("Un appel d’offres pour le port")
    write("They call, and nobody answers at all")

    minute()

    assert told() == [("rose", "Un appel d’offres pour le port")]


def test_what_was_there_when_the_search_was_saved_is_no_news(cast, keep, write, minute):
    write("Cloves from Zanzibar this year")
    keep(cast.rose, "zanzibar", hours_ago=0)

    minute()

    assert told() == []


def test_a_reply_in_a_known_topic_is_news_by_its_own_words(cast, keep, write, minute):
    topic = write("Cloves from Zanzibar this year")
    keep(cast.rose, "cinnamon", hours_ago=0)
    reply(topic, "Cinnamon too, by the way.", by=cast.ada)

    minute()

    assert told() == [("rose", topic.title)]


def test_a_topic_is_told_again_only_by_what_was_written_after(cast, keep, write, minute):
    keep(cast.rose, "zanzibar")
    topic = write("Cloves from Zanzibar this year")
    reply(topic, "Zanzibar, indeed.", by=cast.ada)
    minute()
    with clock.stopped(clock.now() + timedelta(minutes=5)):
        minute()
        first = found()
        reply(topic, "Zanzibar once more.", by=cast.ada)
        minute()

    assert (first, found()) == (1, 2)


def test_nothing_is_told_twice_however_often_it_is_asked(cast, keep, write, minute):
    keep(cast.rose, "zanzibar")
    write("Cloves from Zanzibar this year")
    for _ in range(3):
        minute()

    assert len(told()) == found() == 1


def test_an_edit_is_no_news(cast, keep, write, minute):
    topic = write("Cloves from far away this year")
    keep(cast.rose, "zanzibar", hours_ago=0)
    with transaction():
        posts.edit(topics.first_post(topic), topic, by=cast.otto, raw="They are from Zanzibar now.")

    minute()

    assert told() == []


def test_two_processes_that_ask_at_once_tell_once(cast, keep, write, minute, index):
    saved = keep(cast.rose, "zanzibar")
    write("Cloves from Zanzibar this year")
    index.catch_up()
    runs = [running.ask(saved, viewer_of(cast.rose.id)) for _ in range(2)]

    for run in runs:
        with transaction():
            running.keep([run])

    assert len(told()) == found() == 1


def test_a_kill_before_the_commit_leaves_everything_to_the_next_minute(
    cast, keep, write, minute, index
):
    saved = keep(cast.rose, "zanzibar")
    write("Cloves from Zanzibar this year")
    index.catch_up()
    run = running.ask(saved, viewer_of(cast.rose.id))

    def killed():
        with transaction():
            running.keep([run])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()
    session.expire_all()

    minute()

    assert len(told()) == found() == 1


def test_own_posts_are_not_told(cast, keep, write, minute):
    keep(cast.rose, "zanzibar")
    write("Cloves from Zanzibar this year", by=cast.rose)

    minute()

    assert told() == []
    assert found() == 0


def test_what_a_member_was_told_already_rings_once(cast, keep, write, minute):
    keep(cast.rose, "zanzibar")
    write("Cloves from Zanzibar this year", raw="What does @rose think of them?")

    minute()

    assert told() == []
    assert (lines.unread_count(cast.rose), found()) == (1, 1)


def test_what_was_read_meanwhile_is_no_news(cast, keep, write, minute):
    keep(cast.rose, "zanzibar")
    topic = write("Cloves from Zanzibar this year")
    with transaction():
        reading.read(topic, by=cast.rose, number=1)

    minute()

    assert found() == 0


def test_a_muted_topic_tells_nothing(cast, keep, write, minute):
    topic = write("Cloves from far away this year")
    keep(cast.rose, "zanzibar", hours_ago=0)
    with transaction():
        reading.follow(topic, by=cast.rose, level=MUTED)
    reply(topic, "From Zanzibar.", by=cast.ada)

    minute()

    assert found() == 0


@pytest.mark.parametrize(
    ("who", "hears"),
    [("rose", True), ("ada", True), ("otto", False), ("nina", False), ("silas", False),
     ("max", False)],
)  # fmt: skip
def test_only_who_may_see_it_is_told(cast, keep, write, minute, who, hears):
    keep(cast.person(who), "zanzibar")
    author = cast.ada if who == "rose" else cast.rose
    topic = write("The Zanzibar opening of the club", by=author, place=cast.chess_club)

    minute()

    assert told() == ([(who, topic.title)] if hears else [])
    assert found() == hears


def test_who_left_the_club_is_told_nothing_of_it(cast, keep, write, minute):
    keep(cast.rose, "zanzibar")
    with transaction():
        groups.remove(accounts.group_by_name("chess"), cast.rose, by=cast.ada)
    write("The Zanzibar opening of the club", by=cast.ada, place=cast.chess_club)

    minute()

    assert found() == 0


def test_an_unlisted_topic_is_told_to_staff_only(cast, keep, write, minute):
    keep(cast.rose, "zanzibar")
    keep(cast.max, "zanzibar")
    topic = write("Cloves from Zanzibar this year")
    with transaction():
        states.unlist(topic, by=cast.ada)

    minute()

    assert told() == [("max", topic.title)]


def test_a_deleted_post_is_told_to_nobody(cast, keep, write, minute):
    keep(cast.max, "zanzibar")
    topic = write("Cloves from Zanzibar this year")
    with transaction():
        topics.remove(topic, by=cast.ada)

    minute()

    assert found() == 0


@pytest.mark.parametrize("state", ["suspended", "unconfirmed", "staged"])
def test_who_cannot_come_in_is_not_told(cast, keep, write, minute, state):
    keep(cast.otto, "zanzibar")
    with transaction():
        if state == "suspended":
            until = clock.now() + timedelta(days=3)
            sanctions.suspend(cast.otto, until=until, reason="Quarrels", by=cast.ada)
        elif state == "staged":
            cast.otto.staged = True
        else:
            cast.otto.confirmed_at = None
    write("Cloves from Zanzibar this year", by=cast.rose)

    minute()

    assert found() == 0


def test_facets_are_kept_with_the_words(cast, keep, write, minute):
    keep(cast.ada, "", asked=f"q=zanzibar&category={cast.chess_club.id}")
    write("Cloves from Zanzibar this year")
    inside = write("The Zanzibar opening of the club", by=cast.rose, place=cast.chess_club)

    minute()

    assert told() == [("ada", inside.title)]


def test_a_search_that_is_only_kept_tells_nothing(cast, keep, write, minute):
    keep(cast.rose, "zanzibar", frequency=NEVER)
    write("Cloves from Zanzibar this year")

    minute()

    assert found() == 0


def test_a_pause_is_kept_and_what_came_meanwhile_is_told_after(cast, keep, write, minute):
    saved = keep(cast.rose, "zanzibar")
    with transaction():
        saving.pause(saved, by=cast.rose, days=7)
    write("Cloves from Zanzibar this year")

    minute()
    before = found()
    with clock.stopped(clock.now() + timedelta(days=8)):
        write("Something else that was written later")
        minute()

    assert (before, found()) == (0, 1)


def test_deleting_and_bringing_back(cast, keep, write, minute):
    saved = keep(cast.rose, "zanzibar")
    with transaction():
        saving.remove(saved, by=cast.rose)
    write("Cloves from Zanzibar this year")
    minute()
    before = found()
    saved = anew(saved)
    with transaction():
        saving.recover(saved, by=cast.rose)
    minute()

    assert (before, found()) == (0, 1)


def test_the_daily_ones_are_asked_at_eight_where_their_owner_lives(cast, keep, write, minute):
    zones = {cast.rose: "Asia/Tokyo", cast.nina: "Europe/Paris", cast.ada: "America/New_York"}
    morning = clock.now().replace(hour=0, minute=0) + timedelta(days=2)
    with transaction():
        for person, zone in zones.items():
            person.time_zone = zone
    with clock.stopped(morning - timedelta(hours=4)):
        for person in zones:
            keep(person, "zanzibar", frequency=DAILY, hours_ago=0)
    with clock.stopped(morning - timedelta(hours=3)):
        write("Cloves from Zanzibar this year")

    seen = []
    for hour in range(-2, 15):
        with clock.stopped(morning + timedelta(hours=hour, minutes=5)):
            minute()
        seen.append([name for name, _title in told()])

    # Eight in Tokyo is 23:00 UTC, in Paris 7:00 or 6:00, in New York 13:00 or 12:00.
    assert seen[0] == [] and seen[1] == ["rose"]
    assert seen[7] == ["rose"] and seen[9] == ["rose", "nina"]
    assert seen[13] == ["rose", "nina"] and seen[15] == ["rose", "nina", "ada"]


def test_many_topics_at_once_ring_a_few_times_and_are_all_listed(cast, keep, write, minute):
    keep(cast.rose, "zanzibar")
    for number in range(8):
        write(f"Cloves from Zanzibar, lot {number} of them")

    minute()

    assert len(told()) == settings.MOST_RINGS()
    assert found() == 8


def test_nobody_asks_while_nobody_writes(cast, keep, write, minute):
    keep(cast.rose, "zanzibar", hours_ago=2)
    with clock.stopped(clock.now() - timedelta(hours=1)):
        write("Cloves from far away this year")
        minute()
    before = len(waiting.due(100))
    minute()

    assert (before, waiting.due(100)) == (1, [])


def test_as_many_as_fit_in_a_minute_the_longest_waiting_first(
    cast, keep, write, minute, monkeypatch
):
    monkeypatch.setattr(settings.PER_MINUTE, "default", 2)
    for number in range(5):
        keep(cast.rose, f"zanzibar {number}", hours_ago=5 - number)
    write("Cloves from Zanzibar, 0 1 2 3 4, this year")
    asked = []
    for _ in range(3):
        minute()
        asked.append(found())

    assert asked == [2, 4, 5]


def test_while_the_index_is_behind_nobody_asks(cast, keep, write, index):
    saved = keep(cast.rose, "zanzibar")
    before = saved.last_run_at
    with clock.stopped(clock.now() - timedelta(minutes=5)):
        write("Cloves from Zanzibar this year")

    assert waiting.index_is_behind()
    jobs.run_due()
    assert anew(saved).last_run_at == before


def test_without_an_index_the_question_is_asked_again_later(cast, keep, write, index):
    saved = keep(cast.rose, "zanzibar")
    write("Cloves from Zanzibar this year")
    index.catch_up()
    engine.shelf().drop(engine.current())
    session.commit()

    jobs.run_due()

    assert found() == 0
    index.catch_up()
    jobs.run_due()
    assert found() == 1
    assert anew(saved).last_hit_at is not None
