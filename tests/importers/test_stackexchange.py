"""A dump of a question site comes in whole, once, with what its licence asks for."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from forum.accounts.models.user import User
from forum.core.database import session, transaction
from forum.importers.report import Report
from forum.importers.stackexchange.importer import SiteOptions, import_site, site_of
from forum.importers.stackexchange.source import Source, is_site
from forum.tags.models import Tag
from forum.topics import counters
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic, TopicTag
from tests.importers.dumps import COMMENTS, POSTS, SITE, changed, table, write

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE posts [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
<posts><row Id="10" PostTypeId="1" Title="&b;" Body="&b;" CreationDate="2018-03-12T17:00:45"/></posts>"""


@pytest.fixture
def bring_in(cast):
    def bring_in(folder, **options):
        report = Report()
        import_site(folder, cast.square, SiteOptions(SITE, **options), report)
        return report

    return bring_in


def posts():
    return session.scalars(select(Post).order_by(Post.number)).all()


def test_a_question_has_its_answers_and_comments_in_order(tmp_path, bring_in):
    report = bring_in(write(tmp_path))

    topic = session.scalars(select(Topic)).one()
    question, answer, comment, accepted = posts()
    assert (report["read"], report["added"], report["topics"]) == (5, 4, 1)
    assert (report["left_out"], report.refusals) == (1, [])
    assert (topic.title, topic.kind) == ("How long does dough rest?", "question")
    assert topic.created_at == datetime(2018, 3, 12, 17, 0, 45, 567000, UTC)
    assert topic.accepted_post_id == accepted.id
    assert (answer.reply_to_number, comment.reply_to_number) == (None, answer.number)
    assert "<em>cold</em>" in question.cooked
    assert "<code>a * b</code>" in accepted.cooked
    assert comment.text == "@Bob 1. thank you"
    assert "<ol>" not in comment.cooked
    with transaction():
        assert [one for one in counters.rebuild() if one.rows] == []


def test_every_text_links_to_itself_its_author_and_its_licence(tmp_path, bring_in):
    bring_in(write(tmp_path))

    question, answer, comment, accepted = posts()
    assert f'href="https://{SITE}/q/10"' in question.cooked
    assert f'href="https://{SITE}/users/1"' in question.cooked
    assert "licenses/by-sa/3.0/" in question.cooked
    assert f'href="https://{SITE}/q/11#comment7_11"' in comment.cooked
    assert "licenses/by-sa/4.0/" in accepted.cooked
    assert "— gone, " in accepted.raw
    # It is shown, but it is nobody's words: neither found nor quoted in lists.
    assert question.text == "It is cold here, see this."
    assert answer.text == "An hour."
    assert session.scalars(select(Topic.excerpt)).one() == question.text


def test_authors_are_staged_and_never_mailed(tmp_path, bring_in, outbox):
    report = bring_in(write(tmp_path))

    staged = session.scalars(select(User).where(User.staged).order_by(User.id)).all()
    assert report["authors"] == 3
    assert [user.name for user in staged] == ["Ann Baker", "Bob Chef", "gone"]
    assert {user.email for user in staged} == {None}
    assert outbox() == []


def test_tags_come_with_the_question_in_the_older_form_and_the_newer(tmp_path, bring_in):
    bring_in(write(tmp_path, Posts=changed(POSTS, "10", Tags="|dough|hot-oven|")))

    names = session.scalars(select(Tag.name).join(TopicTag, TopicTag.tag_id == Tag.id))
    assert set(names) == {"dough", "hot-oven"}


def test_a_second_run_adds_nothing_and_a_later_dump_what_is_new(tmp_path, bring_in):
    bring_in(write(tmp_path, packed=False))
    again = bring_in(tmp_path)
    later = {**COMMENTS[0], "Id": "8", "CreationDate": "2018-07-01T08:00:00"}
    more = bring_in(write(tmp_path, packed=False, Comments=[*COMMENTS, later]))

    assert (again["added"], again["already_there"]) == (0, 4)
    assert (more["added"], more["already_there"], more["topics"]) == (1, 4, 0)
    assert session.scalar(select(func.count()).select_from(Topic)) == 1
    assert posts()[-1].reply_to_number == 2


@pytest.mark.parametrize(
    ("tables", "place", "reason"),
    [
        (
            {"Posts": changed(POSTS, "12", CreationDate="soon")},
            "post 12",
            "Its date cannot be read.",
        ),
        (
            {"Posts": changed(POSTS, "12", ParentId="99")},
            "post 12",
            "The question it answers is not there.",
        ),
        (
            {"Comments": changed(COMMENTS, "7", PostId="99")},
            "comment 7",
            "The post it comments on is not there.",
        ),
        ({"Posts": changed(POSTS, "12", Body=" ")}, "post 12", "It has no text."),
        (
            {"Comments": table("Comments", COMMENTS)[:-20]},
            "Comments.xml",
            "Line 3 is not XML.",
        ),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_reason(tmp_path, bring_in, tables, place, reason):
    report = bring_in(write(tmp_path, **tables))

    assert [tuple(refusal) for refusal in report.refusals] == [(place, reason)]
    assert report["topics"] == 1


def test_a_question_without_a_title_takes_what_answers_it_along(tmp_path, bring_in):
    report = bring_in(write(tmp_path, Posts=changed(POSTS, "10", Title=None)))

    assert [refusal.place for refusal in report.refusals] == [
        "post 10", "post 11", "post 12", "comment 7",
    ]  # fmt: skip
    assert report["added"] == 0


def test_no_entity_is_ever_expanded(tmp_path, bring_in):
    report = bring_in(write(tmp_path, Posts=LAUGHS, Comments=[]))

    assert [tuple(refusal) for refusal in report.refusals] == [
        ("Posts.xml", "It declares a document type.")
    ]
    assert posts() == []


def test_a_packed_file_that_breaks_off_is_taken_as_far_as_it_goes(tmp_path, bring_in):
    folder = write(tmp_path)
    whole = (folder / "Comments.xml.gz").read_bytes()
    (folder / "Comments.xml.gz").write_bytes(whole[:-10])

    report = bring_in(folder)

    assert [refusal.place for refusal in report.refusals] == ["Comments.xml"]
    assert report["added"] >= 3


def test_the_site_is_the_one_its_posts_link_to(tmp_path):
    assert site_of(write(tmp_path)) == SITE
    assert site_of(write(tmp_path, Posts=POSTS[1:2])) == ""
    assert is_site(SITE)
    assert not is_site("../cooking")


def test_the_licence_goes_by_the_day_it_was_written():
    def line(year):
        return Source(SITE, "q/1", "Ann", "1", datetime(year, 6, 1, tzinfo=UTC)).line

    assert ["2.5" in line(2010), "3.0" in line(2012), "4.0" in line(2019)] == [True] * 3
