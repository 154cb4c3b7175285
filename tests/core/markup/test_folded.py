import pytest

from forum.core.markup.folded import cook_mail


def html(*lines):
    return cook_mail("\n".join(lines)).html


def test_wrapped_lines_flow_again():
    assert html(
        "The letter of credit was opened by the bank of the buyer, and not by",
        "ours; that is why the amendment took eleven days.",
        "",
        "Regards",
    ) == (
        "<p>The letter of credit was opened by the bank of the buyer, and not by\n"
        "ours; that is why the amendment took eleven days.</p><p>Regards</p>"
    )


def test_short_lines_are_kept():
    assert html("Bonjour,", "merci.", "Rose") == '<p class="lines">Bonjour,\nmerci.\nRose</p>'


def test_items_of_a_list_are_kept_apart():
    assert html(
        "- the invoice, in three copies, each of them signed by the exporter",
        "- the packing list",
    ).startswith('<p class="lines">')


def test_quoted_text_is_folded_under_who_wrote_it():
    written = html(
        "In article <1@a.example>, rose@a.example (Rose Martin) writes:",
        *["> one line of a long quotation that nobody needs to read again"] * 6,
        "",
        "I agree.",
    )

    assert written.startswith(
        '<details class="quoted"><summary>Rose Martin writes:</summary><blockquote><p>one line'
    )
    assert written.endswith("</blockquote></details><p>I agree.</p>")


def test_a_short_quotation_stands_open():
    assert html("> Is it dry?", "", "Yes.") == (
        '<details class="quoted" open=""><summary>…</summary><blockquote><p>Is it dry?</p>'
        "</blockquote></details><p>Yes.</p>"
    )


@pytest.mark.parametrize(
    ("lines", "summary"),
    [
        (["Rose Martin <rose@a.example> wrote:"], "Rose Martin wrote:"),
        (["On 3 May 1993, Rose wrote:"], "On 3 May 1993, Rose wrote:"),
        (["Le 3 mai, Rose a écrit :"], "Le 3 mai, Rose a écrit :"),
        (["In article <1@a.example>,", "rose@a.example (Rose) writes:"], "Rose writes:"),
        (["Hello.", "Rose says"], "Rose says"),
        (["Hello."], "…"),
    ],
)
def test_the_line_that_says_who_wrote_is_the_summary(lines, summary):
    assert f"<summary>{summary}</summary>" in html(*lines, "> x")


def test_levels_of_quoting_nest():
    assert html("> > a", "> b") == (
        '<details class="quoted" open=""><summary>…</summary><blockquote><blockquote><p>a</p>'
        "</blockquote><p>b</p></blockquote></details>"
    )


@pytest.mark.parametrize("line", [">a", " > a", "|> a", ": a", "| a", "RM> a", ">  a"])
def test_marks_of_many_programs_are_known(line):
    assert "<blockquote><p>a</p></blockquote>" in html(line)


def test_an_empty_line_between_quoted_ones_parts_no_quotation():
    assert html("> a", "", "> b").count("<details") == 1


def test_quoting_beyond_the_deepest_level_is_flattened():
    assert html(">" * 40 + " a").count("<blockquote>") == 5


def test_the_signature_is_dimmed():
    assert html("Text", "-- ", "Rose", "Kerloden") == (
        '<p>Text</p><div class="signature"><p class="lines">Rose\nKerloden</p></div>'
    )


def test_a_long_end_is_no_signature():
    assert "signature" not in html("Text", "-- ", *["a line"] * 30)


def test_drawings_and_code_stay_as_drawn():
    assert html("+-----+----+", "| a   | b  |", "+-----+----+") == (
        '<pre tabindex="0">+-----+----+\n| a   | b  |\n+-----+----+</pre>'
    )
    assert html("int main() {", "  return a < b;", "", "}", "  exit(0);").startswith("<pre")


def test_a_line_of_dashes_is_a_rule():
    assert html("a", "", "-----------", "", "b") == "<p>a</p><hr><p>b</p>"


def test_addresses_become_links():
    found = cook_mail("See http://a.example/x?y=1&z=2, or www.b.example.")

    assert found.links == ("http://a.example/x?y=1&z=2", "https://www.b.example")
    assert '<a href="http://a.example/x?y=1&amp;z=2" rel="nofollow ugc noopener">' in found.html
    assert found.html.endswith("www.b.example</a>.</p>")


def test_markup_is_text():
    assert html("<b>x</b> & *y* @rose") == "<p>&lt;b&gt;x&lt;/b&gt; &amp; *y* @rose</p>"


def test_search_reads_the_authors_own_words_only():
    found = cook_mail("Rose wrote:\n> quoted\n\nMy own\nwords\n\n-- \nsigned")

    assert found.text == found.search_text == "My own\nwords"


def test_a_mail_of_quotations_only_has_an_excerpt():
    found = cook_mail("> quoted")

    assert (found.text, found.search_text) == ("quoted", "")


def test_an_empty_mail_is_empty():
    assert cook_mail("").html == cook_mail(" \r\n \x00").html == ""


def test_quotations_without_number_are_shown_as_typed():
    written = html(*["> asked", "answered"] * 600)

    assert written.count("<details") == 250
    assert "&gt; asked\nanswered" in written
