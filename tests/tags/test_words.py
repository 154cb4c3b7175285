"""How the word of a tag is written and compared."""

import pytest

from forum.tags.words import folded, normalise


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("Chaîne du froid", "chaîne-du-froid"),
        ("  #Douane! ", "douane"),
        ("E\u0301tiquetage", "étiquetage"),
        ("R&D", "r-d"),
        ("C++ / Rust", "c++-rust"),
        ("web2.0", "web2.0"),
        ("日本", "日本"),
        ("!?", ""),
        ("a\0b", "a-b"),
    ],
)
def test_a_word_is_written_small_and_hyphenated_with_its_accents(typed, word):
    assert normalise(typed) == word


def test_words_are_compared_without_accents_and_hyphens():
    assert folded("Chaîne-du froid") == folded("chaine du froid") == "chaine du froid"
