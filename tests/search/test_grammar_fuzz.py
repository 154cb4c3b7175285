"""Whatever is typed is read, soon, and each chip takes out what it says."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from forum.search.grammar import parser

SHORT = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
LONG = settings(SHORT, max_examples=2_000)
PIECES = [
    '"', '"~3', "-", "@", "#", "tag:", "in:title", "after:", "1", "order:", " ", "'", "é", "(", ")",
    " OR ", " AND ", " NOT ", "|", "*", "~", "status:open", "market:", "a,b+c", "lang:fr", "AB-12/3",
]  # fmt: skip
TYPED = st.text(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=40).map("".join)

WORDS = ["aa", '"bb cc"', "dd", "-ee", "l'appel"]
OPERATORS = ["lang:fr", "-lang:en", "status:closed", "after:2026", "in:first", "in:title"]
PARTS = st.sampled_from(WORDS + OPERATORS)


def joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Runs of parts, some refused, with AND or OR between them."""
    maybe_not = st.sampled_from(["", "", "", "NOT "])
    run = st.lists(st.builds(str.__add__, maybe_not, parts), min_size=1, max_size=3)
    one = st.builds(str.join, st.sampled_from([" ", " AND "]), run)
    return st.lists(one, min_size=1, max_size=3).map(" OR ".join)


QUERIES = joined(st.recursive(PARTS, lambda part: joined(part).map("({})".format), max_leaves=5))


@pytest.fixture
def read(cast):
    return lambda text: parser.read(text, cast.rose)


def check_reading(read, text):
    reading = read(text)

    assert len(reading.text) <= 300
    assert all(problem.message for problem in reading.problems)
    assert all(read(chip.without) for chip in reading.chips)


def check_chips(read, text):
    """Each chip's query reads like the whole one with nonsense in place of the operator."""
    reading = read(text)
    assume(not reading.problems)
    words = text.split(" ")
    places = [n for n, word in enumerate(words) if _bare(word) in _WANTED]
    event(f"{len(places)} chips")
    assert len(places) == len(reading.chips)
    for place, chip in zip(places, reading.chips, strict=True):
        nonsense = words[place].replace(_bare(words[place]), "tag:none")
        expected = read(" ".join([*words[:place], nonsense, *words[place + 1 :]]))
        again = read(chip.without)
        assert again.problems == []
        assert again.node == expected.node, chip
        assert [c.label for c in again.chips] == [c.label for c in expected.chips], chip


_WANTED = {operator.removeprefix("-") for operator in OPERATORS}


def _bare(word: str) -> str:
    return word.strip("-()")


@SHORT
@given(TYPED)
def test_no_query_fails(read, text):
    check_reading(read, text)


@SHORT
@given(QUERIES)
def test_without_a_chip_a_query_asks_for_the_same_minus_that_operator(read, text):
    check_chips(read, text)


@pytest.mark.long
@pytest.mark.timeout(900)
@LONG
@given(TYPED)
def test_no_query_of_thousands_fails(read, text):
    check_reading(read, text)


@pytest.mark.long
@pytest.mark.timeout(900)
@LONG
@given(QUERIES)
def test_thousands_of_chips_take_out_what_they_say(read, text):
    check_chips(read, text)


def test_a_hostile_query_is_read_in_a_moment(read):
    hostile = ['"', "-", "a:", "@", "# ", "tag:x", "\u0301", '-"', "é'", "(", ")", "a(", "-(", "|",
               "a*", '"a"~9', "NOT ", "OR ", "tag:a,", 'tag:"', "=", "~"]  # fmt: skip
    for part in hostile:
        began = datetime.now(UTC)

        read(part * (50_000 // len(part)))

        assert datetime.now(UTC) - began < timedelta(seconds=1), part
