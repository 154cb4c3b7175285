"""Topics like one whose title is being typed."""

import pytest

from forum.categories.queries import load_rights
from forum.core.database import transaction
from forum.search import similar
from forum.topics.service import states, topics

TITLE = "How long do reefers wait at the gate of Antwerp?"


@pytest.fixture
def like(cast, index):
    """The titles offered to someone who types: `like("words", by=cast.otto)`."""

    def titles(typed, by=None):
        index.catch_up()
        viewer = by or cast.otto
        load_rights(viewer)
        return [row.topic.title for row in similar.topics(viewer, typed)]

    return titles


def test_what_shares_half_of_the_words_is_offered_the_nearest_first(cast, write, like):
    write(TITLE)
    write("Waiting for reefers that nobody wants")
    write("Gates and bridges of the estuary", "Reefers wait here, at the gate of Antwerp.")

    assert like("Reefer waiting at Antwerp gates") == [
        TITLE,
        "Waiting for reefers that nobody wants",
    ]


@pytest.mark.parametrize(
    "typed", ["", "reefers", "how do the", "12", "?!", "Customs papers for Chile"]
)
def test_too_little_or_another_subject_offers_nothing(write, like, typed):
    write(TITLE)

    assert like(typed) == []


def test_accents_and_forms_do_not_matter(write, like):
    write("Les économies d’énergie à bord des caboteurs")

    assert like("economie d'energie pour un caboteur") != []


def test_at_most_three_are_offered(write, like):
    for number in range(6):
        write(f"{TITLE} Part {number}")

    assert len(like(TITLE)) == 3


@pytest.mark.parametrize("hide", [topics.remove, states.unlist], ids=["deleted", "unlisted"])
def test_what_is_not_listed_is_not_offered(cast, write, like, hide):
    topic = write(TITLE)
    before = like(TITLE)

    with transaction():
        hide(topic, by=cast.ada)

    assert (before, like(TITLE)) == ([TITLE], [])


def test_closed_places_offer_nothing_to_others(cast, write, like):
    write(TITLE, place=cast.chess_club)

    assert like(TITLE) == like(TITLE, by=cast.guest) == []
    assert like(TITLE, by=cast.rose) == [TITLE]


def test_the_page_offers_them_with_few_statements(cast, write, index, visit, queries_made):
    otto, counts = visit(cast.otto), []
    for number in range(3):
        write(f"{TITLE} Part {number}", by=[cast.ada, cast.rose, cast.max][number])
        index.catch_up()
        otto.read(f"/search/similar?title={TITLE}")  # what is kept of people and places is kept now
        with queries_made() as seen:
            page = otto.read(f"/search/similar?title={TITLE}")
        counts.append(len(seen))

    assert page.count("data-topic=") == 3
    assert len({*counts}) == 1
    assert "Topics like this one" in page


def test_the_form_of_a_topic_names_where_to_ask(cast, visit):
    assert 'data-src="/search/similar"' in visit(cast.otto).read("/new-topic")
