"""The small HTML of exports becomes Markdown that reads the same."""

import pytest

from forum.core.markup.context import Context
from forum.core.markup.markdown import cook
from forum.importers.html import to_markdown, to_text
from forum.importers.markdown import escape_markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>One</p>\r\n\r\n<p>Two<br />\r\nthree</p>", "One\n\nTwo\nthree"),
        ("<p>L&rsquo;&eacute;t&eacute;&nbsp;: 5 &lt; 6</p>", "L’été\xa0: 5 \\< 6"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><p>d</p>", "- a\n- b\n  - c\n\nd"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<blockquote><p>said</p><p>so</p></blockquote>", "> said\n\n> so"),
        ("<p><strong>bold </strong>and<em> soft</em></p>", "**bold** and *soft*"),
        ("<p><strong>a <em>b</em></strong></p>", "**a *b***"),
        ("<p>empty <strong></strong>mark</p>", "empty mark"),
        ('<a href="http://x.org/a_b?c=1&amp;d=2">word</a>', "[word](<http://x.org/a_b?c=1&d=2>)"),
        ('<a href="javascript:alert(1)">word</a>', "word"),
        ('<img src="https://x.org/p.png" alt="A pump">', "[A pump](<https://x.org/p.png>)"),
        ("<h1>Title</h1><p>Text</p>", "## Title\n\nText"),
        ("<p>&gt;&gt;<a href='https://x.org/'>x</a></p>", "\\>>[x](<https://x.org/>)"),
        ("<p>1. not a list</p><p># no title</p>", "1\\. not a list\n\n\\# no title"),
        ("<script>x()</script><style>p{}</style><p>seen</p>", "seen"),
        ("<p>unclosed <b>bold", "unclosed bold"),
        ("</ul></li></blockquote>stray ends", "stray ends"),
        ("<pre>a *b*\n  c</pre>", "```\na *b*\n  c\n```"),
        ("<p>run <code>a_b *c*</code> now</p>", "run `a_b *c*` now"),
        ("<p><code>a `b`</code> and <code> </code>x</p>", "`` a `b` `` and x"),
        ("<p><code>left open</p><p>a_b</p>", "`left open`\n\na\\_b"),
        ("", ""),
    ],
)
def test_html_to_markdown(html, markdown):
    assert to_markdown(html) == markdown


def test_html_to_text():
    assert to_text("<p>One<br>two</p><ul><li>a</li></ul>") == "One\ntwo\n\n- a"


@pytest.mark.parametrize(
    "text",
    [
        "*no* _emphasis_ `code` [no](link) <b>tag</b> ~~struck~~",
        "# no title",
        "- no list",
        "12. no list",
        "> no quote",
        ">>no quotes",
        "words\n---",
        "words\n===\nmore",
        "@nobody #nothing a|b",
    ],
)
def test_escaped_text_shows_as_it_was(text):
    cooked = cook(escape_markdown(text), Context())

    assert cooked.html.replace("<br>", "").count("<") == 2  # one paragraph, nothing else
    assert cooked.text == text


def test_addresses_in_escaped_text_stay_links():
    cooked = cook(escape_markdown("see https://x.org/a_b_c*d and *this*"), Context())

    assert cooked.links == ("https://x.org/a_b_c*d",)


def test_deep_nesting_does_no_harm():
    assert to_markdown("<ul><li>" * 2000 + "deep").strip().endswith("deep")
    assert "deep" in to_markdown("<blockquote>" * 2000 + "deep")
