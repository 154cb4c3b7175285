"""A page needs the same few statements for three rows as for thirty."""

import pytest
from sqlalchemy import insert

from forum.core.database import session, transaction
from forum.search import writer
from forum.tags import service as tags
from forum.topics.models.topic import TopicTag
from tests.factories.topics import like, make_reply, make_topic

MOST = 12
FEW, MANY = 3, 30


@pytest.fixture
def places(cast):
    """A topic, a tag and a word with three rows each, and others with thirty."""
    people = [cast.rose, cast.otto, cast.max, cast.ada]
    found = {}
    for name, count in (("few", FEW), ("many", MANY)):
        long = make_topic(cast.rose, cast.square, title=f"A topic with {name} replies in it")
        for number in range(count - 1):
            reply = make_reply(long, people[number % len(people)])
            like(reply, long, cast.nina)
        with transaction():
            tag = tags.create(name, by=cast.ada)
        word = {"few": "halyard", "many": "mooring"}[name]
        tagged = [
            make_topic(
                people[n % len(people)], cast.square, f"We ask about the {word}, number {n}."
            )
            for n in range(count)
        ]
        with transaction():
            rows = [{"topic_id": topic.id, "tag_id": tag.id} for topic in tagged]
            session.execute(insert(TopicTag), rows)
        found[name] = {
            "topic": long.path,
            "tag": tag.path,
            "search": f"/search?q={word}",
            "facets": f"/search/facets?q={word}",
        }
    session.remove()
    writer.catch_up()
    session.remove()
    return found


def test_thirty_rows_need_as_many_statements_as_three(places, cast, visit, queries_made):
    needed = {}
    for name in ("otto", "rose", "max", "guest"):
        visitor = visit(cast.person(name))
        for page, few in places["few"].items():
            seen = [statements(visitor, p, queries_made) for p in (few, places["many"][page])]
            needed[name, page] = tuple(map(len, seen))

    assert len(needed) == 16
    assert {who: n for who, n in needed.items() if n[0] != n[1] or n[1] > MOST} == {}


def test_a_members_page_needs_at_most_twelve_statements(cast, visit, queries_made):
    make_reply(make_topic(cast.rose, cast.square), cast.max)
    otto = visit(cast.otto)
    paths = ("/", "/latest", "/unread", "/new", "/categories")

    needed = {path: len(statements(otto, path, queries_made)) for path in paths}

    assert min(needed.values()) > 0
    assert max(needed.values()) <= MOST, needed


def statements(visitor, path, queries_made):
    """What a page asks when the process has been running for a while."""
    visitor.read(path)
    fresh = f"{path}{'&' if '?' in path else '?'}kept=no"  # so that a guest's page is drawn too
    with queries_made() as seen:
        visitor.read(fresh)
    return list(seen)
