from datetime import timedelta

import pytest

from forum.accounts import passwords, queries
from forum.accounts.service import sessions
from forum.accounts.service.sessions import Device
from forum.core import clock
from forum.core.database import session, transaction
from forum.core.errors import Forbidden, Invalid, NotFound, TooMany
from tests.cast import PASSWORD


def sign_in(user, *, remember=False):
    with transaction():
        begun = sessions.begin(
            user, password=PASSWORD, remember=remember, address="192.0.2.1", user_agent="Firefox/1"
        )
    user.own_session = begun
    return user.session_secret


@pytest.mark.parametrize("login", ["rose", "ROSE", "rose@example.org", " Rose@Example.org "])
def test_a_member_signs_in_by_name_or_address(cast, login):
    assert sessions.authenticate(login, PASSWORD) == cast.rose


@pytest.mark.parametrize(
    ("login", "password"), [("rose", "wrong"), ("nobody", PASSWORD), ("", ""), ("rose", "")]
)
def test_a_wrong_name_and_a_wrong_password_are_told_alike(cast, login, password):
    with pytest.raises(Invalid) as refusal:
        sessions.authenticate(login, password)

    assert refusal.value.message == "This name or password is not known."
    assert refusal.value.field is None


def test_only_the_right_password_learns_of_a_suspension(cast):
    with transaction():
        cast.nina.suspended_until = clock.now() + timedelta(days=3)
        cast.nina.suspension_reason = "Spam."

    with pytest.raises(Invalid):
        sessions.authenticate("nina", "wrong")
    with pytest.raises(Forbidden, match=r"suspended until .* Spam\."):
        sessions.authenticate("nina", PASSWORD)


def test_a_staged_author_cannot_sign_in(cast):
    with transaction():
        cast.nina.staged = True

    with pytest.raises(Invalid):
        sessions.authenticate("nina", PASSWORD)


def test_tries_are_limited_for_the_account_but_not_in_its_own_browser(cast, limits):
    known = Device(cast.rose.id, "her laptop")
    for _ in range(10):
        with pytest.raises(Invalid):
            sessions.authenticate("rose", "wrong")

    with pytest.raises(TooMany):
        sessions.authenticate("ROSE@example.org", PASSWORD)

    assert sessions.authenticate("rose", PASSWORD, device=known) == cast.rose
    with pytest.raises(TooMany):
        sessions.authenticate("rose", PASSWORD, device=Device(cast.nina.id, "another"))


def test_a_session_is_recognised_by_its_secret_only(cast):
    secret = sign_in(cast.rose)

    assert queries.recognise(secret).id == cast.rose.id
    assert queries.recognise(secret[:-1]) is None
    assert queries.recognise(cast.rose.own_session.digest) is None


def test_a_kept_session_lasts_thirty_days_another_a_day(cast):
    kept, other = sign_in(cast.rose, remember=True), sign_in(cast.nina)

    def alive(secret, **after):
        with clock.stopped(clock.now() + timedelta(**after)):
            return queries.recognise(secret) is not None

    assert alive(kept, days=29)
    assert not alive(kept, days=31)
    assert alive(other, hours=23)
    assert not alive(other, hours=25)


def test_a_visit_is_noted_every_five_minutes_and_lengthens_the_session(cast):
    secret = sign_in(cast.rose)
    moment = clock.now()
    cast.rose.own_session = queries.recognise(secret).own_session

    with clock.stopped(moment + timedelta(minutes=4)):
        early = sessions.is_due(cast.rose)
    with clock.stopped(moment + timedelta(hours=20)):
        late = sessions.is_due(cast.rose)
        with transaction():
            sessions.note_visit(cast.rose, address="192.0.2.9")

    assert (early, late) == (False, True)
    assert cast.rose.last_seen_at == moment + timedelta(hours=20)
    with clock.stopped(moment + timedelta(hours=30)):
        assert queries.recognise(secret) is not None


def test_no_session_lasts_for_ever(cast):
    secret = sign_in(cast.rose, remember=True)
    moment = clock.now()

    for days in range(20, 200, 20):
        with clock.stopped(moment + timedelta(days=days)), transaction():
            if found := queries.recognise(secret):
                sessions.note_visit(found, address="")

    with clock.stopped(moment + timedelta(days=185)):
        assert queries.recognise(secret) is None


def test_a_member_ends_his_own_sessions_only(cast):
    rose, nina = sign_in(cast.rose), sign_in(cast.nina)

    with pytest.raises(NotFound), transaction():
        sessions.end(cast.nina, cast.rose.own_session.id)
    with transaction():
        sessions.end(cast.rose, cast.rose.own_session.id)

    assert queries.recognise(rose) is None
    assert queries.recognise(nina) is not None


def test_all_others_end_but_this_one(cast):
    old = [sign_in(cast.rose) for _ in range(3)]
    here = sign_in(cast.rose)

    with transaction():
        count = sessions.end_others(cast.rose)

    assert count == 3
    assert [queries.recognise(secret) for secret in old] == [None] * 3
    assert queries.recognise(here) is not None


def test_an_old_hash_is_renewed_at_signing_in(cast):
    passwords.configure(memory_kib=2048, passes=1)
    former = cast.rose.password_hash

    sign_in(cast.rose)

    session.expunge_all()
    kept = queries.find(cast.rose.id).password_hash
    assert kept != former
    assert passwords.matches(PASSWORD, kept)


def test_ended_sessions_are_forgotten(cast):
    sign_in(cast.rose)

    with clock.stopped(clock.now() + timedelta(days=2)), transaction():
        sessions.forget_expired()

    assert queries.sessions_of(cast.rose) == []
