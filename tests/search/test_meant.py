"""What a query that found little may have meant; never a word that only others can read."""

import pytest

from forum.categories.queries import load_rights
from forum.core.database import transaction
from forum.search import meant
from forum.search.service import Request
from forum.topics.service import topics
from forum.vocabulary import service as vocabulary
from tests.search.conftest import ask


@pytest.fixture
def instead(index):
    """What is offered to someone: `instead(cast.rose, "walrsu")`; None when nothing is."""

    def offered(viewer, text, **more):
        index.catch_up()
        load_rights(viewer)
        request = Request(text, **more)
        found = meant.instead(viewer, request, ask(viewer, text, **more).in_full)
        return found.text if found else None

    return offered


def test_a_slip_of_the_hand_is_put_right(write, instead, cast):
    write("Transport of bananas to Oran", "Transport of bananas: a ripening chamber.")

    assert instead(cast.rose, "bannanas") == "bananas"
    assert instead(cast.rose, "transprot bananas") == "transport bananas"
    assert instead(cast.rose, "ripeming chambre") == "ripening chamber"
    assert instead(cast.rose, "bananas") is None
    assert instead(cast.rose, "zzyzx") is None


def test_both_languages_are_thought_of_and_accents_come_back(write, instead, cast):
    write("L’étalonnage des capteurs", "Un étalonnage par an.", lang="fr")

    assert instead(cast.rose, "etalonage") == "étalonnage"
    assert instead(cast.rose, "Étalonnagge capteur") == "étalonnage capteur"


def test_operators_phrases_and_what_is_refused_stay_as_they_are(write, instead, cast):
    write("Transport of bananas to Oran", "Bananas, a ripening chamber.", lang="en")

    assert instead(cast.rose, 'lang:en "ripening chamber" bannanas -crat') == (
        'lang:en "ripening chamber" bananas -crat'
    )
    assert instead(cast.rose, "@bannanas") is None
    assert instead(cast.rose, '"bannanas"') is None


def test_a_query_is_offered_only_if_it_leads_to_something_under_the_filters(write, instead, cast):
    write("Transport of bananas to Oran", "Bananas, a ripening chamber.", lang="en")

    assert instead(cast.rose, "bannanas lang:fr") is None
    assert instead(cast.rose, "bannanas", chosen={"lang": frozenset({"fr"})}) is None
    assert instead(cast.rose, "bannanas", chosen={"lang": frozenset({"en"})}) == "bananas"


def test_the_nearest_comes_first_then_what_more_topics_hold(write, instead, cast):
    write("Charters of the sea", "A charter.")
    for number in range(3):
        write(f"Chapters of a book {number}", "A chapter.")

    assert instead(cast.rose, "chaqter") == "chapter"
    assert instead(cast.rose, "charrter") == "charter"


def test_a_word_of_the_trade_is_known_although_nobody_wrote_it(write, instead, cast):
    with transaction():
        vocabulary.load()
    write("Our milling and machining", "Machining.")

    assert instead(cast.rose, "machinihng") == "machining"


def test_with_enough_found_nothing_is_offered(write, instead, cast):
    for number in range(3):
        write(f"Bannanas of Oran {number}", "Bananas.")

    assert instead(cast.rose, "bannanas") is None


@pytest.mark.parametrize("name", ["guest", "nina", "otto"])
def test_a_word_of_a_private_topic_is_offered_to_nobody_outside(write, instead, cast, name):
    write("The zanzibar ledger", "Zanzibar.", by=cast.max, place=cast.staff_room)

    assert instead(cast.max, "zanzibra") == "zanzibar"
    assert instead(cast.person(name), "zanzibra") is None
    assert instead(cast.person(name), "zanzibra ledgr") is None


def test_private_words_leave_what_is_offered_as_it_was(write, instead, cast):
    write("Transport of bananas to Oran", "Bananas.")
    typed = ("banamas", "banana bannas", "tranzport", "oram")
    before = [instead(cast.otto, one) for one in typed]

    for title in ("Banamaz", "Bannamas", "Banamar", "Tranzpord", "Oramo"):
        write(f"{title} of the house", title, by=cast.max, place=cast.staff_room)

    assert [instead(cast.otto, one) for one in typed] == before
    assert before[0] == "bananas"


def test_a_word_of_a_deleted_topic_is_offered_to_nobody(write, instead, cast):
    topic = write("The walrus of Oran", "Walrus.")
    assert instead(cast.rose, "walrsu") == "walrus"

    with transaction():
        topics.remove(topic, by=cast.max)

    assert instead(cast.rose, "walrsu") is None


def test_the_page_offers_it_with_the_filters_kept(write, index, visit, cast):
    write("Transport of bananas to Oran", "Bananas.", lang="en")
    index.catch_up()

    page = visit(cast.rose).read("/search?q=bannanas+%3Ci%3E&lang=en&page=1")

    assert 'href="/search?q=bananas+%3Ci%3E&amp;lang=en"><b>bananas</b> &lt;i&gt;</a>' in page


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("port", "port", 0), ("prot", "port", 1), ("pot", "port", 1), ("poort", "port", 1),
        ("part", "port", 1), ("paret", "port", 2), ("harbour", "port", 3), ("", "ab", 2),
    ],
)  # fmt: skip
def test_slips_are_counted(one, other, slips):
    assert meant.distance(one, other) == slips
