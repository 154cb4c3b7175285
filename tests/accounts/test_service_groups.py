import pytest

from forum.accounts import queries
from forum.accounts.models.group import FIRST_MADE_ID
from forum.accounts.service import groups
from forum.accounts.signals import MemberLeft
from forum.core.database import transaction
from forum.core.errors import Forbidden, Invalid
from tests.accounts.facts import announced


def make(cast, name="testers", **given):
    with transaction():
        return groups.make(name=name, by=cast.ada, **given)


def test_an_admin_makes_groups_after_the_automatic_ones(cast):
    first, second = make(cast), make(cast, "Cap-Afrique", full_name="Cap  Afrique")

    assert first.id > FIRST_MADE_ID
    assert second.id == first.id + 1
    assert (second.name, second.full_name) == ("cap-afrique", "Cap Afrique")


@pytest.mark.parametrize("name", ["staff", "chess", "Rose", "two words", "x"])
def test_a_group_needs_a_name_of_its_own(cast, name):
    with pytest.raises(Invalid) as refusal:
        make(cast, name)

    assert refusal.value.field == "name"


@pytest.mark.parametrize("name", ["max", "rose", "nina", "guest"])
def test_only_an_admin_makes_and_fills_groups(cast, name):
    group = make(cast)

    with pytest.raises(Forbidden), transaction():
        groups.make(name="mine", by=cast.person(name))
    with pytest.raises(Forbidden), transaction():
        groups.add(group, cast.nina, by=cast.person(name))


def test_leaving_is_announced_once(cast):
    group = make(cast)

    with announced() as facts, transaction():
        groups.add(group, cast.nina, by=cast.ada)
        groups.add(group, cast.nina, by=cast.ada)
        groups.remove(group, cast.nina, by=cast.ada)
        groups.remove(group, cast.nina, by=cast.ada)

    assert facts == [MemberLeft(group_id=group.id, user_id=cast.nina.id)]


def test_a_member_may_leave(cast):
    chess = queries.group_by_name("chess")

    with transaction():
        groups.remove(chess, cast.rose, by=cast.rose)

    assert queries.with_groups(cast.rose).made_group_ids == frozenset()


def test_nobody_is_put_into_an_automatic_group(cast):
    with pytest.raises(Forbidden), transaction():
        groups.add(queries.group_by_name("staff"), cast.nina, by=cast.ada)
