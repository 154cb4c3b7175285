"""What people find, in which order, and how it is counted."""

import pytest

from forum.core.database import transaction
from tests.search.conftest import ask, counted, reply


@pytest.mark.parametrize(
    ("lang", "written", "sought"),
    [
        ("fr", "Les économies d’énergie au port", "economie"),
        ("fr", "Les économies d’énergie au port", "énergies"),
        ("fr", "Un appel d’offres pour le quai", "l'appel"),
        ("fr", "Un appel d’offres pour le quai", "appel d'offre"),
        ("fr", "Les marchandises importées de Dakar", "importé"),
        ("fr", "Notre sous-traitant de Brest", "sous-traitants"),
        ("fr", "Le cœur de la chaîne du froid", "coeur"),
        ("fr", "CAFÉ ET THÉ EN VRAC, à Nantes", "the"),
        ("en", "Running a cold store at night", "run"),
        ("en", "Companies that ship to Lisbon", "company"),
        ("en", "The sensor EN 12830 is required", "EN 12830"),
    ],
)
def test_a_post_is_found_by_any_form_of_its_words(write, find, lang, written, sought):
    topic = write("A title without these", written, lang=lang)

    assert find(sought) == [topic.title]


def test_all_words_are_wanted(write, find):
    write("Cold chains in winter time", "Warehouses and trucks are insulated.")
    both = write("Cold chains in summer time", "Warehouses and trucks need power.")

    assert find("trucks power") == [both.title]


def test_where_no_post_has_all_words_those_with_most_of_them_are_told_apart(write, find, cast):
    write("Cold chains in winter time", "Warehouses and trucks are insulated.")

    assert len(find("insulated trucks")) == 1 and not ask(cast.guest, "insulated trucks").loose
    assert len(find("trucks snow")) == 1 and ask(cast.guest, "trucks snow").loose
    assert find("snow") == []
    assert find("trucks AND snow") == []


def test_words_may_stand_in_title_and_post(write, find):
    topic = write("Freezers for the market hall", "The compressor is too loud at night.")

    assert find("freezer compressor") == [topic.title]


def test_a_small_word_is_wished_for_and_not_insisted_on(write, find):
    topic = write("Prix du transport vers Dakar", "Qui connaît les tarifs de cette année ?")

    assert find("le prix of transport") == [topic.title]


def test_a_phrase_is_found_as_typed(write, find):
    topic = write("Insurance of open cargo", "We insure the cold chain from end to end.")
    write("Insurance of other cargo", "The chain is cold, and we insure it from end to end.")

    assert find('"cold chain"') == [topic.title]
    assert find("“Cold Chain”") == [topic.title]


def test_words_as_they_were_asked_for_come_first(write, find):
    apart = "The cargo is insured, and open to questions of any sort about it."
    together = "It is about open cargo and such questions; insured of any sort."
    write("Questions of any cargo", apart, days_ago=1)
    near = write("Questions of some cargo", together, days_ago=2)

    assert find("open cargo")[0] == near.title


def test_what_must_not_be_is_left_out(write, find):
    write("Pallets made of wood here", "Oak and pine, dried for export.")
    plastic = write("Pallets made of plastic", "Light and washable, for export.")

    assert find("pallets -oak") == [plastic.title]
    assert find('pallets -"oak and pine"') == [plastic.title]


def test_the_form_that_was_typed_comes_first(write, find):
    write("About the first harbour", "The importer imports what importers import.", days_ago=1)
    typed = write("About the other harbour", "Importations are slow, importation is slow.")
    write("About the third harbour", "Important imports of an important importer.", days_ago=2)

    assert find("importation")[0] == typed.title


def test_one_result_stands_for_a_topic(write, index, cast):
    topic = write("Standards for cold rooms", "The first word.", "Gauges matter.", "Gauges fail.")
    best = reply(topic, "Gauges, gauges: buy certified gauges.", by=cast.ada)
    index.catch_up()

    results = ask(cast.ada, "gauges")

    assert (results.topics, results.posts) == (1, 3)
    assert results.found[0].post.id == best.id


def test_results_come_in_the_order_that_is_asked_for(write, find):
    old = write("Customs forms of one sort", "Stamp them twice.", days_ago=9)
    new = write("Customs forms of another", "Stamp them once.", days_ago=2)

    assert find("stamp order:latest") == [new.title, old.title]
    assert find("stamp ordre:anciens") == [old.title, new.title]
    assert find("stamp", order="oldest") == [old.title, new.title]


def test_counts_are_true_under_the_other_filters(write, index, cast):
    write("A question about tariffs", "Tariff one.", kind="question", lang="en")
    write("A discussion of tariffs", "Tariff two.", lang="en")
    write("Une discussion des tarifs", "Tariff trois.", lang="fr", place=cast.staff_room)
    index.catch_up()

    kind = {"kind": frozenset({"question"})}
    everything, questions = counted(cast.ada, "tariff"), counted(cast.ada, "tariff", chosen=kind)

    assert everything["kind"] == {"question": 1, "discussion": 2}
    assert everything["category"] == {cast.square.id: 2, cast.staff_room.id: 1}
    assert everything["lang"] == {"en": 2, "fr": 1}
    assert ask(cast.ada, "tariff", chosen=kind).topics == 1
    assert questions["kind"] == {"question": 1, "discussion": 2}
    assert questions["category"] == {cast.square.id: 1}


def test_pages_follow_each_other_without_gap_or_repeat(write, index, cast, monkeypatch):
    monkeypatch.setattr("forum.search.settings.PER_PAGE", lambda: 2)
    titles = {write(f"Crates of size {n} by the dozen").title for n in range(5)}
    index.catch_up()

    pages = [ask(cast.ada, "crates", page=number) for number in (1, 2, 3, 4)]

    assert [len(page.found) for page in pages] == [2, 2, 1, 0]
    assert {result.topic.title for page in pages for result in page.found} == titles
    assert pages[0].pages == 3


def test_most_read_topics_come_first_when_asked(write, find, database):
    quiet = write("Scales that few people read", "Weighing goods.")
    loud = write("Scales that many people read", "Weighing goods.")
    with transaction():
        loud.views = 10

    assert find("weighing order:views") == [loud.title, quiet.title]


def test_a_page_of_results_needs_the_same_statements_for_three_and_thirty(
    write, index, cast, queries_made
):
    def statements() -> int:
        index.catch_up()
        ask(cast.ada, "crates")
        with queries_made() as seen:
            assert ask(cast.ada, "crates").found
        return len(seen)

    for n in range(3):
        write(f"Crates of size {n} by the dozen")
    few = statements()
    for n in range(3, 30):
        write(f"Crates of size {n} by the dozen")

    assert statements() == few
