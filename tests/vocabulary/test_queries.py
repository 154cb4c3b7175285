"""Reading terms: trees, codes and the search of the type-ahead."""

import pytest

from forum.core.database import transaction
from forum.core.i18n import set_locale
from forum.vocabulary import queries, service
from forum.vocabulary.models import KNOWHOW, SECTOR


@pytest.fixture(autouse=True)
def terms(database):
    with transaction():
        service.load()
    set_locale("fr")


def found(typed, **more):
    return [match.term.code for match in queries.search(typed, **more)]


def test_the_trees_have_two_levels_in_the_order_of_the_files():
    knowhow, sectors = queries.knowhow_tree(), queries.sectors()

    assert len(knowhow) == 16 and knowhow[0][0].code == "machining"
    assert knowhow[0][1][0].code == "machining/bar-turning"
    assert [section.code for section, _below in sectors] == list("ABCDEFGHIJKLMNOPQRSTU")
    assert len(queries.divisions()) == 88


def test_terms_are_found_by_code_and_unknown_codes_are_absent():
    assert set(queries.by_codes(SECTOR, ["01", "A", "00"])) == {"01", "A"}
    assert queries.by_codes(KNOWHOW, ["01"]) == {}


def test_labels_follow_the_language_of_the_page():
    assert queries.labels(KNOWHOW, ["machining", "?"]) == {"machining": "Usinage", "?": "?"}
    set_locale("en")
    assert queries.labels(KNOWHOW, ["machining"]) == {"machining": "Machining"}


def test_a_term_comes_with_those_below_it():
    root, below = queries.knowhow_tree()[0]

    assert queries.with_children(root) == [root.id, *(term.id for term in below)]
    assert queries.with_children(below[0]) == [below[0].id]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("décol", "machining/bar-turning"),
        ("DECOLLETAGE", "machining/bar-turning"),
        ("bar tur", "machining/bar-turning"),
        ("screw mach", "machining/bar-turning"),
        ("commande numerique", "machining/cnc-turning"),
        ("fraisage cinq axes", "machining/milling"),
        ("engrenages", "machining/gear-cutting"),
    ],
)
def test_a_term_is_found_in_either_language_and_by_its_synonyms(typed, code):
    assert found(typed)[0] == code


def test_a_match_says_where_it_lies_and_which_word_fitted():
    [match] = queries.search("screw machining")

    assert (match.path, match.synonym) == ("Usinage", "screw machining")
    assert (match.term.label, match.term.other_label) == ("Décolletage", "Bar turning")


@pytest.mark.parametrize("typed", ["", "   ", "’", "olletage", "no such thing"])
def test_what_begins_no_word_finds_nothing(typed):
    assert found(typed) == []


def test_the_label_of_the_page_comes_first():
    french = found("us")
    set_locale("en")

    assert french[0] == "machining"
    assert found("mach")[0] == "machining"


def test_a_unit_of_work_sees_the_terms_it_loads():
    with transaction():
        assert queries.by_codes(KNOWHOW, ["machining"])


def test_only_so_many_are_given():
    assert len(found("a", most=3)) == 3
    assert found("sylvi", vocabulary=SECTOR) == ["02", "A"]


def test_reading_terms_asks_the_database_nothing(queries_made):
    queries.knowhow_tree()

    with queries_made() as seen:
        queries.search("froid")

    assert seen == []
