from forum.core.markup.context import QuoteSource
from tests.core.markup.place import Place, cooked, html

QUOTE = '[quote="ines, post:2, topic:42"]\nau moins **45** jours\n[/quote]\n\nOui.'


def test_a_quote_leads_to_the_quoted_post():
    found = cooked(QUOTE)

    assert found.html == (
        '<aside class="quote" data-topic="42" data-post="2"><header><b>Inès Quérouan</b>'
        '<a href="/t/froid/42/2">#2</a></header><blockquote>\n'
        "<p>au moins <strong>45</strong> jours</p>\n</blockquote></aside>\n<p>Oui.</p>\n"
    )
    assert found.quotes == ((42, 2),)


def test_a_quote_of_a_post_that_is_gone_shows_the_name_alone():
    found = cooked('[quote="max, post:9, topic:7"]\nx\n[/quote]')

    assert found.quotes == ()
    assert "<header><b>max</b></header><blockquote>\n<p>x</p>" in found.html


def test_a_quote_needs_no_attribution():
    assert html("[quote]\nx\n[/quote]") == (
        '<aside class="quote"><blockquote>\n<p>x</p>\n</blockquote></aside>'
    )


def test_a_full_name_may_come_with_the_username():
    place = Place()

    cooked(
        '[quote="Inès Q., post:2, topic:42, full:true, username:ines"]\nx\n[/quote]', place=place
    )

    assert place.asked == [("quotes", (QuoteSource("ines", 42, 2),))]


def test_marks_may_share_a_line_with_the_text():
    assert html('Avant\n[quote="max"]x[/quote]\naprès') == (
        '<p>Avant</p>\n<aside class="quote"><header><b>max</b></header><blockquote>\n'
        "<p>x</p>\n</blockquote></aside>\n<p>après</p>"
    )


def test_a_quote_interrupts_a_paragraph_and_holds_blocks():
    written = html("Avant\n[quote]\n- a\n\n```\nb\n```\n[/quote]\naprès")

    assert written.startswith("<p>Avant</p>\n<aside")
    assert "<li>a</li>" in written and "<pre" in written and written.endswith("<p>après</p>")


def test_quotes_nest_three_deep_and_deeper_text_stays():
    written = html("[quote]\n" * 5 + "the bottom\n" + "[/quote]\n" * 5)

    assert written.count("<aside") == written.count("</aside>") == 3
    assert "<p>the bottom</p>" in written
    assert "[quote]" not in written and "[/quote]" not in written


def test_a_mark_without_its_partner_stays_text():
    assert html("[quote]\nx") == "<p>[quote]<br>\nx</p>"
    assert html("x\n[/quote]") == "<p>x<br>\n[/quote]</p>"


def test_marks_inside_code_are_code():
    written = html("```\n[quote]\nx\n[/quote]\n```\n\n`[quote]x[/quote]`")

    assert "<aside" not in written
    assert "[quote]\nx\n[/quote]" in written


def test_the_attribution_is_text_whatever_it_holds():
    written = html('[quote="<b>x</b> & \\" onclick=1"]\ny\n[/quote]')

    assert "&lt;b&gt;x&lt;/b&gt; &amp;" in written


def test_quoted_words_are_left_out_of_excerpts_and_search():
    found = cooked(QUOTE)

    assert found.text == found.search_text == "Oui."


def test_a_post_that_is_only_a_quote_still_has_an_excerpt():
    found = cooked("[quote]\nx\n[/quote]")

    assert (found.text, found.search_text) == ("x", "")
