from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.accounts import policies, queries
from forum.accounts.models.group import Group
from forum.accounts.models.user import User
from forum.accounts.service import groups, registration
from forum.core import clock
from forum.core.database import session, transaction

EVERYBODY = ["ada", "max", "rose", "nina", "silas", "otto", "guest"]


@pytest.fixture
def accounts(cast):
    with transaction():
        registration.create_member(username="pending", email="pending@example.org", confirmed=False)
        staged = registration.create_member(username="archive", email="archive@example.org")
        staged.staged, staged.confirmed_at = True, None
    return cast


@pytest.mark.parametrize("name", EVERYBODY)
def test_question_and_filter_agree_on_who_is_seen(accounts, name):
    viewer = accounts.person(name)

    everyone = list(session.scalars(select(User)))
    asked = {user.username for user in everyone if policies.can_see(viewer, user)}
    filtered = set(session.scalars(select(User.username).where(policies.visible_to(viewer))))

    assert asked == filtered
    assert "archive" in filtered
    assert ("pending" in filtered) == viewer.is_staff


@pytest.mark.parametrize("name", EVERYBODY)
def test_question_and_filter_agree_on_which_groups_are_seen(accounts, name):
    viewer = accounts.person(name)

    every = list(session.scalars(select(Group)))
    asked = {group.name for group in every if policies.can_see_group(viewer, group)}

    assert asked == {group.name for group in queries.visible_groups(viewer)}
    assert ("chess" in asked) == (name in {"ada", "max", "rose"})


def test_members_of_a_group_are_known_to_members_only(accounts):
    chess, staff = queries.group_by_name("chess"), queries.group_by_name("staff")

    assert policies.can_see_members(accounts.rose, chess)
    assert not policies.can_see_members(accounts.otto, chess)
    assert policies.can_see_members(accounts.otto, staff)
    assert not policies.can_see_members(accounts.guest, staff)


@pytest.mark.parametrize(
    ("who", "whom", "may"),
    [
        ("ada", "nina", True),
        ("max", "nina", True),
        ("rose", "nina", False),
        ("guest", "nina", False),
        ("max", "ada", False),
        ("ada", "max", False),  # the role goes first
        ("max", "max", False),
    ],
)
def test_only_staff_sanction_and_never_staff(cast, who, whom, may):
    assert policies.can_sanction(cast.person(who), cast.person(whom)) is may


def test_a_suspension_ends_by_itself(cast):
    cast.nina.suspended_until = clock.now() + timedelta(hours=1)
    before = policies.can_sign_in(cast.nina)

    with clock.stopped(clock.now() + timedelta(hours=2)):
        after = policies.can_sign_in(cast.nina)

    assert (before, after) == (False, True)


def test_automatic_groups_are_filled_by_rule(cast):
    def members(name):
        return {user.username for user in queries.members_of(queries.group_by_name(name))}

    assert members("admins") == {"ada"}
    assert members("staff") == {"ada", "max"}
    assert members("trust_level_3") == {"ada", "max", "rose"}
    assert members("members") == {"ada", "max", "rose", "nina", "silas", "otto"}
    assert members("chess") == {"rose"}


def test_automatic_groups_are_written_down_once(database):
    with transaction():
        groups.ensure_automatic()
        groups.ensure_automatic()

    assert len(queries.groups()) == 10
