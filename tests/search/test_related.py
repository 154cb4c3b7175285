"""Topics about the same, under a topic."""

import pytest

from forum.categories.queries import load_rights
from forum.core.database import session, transaction
from forum.search import related
from forum.topics.models.topic import Topic
from forum.topics.service import states, topics
from tests.search.conftest import label


@pytest.fixture
def alike(index):
    """The titles that someone is offered beside a topic."""

    def titles(viewer, topic):
        index.catch_up()
        load_rights(viewer)
        known = session.get_one(Topic, topic.id)
        return [row.topic.title for row in related.to(viewer, known)]

    return titles


def test_topics_of_the_same_words_are_offered_the_likest_first(write, alike, cast):
    topic = write("Thermometers for refrigerated containers", "Which thermometer keeps a log?")
    near = write("Refrigerated containers: thermometers compared", "Thermometers.")
    far = write("Painting containers in the yard", "Blue or green.")
    write("Visas for the trade fair", "How long does it take?")

    assert alike(cast.otto, topic)[:2] == [near.title, far.title]


def test_a_shared_tag_is_alikeness_too(write, alike, cast):
    topic, other = write("Visas for the fair in Oran"), write("Lodging near the harbour")
    write("Something else altogether")
    tag = label(topic, "salon", "salon")
    with transaction():
        topics.change(other, by=cast.ada, tag_names=[tag.name])

    assert alike(cast.otto, topic)[0] == other.title


def test_a_topic_of_words_that_nobody_shares_has_none(write, alike, cast):
    assert alike(cast.otto, write("Xylophones wanted")) == []


def test_what_may_not_be_seen_is_not_related(write, alike, cast):
    topic = write("Thermometers for refrigerated containers")
    secret = write("Thermometers of the staff", by=cast.max, place=cast.staff_room)
    unlisted = write("Thermometers out of any list")
    gone = write("Thermometers that were deleted")
    with transaction():
        states.unlist(unlisted, by=cast.max)
        topics.remove(gone, by=cast.max)

    assert alike(cast.guest, topic) == alike(cast.otto, topic) == []
    assert set(alike(cast.max, topic)) == {secret.title, unlisted.title}


def test_they_come_as_a_part_of_the_topic_or_as_a_page(write, index, visit, cast):
    topic, near = write("Thermometers wanted <b>"), write("Thermometers compared")
    index.catch_up()
    guest = visit()

    assert f'data-src="/t/{topic.id}/related?rows=only"' in guest.read(topic.path)
    part, page = (
        guest.read(f"/t/{topic.id}/related?rows=only"),
        guest.read(f"/t/{topic.id}/related"),
    )
    assert near.path in part and near.path in page
    assert "<html" not in part and "<b>" not in page


def test_of_a_topic_that_may_not_be_seen_nothing_is_told(write, visit, cast):
    secret = write("Thermometers of the staff", by=cast.max, place=cast.staff_room)

    assert visit(cast.otto).get(f"/t/{secret.id}/related").status_code == 404


def test_thirty_related_topics_take_as_many_statements_as_three(write, alike, cast, queries_made):
    topic = write("Thermometers for refrigerated containers")
    needed = []
    for count in (3, 27):
        for number in range(count):
            write(f"Thermometers of sort {count} and {number}")
        alike(cast.otto, topic)
        with queries_made() as seen:
            related.to(cast.otto, session.get_one(Topic, topic.id))
        # A request reads the numbers of versions once.
        needed.append(len([one for one in seen if "FROM version" not in one]))

    assert needed[0] == needed[1] <= 6
