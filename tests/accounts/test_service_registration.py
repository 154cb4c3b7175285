from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.accounts import passwords, queries
from forum.accounts.models.user import User
from forum.accounts.service import registration, tokens
from forum.core import clock
from forum.core.database import session, transaction
from forum.core.errors import Conflict, Forbidden, Invalid

PASSWORD = "ferry timetable 1984"


def register(**given):
    with transaction():
        return registration.register(
            **{"username": "clemence", "email": "clemence@pellac.example", "password": PASSWORD}
            | given
        )


def test_a_new_member_waits_for_confirmation(cast, outbox):
    user = register(email="  Clemence@PELLAC.example ", name="Clémence  Adrihan")

    assert user.email == "clemence@pellac.example"
    assert user.name == "Clémence Adrihan"
    assert user.confirmed_at is None
    assert user.trust_level == 0
    assert user.password_hash.startswith("$argon2id$")
    assert [letter["To"] for letter in outbox()] == ["clemence@pellac.example"]


def test_a_used_address_gives_no_account_and_tells_its_owner(cast, outbox, link_in):
    assert register(email="ROSE@example.org") is None

    letters = outbox()
    assert [letter["To"] for letter in letters] == ["rose@example.org"]
    assert "already have an account" in letters[0]["Subject"]
    assert link_in(letters[0]).startswith("/password-reset/")


@pytest.mark.parametrize("username", ["rose", "Rose", "ROSE", "rosе", "ｒｏｓｅ", " rose "])
def test_a_name_that_looks_like_one_that_exists_is_refused(cast, username):
    with pytest.raises(Invalid) as refusal:
        register(username=username)

    assert refusal.value.field == "username"


def test_a_name_of_a_group_is_refused(cast):
    with pytest.raises(Invalid, match="taken"):
        register(username="Chess")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "nobody"),
        ("email", "a@localhost"),
        ("email", "a@[127.0.0.1]"),
        ("email", "a b@x.example"),
        ("email", "a@x.example\nBcc: b@x.example"),
        ("password", "clemence1"),
        ("name", "Eve <script>"),
        ("name", "visit https://spam.example"),
        ("name", "a" * 121),
    ],
)
def test_what_cannot_be_taken_is_named(cast, field, value):
    with pytest.raises(Invalid) as refusal:
        register(**{field: value})

    assert refusal.value.field == field


def test_all_faults_are_told_at_once(cast):
    found = registration.faults(username="a", email="b", password="c", name="<")

    assert [fault.field for fault in found] == ["name", "username", "email", "password"]


def test_many_sign_ups_at_once_make_one_account(app, cast):
    names = ["clemence", "Clemence", "clemencе", "CLEMENCE", "clernence"] * 4

    def try_once(number):
        with app.app_context():
            try:
                return register(username=names[number], email=f"c{number}@pellac.example")
            except Invalid:
                return None
            finally:
                session.remove()

    with ThreadPoolExecutor(8) as pool:
        made = [user for user in pool.map(try_once, range(len(names))) if user]

    assert len(made) == 1


def test_one_address_signing_up_many_times_at_once_has_one_account(app, cast):
    def try_once(number):
        with app.app_context():
            try:
                return register(username=f"clemence{number}x")
            finally:
                session.remove()

    with ThreadPoolExecutor(8) as pool:
        made = [user for user in pool.map(try_once, range(10)) if user]
    session.rollback()  # look again, from now

    count = session.scalar(
        select(func.count()).where(User.email == "clemence@pellac.example").select_from(User)
    )
    assert (len(made), count) == (1, 1)


def test_the_link_confirms_once(cast):
    user = register()
    with transaction():
        secret = tokens.issue(user, tokens.CONFIRM)

    with transaction():
        registration.confirm(secret)

    assert queries.find(user.id).confirmed_at is not None
    with pytest.raises(Invalid), transaction():
        registration.confirm(secret)


@pytest.mark.parametrize("purpose", [tokens.RESET, tokens.CHANGE_EMAIL])
def test_a_link_for_another_purpose_confirms_nothing(cast, purpose):
    user = register()
    with transaction():
        secret = tokens.issue(user, purpose)

    with pytest.raises(Invalid), transaction():
        registration.confirm(secret)


def test_the_link_dies_after_two_days(cast):
    user = register()
    with transaction():
        secret = tokens.issue(user, tokens.CONFIRM)

    late = clock.now() + timedelta(hours=48, seconds=1)

    with clock.stopped(late), pytest.raises(Invalid), transaction():
        registration.confirm(secret)


def test_the_link_dies_with_the_address(cast):
    user = register()
    with transaction():
        secret = tokens.issue(user, tokens.CONFIRM)
        user.email = "other@pellac.example"

    with pytest.raises(Invalid), transaction():
        registration.confirm(secret)


def test_nobody_signs_up_where_it_is_closed(cast):
    from forum.accounts import settings

    with transaction():
        settings.SIGN_UP_OPEN.choose(False)

    with pytest.raises(Forbidden):
        register()


def test_an_operator_makes_members_without_mail(cast, outbox):
    with transaction():
        user = registration.create_member(
            username="admin", email="root@example.org", password="x", admin=True, locale="en"
        )

    assert user.is_admin
    assert user.confirmed_at
    assert passwords.matches("x", user.password_hash)
    assert outbox() == []


def test_an_operator_is_told_when_a_name_is_taken(cast):
    with pytest.raises(Conflict), transaction():
        registration.create_member(username="Rose", email="rose2@example.org")


def test_accounts_nobody_confirmed_are_forgotten(cast):
    user = register()
    other = register(username="later", email="later@pellac.example")
    with transaction():
        user.created_at = clock.now() - timedelta(days=15)

    with transaction():
        registration.forget_unconfirmed()

    session.expunge_all()
    assert queries.find(user.id) is None
    assert queries.find(other.id) is not None
    assert queries.find(cast.rose.id) is not None
