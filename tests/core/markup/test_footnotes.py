import re

from tests.core.markup.place import cooked

RAW = "One[^1], again[^1] and ^[in line].\n\n[^1]: The *note*."


def ids(html):
    return re.findall(r'id="([^"]+)"', html)


def test_a_footnote_leads_to_its_note_and_back():
    html = cooked(RAW).html

    assert '<sup class="footnote-ref"><a href="#p118-fn1" id="p118-fnref1">[1]</a></sup>' in html
    assert '<li id="p118-fn1"><p>The <em>note</em>.' in html
    assert '<a class="footnote-back" href="#p118-fnref1">' in html
    assert '<a class="footnote-back" href="#p118-fnref1-1">' in html


def test_every_link_of_a_footnote_finds_its_end():
    html = cooked(RAW).html

    assert set(re.findall(r'href="#([^"]+)"', html)) == set(ids(html))


def test_two_posts_on_a_page_never_share_an_id():
    first, second = cooked(RAW, prefix="p1"), cooked(RAW, prefix="p2")

    everything = ids(first.html) + ids(second.html)

    assert len(everything) == len(set(everything)) == 10


def test_a_reference_without_a_note_stays_text():
    assert cooked("See[^9].").html == "<p>See[^9].</p>\n"


def test_a_note_is_searched_too():
    assert "The note." in cooked(RAW).search_text


def test_references_are_limited_and_the_rest_stays_text():
    html = cooked("[^a]" * 400 + "\n\n[^a]: x").html

    assert html.count("footnote-ref") == 300
    assert html.count("footnote-back") == 5
    assert "[^a]" in html


def test_a_note_is_defined_at_the_top_level_only():
    html = cooked("[^1]: - [^1]: x\n\n- [^2]: y\n\nz[^1]").html

    assert html.count("<ul>") == html.count("</ul>") == 2
    assert "[^2]: y" in html
