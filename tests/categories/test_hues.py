"""Eight hues, and the colours of Discourse's JSON."""

import re
from pathlib import Path

import pytest

from forum.categories import hues

TOKENS = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"


@pytest.mark.parametrize("hue", hues.COLORS)
def test_every_hue_finds_itself_again(hue):
    assert hues.nearest(hues.COLORS[hue]) == hue


@pytest.mark.parametrize(
    ("color", "hue"), [("0088CC", 1), ("#2f9e44", 3), ("f00", 6), ("999999", 8), ("F58220", 5)]
)
def test_a_colour_finds_the_hue_nearest_to_it(color, hue):
    assert hues.nearest(color) == hue


@pytest.mark.parametrize("color", ["", "red", "12345", "0088CCFF", "zzzzzz"])
def test_what_is_no_colour_has_no_hue(color):
    assert hues.nearest(color) is None


def test_there_is_a_name_and_a_colour_for_every_hue_of_the_style_sheet():
    drawn = {int(number) for number in re.findall(r"--hue-(\d):", TOKENS.read_text("utf-8"))}

    assert set(hues.NAMES) == set(hues.COLORS) == drawn
