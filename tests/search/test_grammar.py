"""Queries, as people type them: words, phrases, what is explained and what is not."""

import pytest

from forum.core.i18n import use_locale
from forum.search.grammar import parser
from forum.search.question import Beginning, Every, Near, Not, Phrase, Word


@pytest.fixture
def read(cast):
    return lambda text, by=None: parser.read(text, by or cast.rose)


def nodes(reading):
    assert reading.problems == []
    return list(reading.node.nodes)


def test_words_phrases_and_refusals(read):
    reading = read('Cold «Chaîne du froid» -oak -"old pine"')

    assert nodes(reading) == [
        Word("cold"),
        Phrase("chaine du froid"),
        Not(Word("oak")),
        Not(Phrase("old pine")),
    ]
    assert reading.words == "Cold «Chaîne du froid»"


PIECES = [
    ("l’appel", [Word("l"), Word("appel")]),
    ("sous-traitant", [Word("sous"), Word("traitant")]),
    ("-sous-traitant", [Not(Every((Word("sous"), Word("traitant"))))]),
    ("J'ai", [Word("j"), Word("ai")]),
    ("topic(s)", [Word("topic"), Word("s")]),
    ("a1b2c3d", [Word("a1b2c3d")]),
    ("EN 12830", [Word("en"), Word("12830")]),
    ("AB-12/3", [Phrase("ab 12 3")]),
    ("l'AB-12", [Phrase("ab 12")]),
    ("user@example.org", [Phrase("user example org")]),
    ("import/export", [Phrase("import export")]),
    ("snake_case", [Phrase("snake case")]),
    ("end.", [Word("end")]),
    ("10:30", [Phrase("10 30")]),
    ("2026-01-15", [Phrase("2026 01 15")]),
    ("-AB-12", [Not(Phrase("ab 12"))]),
    ("https://ex.org/a RE:cold", [Phrase("https ex org a"), Word("re"), Word("cold")]),
    ('"cold"', [Phrase("cold")]),
    ('"Cold chain"~3', [Near(("cold", "chain"), 3)]),
    ('-"cold chain"~3', [Not(Near(("cold", "chain"), 3))]),
    ('"cold"~3', [Phrase("cold")]),
    ('"cold chain" ~3', [Phrase("cold chain"), Word("3")]),
    ("Transp*", [Beginning("transp")]),
    ("sous-trait*", [Word("sous"), Beginning("trait")]),
    ("-trans*", [Not(Beginning("trans"))]),
    ("* a*b", [Word("a"), Word("b")]),
    ('""  -  ', []),
]


def test_what_one_piece_of_typing_asks_for(read):
    for typed, expected in PIECES:
        assert nodes(read(typed)) == expected, typed


def test_a_beginning_tells_that_it_is_sought_in_titles(read):
    reading = read("cold trans*")

    assert [(chip.label, chip.without) for chip in reading.chips] == [
        ("titles with a word beginning “trans”", "cold")
    ]
    assert reading.words == "cold"


PROBLEMS = [
    ("before:never", "before:never"),
    ("after:2026-13", "after:2026-13"),
    ("after:2026-02-30", "after:2026-02-30"),
    ("order:best", "order:best"),
    ("order:likes order:views", "order:views"),
    ("@nobody-of-that-name", "@nobody-of-that-name"),
    ("#nothing", "#nothing"),
    ("tag:", "tag:"),
    ("tag:,", "tag:,"),
    ("kind:poem", "kind:poem"),
    ("lang:de", "lang:de"),
    ("in:space", "in:space"),
    ("-in:title", "-in:title"),
    ("NOT order:likes", "order:likes"),
    ("status:tired", "status:tired"),
    ("status:open,tired", "status:open,tired"),
    ("in:all,first", "in:all,first"),
    ("min_posts:many", "min_posts:many"),
    ("max_views:-1", "max_views:-1"),
    ("topic:9999999999999", "topic:9999999999999"),
    ("market:atlantis", "market:atlantis"),
    ("market:guin", "market:guin"),
    ("knowhow:alchemy", "knowhow:alchemy"),
    ("sector:alchemy", "sector:alchemy"),
    ("company:x", "company:x"),
    ("group:nobody", "group:nobody"),
    ("with:smiles", "with:smiles"),
    ("filetypes:p?f", "filetypes:p?f"),
    ("lang:" + "fr,en," * 2 + ",".join("abcdefghijk"), None),
    ("in:bookmarks", "in:bookmarks"),
    ("badge:gold", "badge:gold"),
    ("co*", "co*"),
    ('"cold chain"~99', '"cold chain"~99'),
    ('"never closed', '"never closed'),
    (")", ")"),
    ("()", "()"),
    ("(open (and open", "(and open"),
    ("cold OR", "OR"),
    ("cold AND", "AND"),
    ("cold NOT", "NOT"),
    ("x" * 400, "…"),
    ("word " * 40, None),
]


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_a_part_without_sense_is_explained_and_the_rest_is_sought(read, locale):
    for typed, part in PROBLEMS:
        with use_locale(locale):
            reading = read(f"frost {typed}")

        assert "frost" in str(reading.node), typed
        assert len(reading.problems) == 1, typed
        assert reading.problems[0].message, typed
        assert part is None or reading.problems[0].text == part, typed


def test_problems_are_told_in_the_language_of_the_reader(read):
    with use_locale("fr"):
        assert read("dans:signets").problems[0].message.startswith("Les signets")
    with use_locale("en"):
        assert read("dans:signets").problems[0].message == "Bookmarks do not exist here yet."


def test_each_chip_leads_to_the_query_without_it(read, cast):
    reading = read('cold @max -#square after:2026-01 "deep sea"')

    assert [(chip.label, chip.without) for chip in reading.chips] == [
        ("by Max", 'cold -#square after:2026-01 "deep sea"'),
        ("not in Square", 'cold @max after:2026-01 "deep sea"'),
        ("since January 2026", 'cold @max -#square "deep sea"'),
    ]
