import pytest

from forum.core.markup.emoji import EMOJI
from tests.core.markup.place import html


def test_a_shortcode_becomes_its_character():
    assert html("Bravo :tada: :+1:!") == "<p>Bravo 🎉 👍!</p>"


@pytest.mark.parametrize("raw", [":nothing:", "10:100:30", "a:tada:", ":tada:b", ": tada:", "::"])
def test_what_is_none_stays_as_typed(raw):
    assert html(raw) == f"<p>{raw}</p>"


def test_code_keeps_its_shortcodes():
    assert "🎉" not in html("`:tada:` and\n\n    :tada:")


def test_shortcodes_next_to_each_other_and_inside_emphasis():
    assert html("**:tada::tada:**") == "<p><strong>🎉🎉</strong></p>"


def test_the_table_holds_the_common_ones():
    assert len(EMOJI) > 120
    assert all(not character.isascii() for character in EMOJI.values())
