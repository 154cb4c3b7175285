"""Rights as such: which group holds which, and how rights read in plain words."""

import pytest

from forum.accounts.models.group import (
    ADMINS,
    AUTOMATIC,
    EVERYONE,
    MEMBERS,
    MODERATORS,
    STAFF,
    TRUST_LEVEL_0,
)
from forum.categories import rights
from forum.categories.models import CREATE, REPLY, SEE
from forum.core.i18n import set_locale

CLUB = 100
NAMES = {**AUTOMATIC, CLUB: "Cold testers"}


@pytest.fixture(autouse=True)
def english():
    set_locale("en")


@pytest.mark.parametrize(
    ("group", "other", "holding"),
    [
        (EVERYONE, MEMBERS, True),
        (EVERYONE, CLUB, True),
        (MEMBERS, CLUB, True),
        (MEMBERS, EVERYONE, False),
        (MEMBERS, TRUST_LEVEL_0, True),
        (TRUST_LEVEL_0, MEMBERS, True),
        (TRUST_LEVEL_0 + 1, TRUST_LEVEL_0 + 3, True),
        (TRUST_LEVEL_0 + 3, TRUST_LEVEL_0 + 1, False),
        (TRUST_LEVEL_0 + 1, STAFF, False),
        (STAFF, MODERATORS, True),
        (MODERATORS, STAFF, False),
        (CLUB, CLUB, True),
        (CLUB, CLUB + 1, False),
    ],
)
def test_some_groups_hold_others(group, other, holding):
    assert rights.holds(group, other) is holding


def test_a_category_is_private_when_somebody_may_not_see_it():
    assert rights.is_private({MEMBERS: CREATE})
    assert not rights.is_private({EVERYONE: SEE})


def test_a_group_below_must_see_what_is_above():
    assert rights.unseen_by({STAFF: SEE}, {MODERATORS: CREATE, ADMINS: SEE}) == []
    assert rights.unseen_by({STAFF: SEE}, {CLUB: SEE}) == [CLUB]


def test_rights_are_told_in_plain_words():
    open_to_read = {EVERYONE: SEE, MEMBERS: REPLY, TRUST_LEVEL_0 + 1: CREATE, CLUB: CREATE}

    told = rights.sentences(open_to_read, NAMES.__getitem__)

    assert told == [
        "Everyone may read, without an account.",
        "Every member may reply.",
        "May open topics: trust_level_1 and Cold testers.",
        "Administrators may do everything.",
    ]


def test_a_club_is_told_by_its_name_alone():
    told = rights.sentences({CLUB: CREATE}, NAMES.__getitem__)

    assert told[:3] == [
        "May read: Cold testers.",
        "May reply: Cold testers.",
        "Whoever may reply may also open topics.",
    ]


def test_no_rights_leave_it_to_administrators():
    assert rights.sentences({}, NAMES.__getitem__) == [
        "Nobody else sees this category.",
        "Administrators may do everything.",
    ]


def test_two_names_of_the_same_people_are_told_once():
    told = rights.sentences({MEMBERS: CREATE, TRUST_LEVEL_0: CREATE}, NAMES.__getitem__)

    assert told[0] == "Every member may read."
