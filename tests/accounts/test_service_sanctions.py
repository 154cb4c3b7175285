from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.accounts import queries
from forum.accounts.models.user import User
from forum.accounts.service import sanctions, sessions
from forum.accounts.signals import MemberSuspended, SessionEnded, UserChanged
from forum.core import clock
from forum.core.database import session, transaction
from forum.core.errors import Conflict, Forbidden, Invalid
from tests.accounts.facts import announced
from tests.cast import PASSWORD


def tomorrow():
    return clock.now() + timedelta(days=1)


def test_a_suspension_ends_sessions_and_says_why_by_mail(cast, outbox):
    with transaction():
        begun = sessions.begin(
            cast.nina, password=PASSWORD, remember=True, address="", user_agent=""
        )

    with announced() as facts, transaction():
        sanctions.suspend(cast.nina, until=tomorrow(), reason="Canvassing.", by=cast.max)

    assert queries.recognise(cast.nina.session_secret) is None
    assert facts == [
        SessionEnded(session_id=begun.id, user_id=cast.nina.id),
        MemberSuspended(user_id=cast.nina.id),
        UserChanged(user_id=cast.nina.id),
    ]
    assert "> Canvassing." in outbox()[-1].get_body(("plain",)).get_content()


def test_a_session_that_outlives_a_suspension_is_not_recognised(cast):
    with transaction():
        sessions.begin(cast.nina, password=PASSWORD, remember=True, address="", user_agent="")
        cast.nina.suspended_until = tomorrow()

    assert queries.recognise(cast.nina.session_secret) is None


def test_a_sanction_can_be_lifted(cast):
    with transaction():
        sanctions.silence(cast.nina, until=tomorrow(), reason="Tone.", by=cast.max)
        sanctions.suspend(cast.nina, until=tomorrow(), reason="Tone.", by=cast.max)

    with transaction():
        sanctions.unsilence(cast.nina, by=cast.ada)
        sanctions.unsuspend(cast.nina, by=cast.ada)

    assert (cast.nina.silenced_until, cast.nina.suspended_until) == (None, None)


@pytest.mark.parametrize("name", ["rose", "nina", "guest"])
def test_only_staff_may_sanction(cast, name):
    for act in (sanctions.silence, sanctions.suspend):
        with pytest.raises(Forbidden), transaction():
            act(cast.otto, until=tomorrow(), reason="No.", by=cast.person(name))


def test_a_sanction_needs_a_reason_and_an_end_to_come(cast):
    with pytest.raises(Invalid), transaction():
        sanctions.silence(cast.nina, until=tomorrow(), reason="  ", by=cast.max)
    with pytest.raises(Invalid), transaction():
        sanctions.silence(cast.nina, until=clock.now(), reason="Tone.", by=cast.max)


def test_a_moderator_gives_trust_but_no_roles(cast):
    with transaction():
        sanctions.set_trust_level(cast.nina, 2, by=cast.max)

    assert cast.nina.trust_level == 2
    with pytest.raises(Forbidden), transaction():
        sanctions.set_roles(cast.max, admin=True, moderator=True, animateur=False, by=cast.max)
    with pytest.raises(Forbidden), transaction():
        sanctions.set_trust_level(cast.ada, 0, by=cast.max)


@pytest.mark.parametrize("level", [-1, 5])
def test_there_are_five_levels_of_trust(cast, level):
    with pytest.raises(Invalid), transaction():
        sanctions.set_trust_level(cast.nina, level, by=cast.max)


def test_the_last_admin_stays(cast):
    with pytest.raises(Conflict), transaction():
        sanctions.set_roles(cast.ada, admin=False, moderator=True, animateur=False, by=cast.ada)


def test_of_two_admins_who_demote_each_other_one_stays(app, cast):
    with transaction():
        sanctions.set_roles(cast.max, admin=True, moderator=False, animateur=False, by=cast.ada)
    pairs = [(cast.ada.id, cast.max.id), (cast.max.id, cast.ada.id)]
    session.rollback()

    def demote(pair):
        with app.app_context(), suppress(Conflict, Forbidden):
            by, whom = (queries.get(user_id) for user_id in pair)
            with transaction():
                sanctions.set_roles(whom, admin=False, moderator=False, animateur=False, by=by)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(demote, pairs))
    session.rollback()

    admins = list(session.scalars(select(User.username).where(User.is_admin)))
    assert len(admins) == 1
