import pytest

from tests.core.markup.place import cooked, html


def test_a_category_is_linked_with_its_colour_and_label():
    assert html("voir #logistique") == (
        '<p>voir <a class="cat" data-hue="2" href="/c/logistique/3">Logistique &amp; douanes</a></p>'
    )


def test_a_tag_is_linked():
    assert html("#maritime") == '<p><a class="tag" href="/tag/maritime">maritime</a></p>'


def test_the_category_wins_over_the_tag_of_the_same_name():
    assert "never seen" not in html("#logistique")


def test_a_tag_may_hold_accents_and_dashes():
    assert 'href="/tag/chaîne-du-froid"' in html("#Chaîne-du-froid.")


def test_what_is_neither_stays_text():
    assert html("#1 #zut") == "<p>#1 #zut</p>"


@pytest.mark.parametrize(
    "raw",
    [
        "`#maritime`",
        "[#maritime](/x)",
        "https://a.example/#maritime",
        "a.example/x#maritime",
        "C#maritime",
        "&#maritime",
        "## maritime",
    ],
)
def test_no_tag_inside_code_links_addresses_and_words(raw):
    assert "/tag/" not in cooked(raw).html
