"""Topics and replies come from lines of JSON, read through a mapping."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from forum.accounts.models.user import User
from forum.core.database import session, transaction
from forum.importers import jsonl
from forum.importers.mapping import DiscussionMapping, MappingError, load
from forum.importers.report import Report
from forum.tags.models import Tag
from forum.topics import counters
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic

MAPPING = """
name = "talks"
lang = "en"

[words.stance]
for = "In favour"

[[records]]
when = { kind = "topic" }
becomes = "topic"
id = "id"
title = "title"
body = "html"
format = "html"
author = "name"
author_id = "who"
created_at = "at"
deleted = "gone"
tags = ["section"]

[[records]]
when = { kind = "reply" }
becomes = "reply"
id = "id"
topic = "topic"
reply_to = "answers"
body = "**{stance}** · {text}\\nSee {link}"
author = "name"
author_id = "who"
author_email = "mail"
created_at = "at"
deleted = "gone"
"""
TOPIC = {
    "kind": "topic", "id": 1, "title": "Open by default", "html": "<p>All <em>data</em>.</p>",
    "name": "Ann", "who": "u1", "at": "2015-09-26T02:27:54+02:00", "section": "Open data",
}  # fmt: skip
REPLY = {
    "kind": "reply", "id": 1, "topic": 1, "stance": "for", "text": "I *agree*.", "name": "Bob",
    "who": "u2", "mail": "bob@archive.example", "at": "2015-09-27T10:00:00Z",
}  # fmt: skip


@pytest.fixture
def mapping(tmp_path):
    path = tmp_path / "talks.toml"
    path.write_text(MAPPING)
    return load(path, DiscussionMapping)


@pytest.fixture
def take(cast, mapping):
    def run(*records):
        report = Report()
        lines = [r if isinstance(r, bytes) else json.dumps(r).encode() for r in records]
        jsonl.import_lines(lines, cast.square, mapping, report)
        return report

    return run


def posts():
    return session.scalars(select(Post).order_by(Post.topic_id, Post.number)).all()


def test_topics_and_replies_are_brought_together(take):
    report = take(REPLY, TOPIC)

    topic = session.scalars(select(Topic)).one()
    [first, second] = posts()
    assert (report["read"], report["added"], report["topics"], report["authors"]) == (2, 2, 1, 2)
    assert (topic.title, topic.lang, topic.posts_count) == ("Open by default", "en", 2)
    assert topic.created_at == datetime(2015, 9, 26, 0, 27, 54, tzinfo=UTC)
    assert first.raw == "All *data*."
    assert "<em>data</em>" in first.cooked
    assert second.raw == "**In favour** · I \\*agree\\*."
    assert session.scalars(select(Tag.label_fr)).all() == ["Open data"]


def test_replies_stand_in_the_order_of_their_dates(take):
    late = REPLY | {"id": 2, "at": "2015-10-02", "answers": 3}
    early = REPLY | {"id": 3, "at": "2015-10-01"}
    take(TOPIC, late, early, REPLY)

    assert [post.import_key[-1] for post in posts()] == ["1", "1", "3", "2"]
    assert posts()[3].reply_to_number == 3


def test_a_second_run_adds_nothing_and_a_later_one_what_is_new(take):
    take(TOPIC, REPLY)

    again = take(TOPIC, REPLY)
    more = take(TOPIC, REPLY, REPLY | {"id": 2}, REPLY | {"id": 2})

    assert (again["added"], again["already_there"]) == (0, 2)
    assert (more["added"], more["duplicates"]) == (1, 1)
    assert [post.number for post in posts()] == [1, 2, 3]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{not json", "It is not JSON."),
        (b"[1, 2]", "It is not an object."),
        (b'{"kind": "topic", "title": "\xff"}', "It is not UTF-8."),
        (TOPIC | {"kind": "poem"}, "No part of the mapping fits it."),
        (TOPIC | {"id": None}, "It has no id."),
        (TOPIC | {"title": "  "}, "It has no title."),
        (TOPIC | {"at": "yesterday"}, "Its date cannot be read."),
        (TOPIC | {"html": "<p> </p>"}, "It has no text."),
        (REPLY | {"topic": 77}, "The topic it answers is not there."),
        (REPLY | {"topic": None}, "It does not say which topic it answers."),
    ],
)
def test_a_line_that_cannot_be_used_is_refused_with_its_number_and_reason(take, line, reason):
    good = TOPIC | {"id": 5}

    report = take(good, line)

    assert report.refusals == [("line 2", reason)]
    assert report["added"] == 1


def test_what_was_deleted_there_is_deleted_here(take):
    take(
        TOPIC | {"gone": True},
        REPLY,
        TOPIC | {"id": 2},
        REPLY | {"id": 2, "topic": 2, "gone": True},
    )

    [gone, kept] = session.scalars(select(Topic).order_by(Topic.import_key)).all()
    assert gone.deleted
    assert not kept.deleted
    assert [post.deleted for post in posts() if post.topic_id == kept.id] == [False, True]
    with transaction():
        assert [one for one in counters.rebuild() if one.rows] == []


def test_an_author_is_known_by_address_then_by_id(take):
    report = take(
        TOPIC, REPLY, REPLY | {"id": 2, "who": "u9"}, REPLY | {"id": 3, "mail": "", "who": "u1"}
    )

    names = session.scalars(select(User.username).where(User.staged).order_by(User.id)).all()
    assert report["authors"] == 2
    assert names == ["Ann", "Bob"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("name = ", "talks.toml"),
        ('name = "talks"', "records"),
        (MAPPING + 'colour = "red"', "colour"),
        (MAPPING.replace('"reply"\nid', '"answer"\nid'), "becomes"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_where(tmp_path, text, place):
    path = tmp_path / "talks.toml"
    path.write_text(text)

    with pytest.raises(MappingError, match=place):
        load(path, DiscussionMapping)
