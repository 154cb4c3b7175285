from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.accounts.models.token import ApiKey
from forum.accounts.service import api_keys
from forum.core import clock
from forum.core.database import session, transaction


@pytest.fixture
def keys(cast):
    with transaction():
        return {"all": api_keys.create(), "rose": api_keys.create(user=cast.rose)}


@pytest.mark.parametrize(
    ("key", "name", "who"),
    [
        ("all", "nina", "nina"),
        ("all", "NINA", "nina"),
        ("all", "", None),
        ("all", "nobody", None),
        ("rose", "", "rose"),
        ("rose", "Rose", "rose"),
        ("rose", "ada", None),
    ],
)
def test_a_key_opens_for_its_own_names(keys, key, name, who):
    user = api_keys.recognise(keys[key], name)

    assert (user.username if user else None) == who


def test_a_program_has_the_groups_of_its_member(keys, cast):
    assert api_keys.recognise(keys["rose"]).made_group_ids == cast.rose.made_group_ids


def test_a_wrong_a_revoked_and_a_suspended_key_open_nothing(keys, cast):
    with transaction():
        api_keys.revoke(session.scalar(select(ApiKey).where(ApiKey.user_id.is_(None))))
        cast.rose.suspended_until = clock.now() + timedelta(days=1)

    assert api_keys.recognise(keys["all"], "nina") is None
    assert api_keys.recognise(keys["rose"]) is None
    assert api_keys.recognise("guess", "nina") is None


def test_the_use_of_a_key_is_noted_once_an_hour(keys):
    first = api_keys.is_due(keys["all"])
    with transaction():
        api_keys.note_use(keys["all"])
    again = api_keys.is_due(keys["all"])

    with clock.stopped(clock.now() + timedelta(hours=2)):
        later = api_keys.is_due(keys["all"])

    assert (first, again, later) == (True, False, True)


def test_only_the_digest_of_a_key_is_kept(keys):
    kept = {key.digest for key in session.scalars(select(ApiKey))}

    assert not kept & set(keys.values())
