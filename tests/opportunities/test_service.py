"""What a card must say, who changes it, and what time does to it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.core import clock
from forum.core.database import session, transaction
from forum.core.errors import Forbidden, Invalid
from forum.opportunities import jobs, service
from forum.opportunities.models import CONCLUDED, EXPIRED, OPEN, Opportunity
from tests.opportunities.conftest import card, kept, publish

TODAY = clock.now().date


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"side": "gift"}, "side"),
        ({"kind": ""}, "kind"),
        ({"markets": []}, "markets"),
        ({"markets": ["ZZ"]}, "markets"),
        ({"knowhow": []}, "knowhow"),
        ({"knowhow": ["alchemy"]}, "knowhow"),
        ({"sector": "999"}, "sector"),
        ({"valid_until": TODAY() - timedelta(days=2)}, "valid_until"),
        ({"valid_until": TODAY() + timedelta(days=900)}, "valid_until"),
    ],
)
def test_a_card_that_says_too_little_is_refused_at_its_field(place, cast, said, field):
    with pytest.raises(Invalid) as refused:
        publish(cast.otto, place, **said)

    assert refused.value.field == field
    assert session.scalar(select(func.count()).select_from(Opportunity)) == 0


def test_all_that_is_wrong_is_told_at_once(place):
    wrong = card(side="gift", kind="", markets=[], knowhow=[])

    assert [fault.field for fault in service.faults(wrong)] == [
        "side",
        "kind",
        "markets",
        "knowhow",
    ]
    assert list(service.faults(card())) == []


def test_what_is_published_is_a_topic_with_its_card(place, cast):
    topic = publish(cast.otto, place, company="Kerloden", sector="28")

    opportunity = kept(topic)
    assert (opportunity.side, opportunity.kind, opportunity.status) == ("request", "business", OPEN)
    assert opportunity.company == "Kerloden" and opportunity.sector_id is not None
    assert opportunity.valid_until > TODAY()
    assert topic.kind == service.KIND


def test_a_second_press_publishes_nothing_more(place, cast):
    one = {"author": cast.otto, "category_id": place.id, "title": "Pumps for a fishing harbour",
           "raw": "Twenty pumps, hardly used at all.", "key": "press"}  # fmt: skip

    with transaction():
        first = service.publish(card(), **one)
    with transaction():
        second = service.publish(card(), **one)

    assert first.id == second.id
    assert session.scalar(select(func.count()).select_from(Opportunity)) == 1


@pytest.mark.parametrize(("name", "may"), [("otto", True), ("max", True), ("rose", False)])
def test_its_author_and_staff_say_how_it_goes(place, cast, name, may):
    topic = publish(cast.otto, place)

    def conclude():
        with transaction():
            opportunity = session.get_one(Opportunity, topic.id)
            service.follow_up(opportunity, topic, status=CONCLUDED, by=cast.person(name))

    if may:
        conclude()
    else:
        with pytest.raises(Forbidden):
            conclude()
    assert kept(topic).status == (CONCLUDED if may else OPEN)


def test_what_has_run_out_expires_and_a_later_end_opens_it_again(place, cast):
    topic = publish(cast.otto, place, valid_until=TODAY() + timedelta(days=3))
    other = publish(cast.otto, place, valid_until=TODAY() + timedelta(days=30))

    with clock.stopped(clock.now() + timedelta(days=5)):
        jobs.expire_due()
        jobs.expire_due()
        assert (kept(topic).status, kept(other).status) == (EXPIRED, OPEN)

        with transaction():
            longer = card(valid_until=clock.now().date() + timedelta(days=9))
            service.change(kept(topic), session.merge(topic), longer, by=cast.otto)
        assert kept(topic).status == OPEN
