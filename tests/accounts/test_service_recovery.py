from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from forum.accounts import passwords, queries
from forum.accounts.service import recovery, sessions, tokens
from forum.core import clock
from forum.core.database import session, transaction
from forum.core.errors import Invalid
from tests.cast import PASSWORD

NEW = "a lighthouse keeper's log"


@pytest.fixture
def link(cast):
    with transaction():
        return tokens.issue(cast.rose, tokens.RESET)


def reset(secret, password=NEW):
    with transaction():
        return recovery.reset_password(secret, password=password)


def test_the_link_sets_a_password_and_ends_every_session(cast, link, outbox):
    with transaction():
        sessions.begin(cast.rose, password=PASSWORD, remember=True, address="", user_agent="")

    reset(link)

    session.expunge_all()
    rose = queries.find(cast.rose.id)
    assert passwords.matches(NEW, rose.password_hash)
    assert queries.sessions_of(rose) == []
    assert "was changed" in outbox()[-1]["Subject"]


def test_the_link_works_once_for_an_hour_and_kills_the_others(cast, link):
    with transaction():
        other = tokens.issue(cast.rose, tokens.RESET)
        late = tokens.issue(cast.nina, tokens.RESET)

    reset(link)

    for secret in (link, other, "nonsense"):
        with pytest.raises(Invalid):
            reset(secret)
    with clock.stopped(clock.now() + timedelta(minutes=61)), pytest.raises(Invalid):
        reset(late)


def test_a_refused_password_leaves_the_link_alive(cast, link):
    with pytest.raises(Invalid) as refusal:
        reset(link, "rose")

    assert refusal.value.field == "password"
    assert reset(link).id == cast.rose.id


def test_of_two_who_use_the_link_at_once_one_wins(app, cast, link):
    def attempt(number):
        with app.app_context():
            try:
                return reset(link, f"{NEW} {number}")
            except Invalid:
                return None
            finally:
                session.remove()

    with ThreadPoolExecutor(6) as pool:
        winners = [user for user in pool.map(attempt, range(6)) if user]

    assert len(winners) == 1


def test_the_link_dies_with_the_address(cast, link):
    with transaction():
        cast.rose.email = "rose@elsewhere.example"

    with pytest.raises(Invalid):
        reset(link)


def test_a_staged_author_takes_the_account_over(cast, link):
    with transaction():
        cast.rose.staged, cast.rose.confirmed_at, cast.rose.password_hash = True, None, None

    reset(link)

    rose = sessions.authenticate("rose", NEW)
    assert rose.confirmed_at is not None


def test_changing_the_password_asks_for_the_present_one_and_keeps_this_session(cast):
    with transaction():
        other = sessions.begin(
            cast.rose, password=PASSWORD, remember=True, address="", user_agent=""
        )
        cast.rose.own_session = sessions.begin(
            cast.rose, password=PASSWORD, remember=True, address="", user_agent=""
        )

    with pytest.raises(Invalid) as refusal, transaction():
        recovery.change_password(cast.rose, current="wrong", password=NEW)
    with transaction():
        recovery.change_password(cast.rose, current=PASSWORD, password=NEW)

    assert refusal.value.field == "current"
    assert [s.id for s in queries.sessions_of(cast.rose)] == [cast.rose.own_session.id]
    assert other.id != cast.rose.own_session.id


def test_the_new_address_counts_once_confirmed(cast, link):
    with transaction():
        secret = tokens.issue(cast.rose, tokens.CHANGE_EMAIL, email="rose@new.example")

    with transaction():
        recovery.change_email(secret)

    assert queries.by_email("rose@new.example").id == cast.rose.id
    with pytest.raises(Invalid):
        reset(link)  # what was sent to the former address is worth nothing


def test_an_address_taken_in_the_meantime_is_refused(cast):
    with transaction():
        secret = tokens.issue(cast.rose, tokens.CHANGE_EMAIL, email="nina@example.org")

    with pytest.raises(Invalid), transaction():
        recovery.change_email(secret)
