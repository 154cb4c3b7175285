"""Real archives come in whole. They lie in the folder that FORUM_SAMPLE_DATA names."""

import gzip
import io
import time
from datetime import date

import pytest
from sqlalchemy import func, select

from forum.config import config
from forum.core.database import session, transaction
from forum.importers import jsonl
from forum.importers.commands import MAPPINGS
from forum.importers.csv import import_opportunities
from forum.importers.indexing import kept_up
from forum.importers.mapping import DiscussionMapping, OpportunityMapping, load
from forum.importers.mbox.file import MailFile, open_mail_file
from forum.importers.mbox.importer import MailOptions, import_mail
from forum.importers.report import Report
from forum.importers.stackexchange.importer import SiteOptions, import_site, site_of
from forum.opportunities.models import Opportunity
from forum.topics import counters
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic
from forum.vocabulary import service as vocabulary


@pytest.fixture
def sample(database):
    """A file of the sample folder."""
    folder = config().sample_data
    if folder is None or not folder.is_dir():
        pytest.skip("FORUM_SAMPLE_DATA names no folder of real data")
    return lambda name: folder / name


@pytest.fixture
def archive(sample):
    with open_mail_file(sample("discussions/newsgroups_1993_en.mbox.gz")) as file:
        yield file


def count(*where):
    return session.scalar(select(func.count()).select_from(Post).where(*where))


def test_a_part_of_the_newsgroups_comes_in_once(archive, cast):
    part = MailFile(
        b"".join(
            b"From x 0:00\n" + archive[index].replace(b"\nFrom ", b"\n>From ")
            for index in range(390)
        )
    )

    first, second = Report(), Report()
    import_mail(part, cast.square, MailOptions(), first)
    import_mail(part, cast.square, MailOptions(), second)

    assert first["read"] == first["added"] == 390
    assert first.refusals == []
    assert (second["added"], second["already_there"]) == (0, 390)
    assert count(Post.cooked.contains('<details class="quoted"')) > 100


@pytest.mark.long
@pytest.mark.timeout(900)
def test_the_newsgroups_come_in_whole_at_150_messages_a_second(app, archive, cast):
    report = Report()
    began = time.monotonic()

    with kept_up(app):
        import_mail(archive, cast.square, MailOptions(), report)

    seconds = time.monotonic() - began
    assert report["added"] == 10_946
    assert report["authors"] == 5_846
    assert report["cut"] == 53
    assert 5_000 < report["topics"] <= 5_828
    assert session.scalar(select(func.max(Topic.posts_count))) >= 234
    assert report["added"] / seconds >= 150
    with transaction():
        assert [one for one in counters.rebuild() if one.rows] == []


def test_the_french_consultation_comes_in_whole(sample, cast):
    mapping = load(MAPPINGS / "republique_numerique.toml", DiscussionMapping)
    report = Report()

    with gzip.open(sample("discussions/republique_numerique_2015_fr.jsonl.gz")) as lines:
        jsonl.import_lines(lines, cast.square, mapping, report)

    longest = session.scalars(select(Topic).order_by(Topic.posts_count.desc()).limit(1)).one()
    assert (report["read"], report["added"], report["topics"]) == (5_016, 5_016, 696)
    assert (report["authors"], report.refusals) == (1_539, [])
    assert session.scalar(select(func.count()).where(Topic.deleted_at.is_not(None))) == 4
    assert longest.posts_count >= 133
    assert count(Post.lang == "fr") == 5_016
    assert count(Post.cooked.contains("&lt;p&gt;")) == 0
    with transaction():
        assert [one for one in counters.rebuild() if one.rows] == []


@pytest.mark.long
def test_the_question_site_comes_in_whole(sample, cast):
    folder = sample("discussions/stackexchange_quantum_2018_en")
    site = site_of(folder)
    first, second = Report(), Report()

    import_site(folder, cast.square, SiteOptions(site), first)
    import_site(folder, cast.square, SiteOptions(site), second)

    assert site == "quantumcomputing.stackexchange.com"
    assert (first["read"], first["topics"], first["left_out"]) == (5_399, 612, 314)
    assert first["added"] + len(first.refusals) == 5_085
    assert (second["added"], second["already_there"]) == (0, first["added"])
    solved = session.scalar(select(func.count()).where(Topic.accepted_post_id.is_not(None)))
    assert solved == 389
    assert count(~Post.cooked.contains(f'href="https://{site}/q/')) == 0
    with transaction():
        assert [one for one in counters.rebuild() if one.rows] == []


def test_the_public_requests_come_in_whole(sample, cast):
    with transaction():
        vocabulary.load()
    mapping = load(MAPPINGS / "requests_flat.toml", OpportunityMapping)
    report = Report()

    with gzip.open(sample("opportunities/requests_flat_en_fr.csv.gz")) as packed:
        text = io.TextIOWrapper(packed, "utf-8", newline="")
        import_opportunities(text, cast.square, mapping, report, as_of=date(2025, 11, 25))

    rows = session.execute(select(Opportunity.status, func.count()).group_by(Opportunity.status))
    statuses = {row[0]: row[1] for row in rows}
    assert (report["read"], report["added"], report["updated"]) == (480, 470, 10)
    assert report.refusals == []
    assert statuses["open"] > 50
    assert statuses["expired"] > 100
    assert statuses["concluded"] > 100
