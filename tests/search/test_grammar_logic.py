"""AND, OR, NOT and parentheses, and what each chip leaves of a query."""

import pytest

from forum.search.grammar import parser
from forum.search.question import Either, Every, Has, Not, Phrase, Word

A, B, C, D = (Word(letter * 2) for letter in "abcd")
FR, EN = Has("lang", ("fr",)), Has("lang", ("en",))


@pytest.fixture
def read(cast):
    return lambda text: parser.read(text, cast.rose)


SENTENCES = [
    ("aa bb", [A, B]),
    ("aa AND bb", [A, B]),
    ("aa ET bb", [A, B]),
    ("aa OR bb", [Either((A, B))]),
    ("aa OU bb", [Either((A, B))]),
    ("aa | bb|cc", [Either((A, B, C))]),
    ("aa or bb", [A, Word("or"), B]),
    ("NOT aa", [Not(A)]),
    ("SAUF aa", [Not(A)]),
    ("NOT NOT aa", [A]),
    ("NOT -aa", [A]),
    ("aa bb OR cc", [Either((Every((A, B)), C))]),
    ("aa AND bb OR cc AND dd", [Either((Every((A, B)), Every((C, D))))]),
    ("aa (bb OR cc)", [A, Either((B, C))]),
    ("(aa OR bb) cc", [Either((A, B)), C]),
    ("(aa)", [A]),
    ("((aa bb) cc)", [A, B, C]),
    ("-(aa bb)", [Not(Every((A, B)))]),
    ("-(aa OR bb) cc", [Not(Either((A, B))), C]),
    ("aa OR NOT (bb cc)", [Either((A, Not(Every((B, C)))))]),
    ("(aa OR (bb OR cc))", [Either((A, B, C))]),
    ("lang:fr OR lang:en", [Either((FR, EN))]),
    ("(lang:fr aa) OR (-lang:fr bb)", [Either((Every((FR, A)), Every((Not(FR), B))))]),
    ('aa OR "bb cc"', [Either((A, Phrase("bb cc")))]),
    ("aa(bb) (aa)bb", [A, B, A, B]),
    # in:title holds within its parentheses, or for the whole query.
    ("aa OR bb in:title", [Either((Word("aa", True), Word("bb", True)))]),
    ("aa (bb in:title)", [A, Word("bb", True)]),
    ("in:title aa -(bb)", [Word("aa", True), Not(Word("bb", True))]),
    # What is left out leaves the rest as if it were not there.
    ("OR aa", [A]),
    ("aa OR OR bb", [Either((A, B))]),
    ("aa OR AND bb", [A, B]),
    ("(OR) aa", [A]),
    ("tag:none OR aa", [A]),
    ("aa NOT OR bb", [Either((A, B))]),
    ("aa) bb", [A, B]),
    ("(aa OR bb", [Either((A, B))]),
    ("-(aa bb", [Not(Every((A, B)))]),
    ("(((((aa)))))", [A]),
    ("((((((aa)))))) bb", [B]),
    ("((((((aa bb", []),
]
CHIPS = [
    ("aa OR lang:fr", ["aa"]),
    ("lang:fr OR aa", ["aa"]),
    ("aa OR lang:fr bb", ["aa OR bb"]),
    ("aa OR lang:fr OR bb", ["aa OR bb"]),
    ("aa AND lang:fr OR bb", ["aa OR bb"]),
    ("aa OR lang:fr AND bb", ["aa OR bb"]),
    ("aa NOT lang:fr bb", ["aa bb"]),
    ("aa OR NOT lang:fr", ["aa"]),
    ("aa (lang:fr bb) cc", ["aa (bb) cc"]),
    ("aa (bb lang:fr) cc", ["aa (bb) cc"]),
    ("aa OR (lang:fr)", ["aa"]),
    ("aa -((lang:fr)) bb", ["aa bb"]),
    ("aa (lang:fr", ["aa"]),
    ("(lang:fr OR lang:en) aa", ["(lang:en) aa", "(lang:fr) aa"]),
    ("aa order:likes", ["aa"]),
    ("aa AND in:title", ["aa"]),
]


def test_what_joined_words_ask_for(read):
    for typed, expected in SENTENCES:
        assert list(read(typed).node.nodes) == expected, typed


def test_a_chip_takes_out_what_has_no_partner_left(read):
    for typed, expected in CHIPS:
        assert [chip.without for chip in read(typed).chips] == expected, typed


def test_the_label_of_a_chip_tells_whether_it_is_wanted(read):
    reading = read("NOT lang:fr -(lang:en OR -status:closed) NOT -in:first lang:fr")

    assert [chip.label for chip in reading.chips] == [
        "not Français", "not English", "closed", "opening posts", "Français",
    ]  # fmt: skip


def test_words_of_refused_parts_are_not_those_one_would_ask(read):
    assert read('aa OR "bb cc" -(dd lang:fr) NOT ee lang:en').words == 'aa "bb cc"'
