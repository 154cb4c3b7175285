import pytest

from forum.core.markup.context import Context
from forum.core.markup.cooked import COOKING_VERSION
from forum.core.markup.markdown import cook
from tests.core.markup.place import cooked, html


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("plain", "<p>plain</p>"),
        (
            "*a* _b_ **c** ***d***",
            "<p><em>a</em> <em>b</em> <strong>c</strong> <em><strong>d</strong></em></p>",
        ),
        ("snake_case_name", "<p>snake_case_name</p>"),
        ("~~gone~~", "<p><s>gone</s></p>"),
        ("a\n\nb", "<p>a</p>\n<p>b</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("- a\n  - b", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
        ("> a\n> b", "<blockquote>\n<p>a<br>\nb</p>\n</blockquote>"),
        ("---", "<hr>"),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("\\*not\\*", "<p>*not*</p>"),
        ("&eacute; &amp; &#233;", "<p>é &amp; é</p>"),
        ("[a](/x 'title')", '<p><a href="/x" title="title">a</a></p>'),
        ("[a][1]\n\n[1]: /x", '<p><a href="/x">a</a></p>'),
        (
            "<https://a.example/>",
            '<p><a href="https://a.example/" rel="nofollow ugc noopener">https://a.example/</a></p>',
        ),
    ],
)
def test_common_markdown_is_understood(raw, expected):
    assert html(raw) == expected


def test_a_single_line_end_breaks_the_line():
    assert html("one\ntwo") == "<p>one<br>\ntwo</p>"


def test_straight_quotes_and_dashes_stay_as_typed():
    assert html('"l\'été" -- (c) ...') == '<p>"l\'été" -- (c) ...</p>'


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("À Tanger : 400 ; merci !", "<p>À Tanger\u202f: 400\u202f; merci\u202f!</p>"),
        ("« **ici** » (où ?)", "<p>«\u202f<strong>ici</strong>\u202f» (où\u202f?)</p>"),
        ("À 5 % ou 3 €, 4 ?!", "<p>À 5\u202f% ou 3\u202f€, 4\u202f?!</p>"),
        ("a :smile: b", "<p>a 😄 b</p>"),
        ("as: typed; here! ok?", "<p>as: typed; here! ok?</p>"),
        ("`a ? b : c`", "<p><code>a ? b : c</code></p>"),
        ('[a](/x "b : c")', '<p><a href="/x" title="b : c">a</a></p>'),
    ],
)
def test_a_space_before_a_mark_breaks_no_line_and_code_stays_as_typed(raw, expected):
    assert html(raw) == expected


def test_code_keeps_its_spaces():
    assert "x ? y : z" in cook("```\nx ? y : z\n```", Context()).html


def test_raw_html_is_shown_as_text():
    assert html("<b>x</b> <!-- y --> <script>z</script>") == (
        "<p>&lt;b&gt;x&lt;/b&gt; &lt;!-- y --&gt; &lt;script&gt;z&lt;/script&gt;</p>"
    )


def test_headings_stay_below_the_title_of_the_page():
    written = html("# a\n## b\n###### f\n\ng\n===")

    assert written == "<h2>a</h2>\n<h3>b</h3>\n<h6>f</h6>\n<h2>g</h2>"


def test_windows_line_ends_and_controls_are_read_over():
    assert html("a\r\nb\x00\x07\x1bc\ud800") == "<p>a<br>\nbc</p>"


def test_nothing_cooks_to_nothing():
    assert cooked("").html == ""
    assert cooked(" \n\t\n").text == ""


def test_a_post_carries_the_version_it_was_cooked_with():
    assert cooked("x").version == COOKING_VERSION


def test_a_place_that_knows_nobody_needs_no_resolver():
    assert cook("@rose #maritime", Context()).html == "<p>@rose #maritime</p>\n"


def test_a_prefix_that_is_no_identifier_is_refused():
    with pytest.raises(ValueError, match="footnote prefix"):
        Context(footnote_prefix='x" onclick="')


def test_blocks_deeper_than_the_limit_keep_their_text():
    written = cooked(">" * 40 + " the very bottom").html

    assert "the very bottom" in written
    assert written.count("<blockquote>") == 5


def test_lists_deeper_than_the_limit_keep_their_text():
    raw = "".join("  " * depth + f"- level {depth}\n" for depth in range(30))

    written = cooked(raw).html

    assert all(f"level {depth}" in written for depth in range(30))
