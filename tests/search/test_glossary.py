"""What words of a query are called in the other language, and how quickly that is known."""

import time

import pytest

from forum.core import clock, versions
from forum.core.database import session, transaction
from forum.search import analysis, glossary, seeds
from forum.search.models import GlossaryEntry

ENTRIES = [
    ("appel d’offres|consultation d’entreprises", "tender|call for tenders"),
    ("sous-traitant", "subcontractor|sub-contractor"),
    ("appel", "call"),
    ("chaîne du froid", "cold chain"),
    ("entrepôt frigorifique", "cold store"),
    ("caution de soumission", "bid bond|tender bond"),
    ("certification", "certification"),
    ("banque", "bank"),
    ("berge", "bank"),
]


@pytest.fixture
def equivalents(database):
    """The equivalents of a query, as `(words it was found in, its other names)`."""
    with transaction():
        session.add_all(
            GlossaryEntry(words_fr=fr, words_en=en, folded=glossary.folded(fr, en))
            for fr, en in ENTRIES
        )
        versions.step("glossary")

    def read(query):
        words = analysis.words(query)
        return [
            (" ".join(words[one.start : one.end]), [" ".join(other) for other in one.others])
            for one in glossary.equivalents(words)
        ]

    return read


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("subcontractor", [("subcontractor", ["sous traitant", "sub contractor"])]),
        ("nos sous-traitants", [("sous traitants", ["subcontractor", "sub contractor"])]),
        ("banks", [("banks", ["banque", "berge"])]),
        ("rien de tel", []),
        ("", []),
    ],
)
def test_a_word_gives_its_names_in_the_other_language_then_in_its_own(equivalents, query, expected):
    assert equivalents(query) == expected


@pytest.mark.parametrize(
    "query",
    ["appel d'offres", "Appels d’offres", "appels d'offre", "APPEL OFFRE", "appel aux offres"],
)
def test_words_are_compared_by_their_stems_without_small_words(equivalents, query):
    ((_run, others),) = equivalents(query)

    assert others == ["tender", "call for tenders", "consultation d entreprises"]


def test_the_longest_run_is_taken_wherever_it_begins(equivalents):
    assert [run for run, _others in equivalents("tender bond")] == ["tender bond"]
    assert [run for run, _others in equivalents("cold call for tenders")] == ["call for tenders"]
    assert [run for run, _others in equivalents("appel de la banque")] == ["appel", "banque"]


def test_several_runs_come_in_the_order_of_the_query(equivalents):
    found = equivalents("subcontractors of the cold chain")

    assert [run for run, _others in found] == ["subcontractors", "cold chain"]


def test_what_is_written_alike_in_both_languages_has_no_equivalent(equivalents):
    assert equivalents("certifications") == []


def test_a_name_is_not_found_in_half(equivalents):
    assert equivalents("cold") == equivalents("chain") == equivalents("chain cold") == []


def test_a_removed_entry_says_nothing(equivalents):
    assert equivalents("cold chain")

    with transaction():
        for entry in session.query(GlossaryEntry).filter_by(words_en="cold chain"):
            entry.removed_at = clock.now()
        versions.step("glossary")

    assert equivalents("cold chain") == []


@pytest.mark.parametrize(
    "query", ["custom", "mill", "commission", "avenir", "ils font", "specific"]
)
def test_a_word_of_the_same_stem_but_another_sense_is_left_alone(database, query):
    with transaction():
        seeds.load()

    assert glossary.equivalents(analysis.words(query)) == []


@pytest.mark.parametrize("query", ["customs", "milling", "avenants", "fontes"])
def test_the_word_itself_has_its_equivalents(database, query):
    with transaction():
        seeds.load()

    assert glossary.equivalents(analysis.words(query))


def test_it_takes_no_time(database):
    with transaction():
        seeds.load()
    words = analysis.words("recherche sous-traitants usinage inox appel d’offres chaîne du froid")
    assert len(words) == 11 and len(glossary.equivalents(words)) == 5

    versions.remember(f"glossary={versions.read('glossary')}")  # as in a request
    begun = time.thread_time()
    for _turn in range(100):
        glossary.equivalents(words)
    took = (time.thread_time() - begun) / 100

    assert took < 0.001  # 0.00015 s on an idle machine


def test_nothing_is_asked_of_the_database_once_it_is_in_memory(database, queries_made):
    with transaction():
        seeds.load()
    glossary.equivalents(["tender"])
    versions.numbers()

    with queries_made() as seen:
        glossary.equivalents(["tender"])

    assert len(seen) == 0
