"""Words as the index sees them."""

import pytest

from forum.search import analysis


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’appel d'offres", ["l", "appel", "d", "offres"]),
        ("Œuvre, ÉTÉ; e\u0301te\u0301", ["oeuvre", "ete", "ete"]),
        ("sous-traitance AB-12/3", ["sous", "traitance", "ab", "12", "3"]),
        ("x" * 41, []),
        ("— … !", []),
    ],
)
def test_a_text_is_cut_into_folded_words(text, words):
    assert analysis.words(text) == words


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("fr", "économies", "economie"),
        ("fr", "sécurités", "securite"),
        ("fr", "exportée", "exporté"),
        ("fr", "importations", "importation"),
        ("fr", "offres", "offre"),
        ("fr", "élevées", "élevé"),
        ("en", "running", "run"),
        ("en", "companies", "company"),
        ("en", "shipped", "ships"),
    ],
)
def test_forms_of_a_word_have_one_stem(lang, one, other):
    (one,), (other,) = analysis.words(one), analysis.words(other)

    assert analysis.stem(one, lang) == analysis.stem(other, lang) is not None


def test_small_words_have_no_stem_in_their_language():
    assert analysis.stems(["l", "appel", "d", "offres"], "fr") == ["appel", "offre"]
    assert analysis.stem("the", "en") is None
    assert analysis.stem("the", "fr") == "the"  # thé


def test_places_in_the_folded_text_are_places_in_the_text():
    text = "Où l’Œuvre s’achève : ÉNERGIE, ß et İstanbul"

    for start, end, word in analysis.spans(text):
        assert analysis.words(text[start:end]) == [word]


def test_a_long_text_is_cut_in_a_moment():
    assert len(analysis.words("a'-_ é; " * 10_000)) == 20_000
