"""Offers and requests come from a table, read through a mapping."""

import csv
import io
from datetime import date

import pytest
from sqlalchemy import select

from forum.core.database import session, transaction
from forum.importers.commands import MAPPINGS
from forum.importers.csv import import_opportunities
from forum.importers.mapping import OpportunityMapping, load
from forum.importers.report import Report
from forum.opportunities.models import Opportunity
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic, TopicMarket, TopicTerm
from forum.vocabulary import service as vocabulary

COLUMNS = [
    "ref", "lang", "side", "kind", "title", "description", "buyer", "country", "region", "cpv",
    "category", "published_at", "deadline_at", "value", "currency", "status", "winners", "sme",
]  # fmt: skip
ROW = {
    "ref": "R1", "lang": "en", "side": "request", "kind": "business", "title": "Cold pumps wanted",
    "description": "Ten pumps for *cold* water.", "buyer": "Harbour Office", "country": "GB",
    "region": "Wales", "cpv": "42122000;42500000", "published_at": "2025-02-20T00:00:00Z",
    "deadline_at": "2025-05-14T12:00:00Z", "value": "1000", "currency": "GBP", "status": "open",
}  # fmt: skip


@pytest.fixture
def take(cast):
    with transaction():
        vocabulary.load()

    def run(*rows, as_of=date(2025, 3, 1), extra=""):
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
        report = Report()
        import_opportunities(
            io.StringIO(text.getvalue() + extra),
            cast.square,
            load(MAPPINGS / "requests_flat.toml", OpportunityMapping),
            report,
            as_of=as_of,
        )
        return report

    return run


def test_a_row_becomes_a_topic_with_a_card(take):
    report = take(ROW)

    topic, card = session.execute(
        select(Topic, Opportunity).join(Opportunity, Opportunity.topic_id == Topic.id)
    ).one()
    post = session.scalars(select(Post)).one()
    assert (report["added"], report["opportunities"], report["authors"]) == (1, 1, 1)
    assert (topic.kind, topic.title, topic.lang) == ("opportunity", "Cold pumps wanted", "en")
    assert (card.side, card.kind, card.status) == ("request", "business", "open")
    assert (card.company, card.place) == ("Harbour Office", "Wales")
    assert card.valid_until == date(2025, 5, 14)
    assert card.sector_id is not None
    assert session.scalars(select(TopicMarket.country)).all() == ["GB"]
    assert len(session.scalars(select(TopicTerm)).all()) == 1
    assert "Ten pumps for *cold* water." in post.text
    assert "Buyer: Harbour Office" in post.text
    assert "Awarded" not in post.raw


def test_the_day_decides_what_has_expired(take):
    take(
        ROW,
        ROW | {"ref": "R2", "deadline_at": "2025-02-28"},
        ROW | {"ref": "R3", "status": "closed"},
    )

    cards = session.scalars(select(Opportunity.status).order_by(Opportunity.topic_id)).all()
    assert sorted(cards) == ["concluded", "expired", "open"]


def test_of_two_releases_of_a_notice_the_later_row_counts(take):
    report = take(ROW, ROW | {"title": "Cold pumps wanted, again", "status": "closed"})

    assert (report["read"], report["added"], report["updated"]) == (2, 1, 1)
    assert session.scalars(select(Topic.title)).all() == ["Cold pumps wanted, again"]


def test_a_second_run_adds_nothing(take):
    take(ROW)

    again = take(ROW, ROW | {"ref": "R2"})

    assert (again["added"], again["already_there"]) == (1, 1)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"ref": ""}, "It has no id."),
        ({"title": ""}, "It has no title."),
        ({"published_at": "soon"}, "Its date cannot be read."),
        ({"deadline_at": "soon"}, "Its deadline cannot be read."),
        ({"side": "wish"}, "It is neither an offer nor a request."),
        ({"kind": "party"}, "Its kind is none of ours."),
        ({"status": "lost"}, "Its state is none of ours."),
        ({"country": "XX"}, "It names no market that exists."),
        ({"country": ""}, "It names no market that exists."),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_line_and_reason(take, change, reason):
    report = take(ROW | {"ref": "R0"}, ROW | change)

    assert report.refusals == [("line 3", reason)]
    assert report["added"] == 1


def test_a_row_with_too_many_fields_is_refused(take):
    report = take(ROW, extra=",".join("x" * 40))

    assert report.refusals == [("line 3", "It has more fields than the table has columns.")]
