"""Words are found in any form, whichever way they are written and typed."""

import pytest

from forum.search.question import Beginning, Near, Phrase, Word


@pytest.mark.parametrize(
    ("lang", "written", "sought"),
    [
        ("fr", "Les économies d’énergie au port", "economie"),
        ("fr", "Les économies d’énergie au port", "énergies"),
        ("fr", "Les économies d'énergie au port", "d’énergie"),
        ("fr", "Un appel d’offres pour le quai", "l'appel"),
        ("fr", "Les marchandises importées de Dakar", "importé"),
        ("fr", "Notre sous-traitant de Brest", "sous-traitants"),
        ("fr", "Le cœur de la chaîne du froid", "coeur"),
        ("fr", "CAFÉ ET THÉ EN VRAC, à Nantes", "the"),
        ("en", "Running a cold store at night", "run"),
        ("en", "Companies that ship to Lisbon", "company"),
        ("en", "The sensor EN 12830 is required", "EN 12830"),
        ("en", "It’s the buyer's own risk", "buyer's"),
    ],
)
def test_a_word_is_found_in_any_form(post, find, lang, written, sought):
    found = post(written, lang=lang)
    post("Something else", lang=lang)

    assert find(sought) == [found.id]


def test_one_question_finds_both_languages(post, find):
    french = post("Un document européen", lang="fr")
    english = post("Documents for everyone", lang="en")

    assert set(find("documents")) == {french.id, english.id}


def test_title_and_text_may_share_the_words(post, find):
    found = post("The compressor is loud", title="Freezers for the market hall")
    post("The compressor is loud", title="Ovens for the market hall")

    assert find("freezer compressor") == [found.id]


def test_a_word_of_the_title_is_found_there_only_when_asked(post, find):
    post("The freezer is loud", title="Something else")
    found = post("Something else", title="Freezers for the hall")

    assert find(Word("freezer", in_title=True)) == [found.id]


def test_a_phrase_is_found_as_typed(post, find):
    found = post("We insure the cold chain from end to end")
    post("The chain is cold and we insure it")
    titled = post("Nothing else", title="A cold chain for all")

    assert set(find(Phrase("cold chain"))) == {found.id, titled.id}
    assert find(Phrase("cold chain", in_title=True)) == [titled.id]
    assert find(Phrase("cold chains")) == []


def test_a_phrase_is_found_behind_a_long_text(post, find):
    found = post("word " * 3_000 + "cold chain")

    assert find(Phrase("cold chain")) == [found.id]


def test_a_phrase_of_small_words_is_found(post, find):
    found = post("To be or not to be is the question")
    post("The question is not to be put")

    assert find(Phrase("to be or not to be")) == [found.id]


def test_a_phrase_does_not_begin_in_the_title_and_end_in_the_text(post, find):
    post("chain of shops", title="Everything about cold")

    assert find(Phrase("cold chain")) == []


def test_words_near_each_other_are_found_in_any_order(post, find):
    one = post("The cold and humid chain")
    other = post("A chain that is cold")
    post("The cold wind of the north broke the anchor chain")

    assert set(find(Near(("cold", "chain"), 2))) == {one.id, other.id}
    assert find(Near(("cold", "chain"), 1)) == []


def test_three_words_stand_near_each_other_or_not(post, find):
    found = post("Pears, plums and other apples")
    post("Pears and plums are cheap this year, but apples are not")

    assert find(Near(("apples", "pears", "plums"), 2)) == [found.id]


def test_the_beginning_of_a_word_is_sought_in_titles(post, find):
    found = post("Nothing else", title="Refrigeration at sea")
    post("Refrigeration at sea", title="Nothing else")

    assert find(Beginning("refri")) == [found.id]


def test_signs_of_any_sort_do_no_harm(post, find):
    found = post(r"The path C:\temp & 'quoted' | (a:b) !c <-> \'d\'' is odd", title="Odd: ':*' \\")

    assert find(r"C:\temp 'quoted' !c") == [found.id]
    assert find(Phrase(r"'quoted' | (a:b)")) == [found.id]


def test_a_text_without_end_is_taken_in(post, find):
    found = post(" ".join(f"word{n}" for n in range(60_000)))

    assert find("word77") == [found.id]
