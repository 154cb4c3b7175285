"""The same questions asked otherwise: what changes, and what stays."""

import random

from bench.search import crossing, variants
from bench.search.inflection import other_forms
from bench.search.judged import Judged

PLAIN = [
    Judged("subjects", "old freezers for sale", 1, "en"),
    Judged("questions", "which compressor is quiet", 2, "en"),
    Judged("fr_titles", "les données publiques de l'état", 3, "fr"),
    Judged("fr_sentences", "une licence ouverte", 4, "fr"),
]
TEXTS = ["freezer compressors quietly donnée publique licences ouvertes"] * 3


def by_row():
    rows = {}
    for one in variants.of(PLAIN, TEXTS):
        rows.setdefault(one.row, []).append(one)
    return rows


def test_a_slip_changes_one_or_two_long_words():
    for one in by_row()["misspelt"] + by_row()["fr_misspelt"]:
        pairs = list(zip(one.plain.split(), one.query.split(), strict=True))
        changed = [was for was, now in pairs if was != now]
        assert 1 <= len(changed) <= 2
        assert all(len(was) >= 5 for was in changed)


def test_accents_are_left_out_and_nothing_else():
    [one] = by_row()["fr_unaccented"]

    assert one.query == "les donnees publiques de l'etat"
    assert one.plain == "les données publiques de l'état"
    assert (one.topic_id, one.as_plain().query) == (3, one.plain)


def test_an_inflected_word_is_one_that_somebody_wrote():
    assert {one.query for one in by_row()["inflected"]} == {
        "old freezer for sale", "which compressors is quiet",
    }  # fmt: skip
    assert other_forms("national", "fr", {"nationaux", "nationale"}) == ["nationale", "nationaux"]
    assert other_forms("publier", "fr", {"publie"}) == ["publié"]
    assert other_forms("running", "en", {"runn", "bus"}) == ["runn"]
    assert other_forms("status", "en", {"statu"}) == []


def test_two_things_that_one_topic_alone_names_are_asked_for_in_the_other_language():
    found = crossing.crossed(
        [
            (1, "en", "Our subcontractors look for a freight forwarder in Ghent."),
            (2, "en", "A freight forwarder, and a purchase order."),
            (3, "fr", "Un appel d’offres pour des bons de commande."),
        ]
    )

    [first] = [one for one in found if one.topic_id == 1]
    [french] = [one for one in found if one.topic_id == 3]
    assert (first.row, french.row) == ("fr_for_english", "en_for_french")
    assert "sous-traitant" in first.query
    assert {"tender", "purchase", "order"} <= set(french.query.split())
    assert french.plain == "appel d’offres bon de commande"


def test_the_same_chance_says_the_same_again():
    assert by_row() == by_row()
    assert variants._mistyped("freezer", random.Random(1)) == variants._mistyped(
        "freezer", random.Random(1)
    )
