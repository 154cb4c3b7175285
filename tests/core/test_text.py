"""Lines and excerpts: which spaces stay."""

import pytest

from forum.core.text import bound, excerpt, squeeze


def test_an_excerpt_keeps_together_what_no_break_spaces_join():
    assert excerpt("À\u00a0-10\u00a0°C \n\n ou\u202f?") == "À\u00a0-10\u00a0°C ou\u202f?"


def test_an_excerpt_ends_with_a_word():
    assert excerpt("Oui, à Tanger\u202f: demain", 15) == "Oui, à Tanger…"


def test_a_line_has_single_spaces():
    assert squeeze(" Le\u00a0quai \n de  Tanger ") == "Le quai de Tanger"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Où ?", "Où\u202f?"),
        ("« Ici »", "«\u202fIci\u202f»"),
        ("(vraiment ?)", "(vraiment\u202f?)"),
        ("a :b !c", "a :b !c"),
        ("No space: here", "No space: here"),
    ],
)
def test_french_spaces_beside_marks_break_no_line(typed, shown):
    assert bound(typed) == shown
