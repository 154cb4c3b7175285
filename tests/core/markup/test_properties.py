"""What must hold for any text whatsoever."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from forum.core.markup.folded import cook_mail
from forum.core.markup.sanitize import sanitize
from tests.core.markup.place import cooked
from tests.support.judge import accusations

PIECES = [
    "*", "**", "_", "~~", "`", "```", "```py\n", "\n", "\n\n", "    ", "> ", "- ", "1. ", "# ", "|", "|-|-|\n",
    "[", "](", ")", "![", "[^1]", "[^1]: ", "^[", "[quote]", '[quote="rose, post:2, topic:42"]\n', "[/quote]",
    "@rose", "#maritime", ":tada:", "https://a.example/", "javascript:", "www.a.fr", "a@b.fr", "<", ">", "<b>",
    "</p>", "<script>", "&", "&lt;", "&#0;", "\\", "\t", "\r", "\x00", "\ud800", "\u202e", "\u2028", "é", "word ",
    "- [ ] ", "---\n", "'", '"', "=", "//", "<a href=", "<!--", "-- \n", " writes:\n", "-->",
]  # fmt: skip
TAGS = [
    "p",
    "b",
    "a",
    "table",
    "td",
    "tr",
    "li",
    "ul",
    "ol",
    "pre",
    "code",
    "details",
    "summary",
    "aside",
    "blockquote",
    "h2",
    "svg",
    "math",
    "style",
    "script",
    "select",
    "form",
    "textarea",
    "template",
    "noscript",
    "img",
    "br",
    "div",
    "span",
]

markdown = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=200)
tag = st.sampled_from(TAGS)
html_pieces = st.one_of(
    tag.map("<{}>".format),
    tag.map("</{}>".format),
    st.sampled_from(
        [
            "text",
            "\n",
            "&lt;",
            "&amp",
            '<a href="//x">',
            "<img src=x onerror=y>",
            "<!--",
            "-->",
            "<p title='",
            "'>",
            "]]>",
            "<a href=javascript:1>",
            "&#x6A;",
        ]
    ),
)
html = st.lists(html_pieces, max_size=25).map("".join)
quick = settings(max_examples=120, deadline=None)


@quick
@given(markdown)
def test_cooking_never_fails_and_is_innocent(raw):
    found = cooked(raw)

    assert accusations(found.html) == []
    assert not re.search(r"<[^>]*\sstyle=", found.html)
    assert "<h1" not in found.html


@quick
@given(markdown)
def test_cooking_twice_gives_the_same(raw):
    assert cooked(raw) == cooked(raw)


@quick
@given(markdown)
def test_cooked_html_is_already_clean(raw):
    once = cooked(raw).html

    assert sanitize(once) == once


@quick
@given(markdown)
def test_a_mail_never_fails_and_is_innocent(raw):
    found = cook_mail(raw)

    assert accusations(found.html) == []
    assert sanitize(found.html) == found.html
    assert found == cook_mail(raw)


@quick
@given(html)
def test_sanitizing_anything_is_innocent(dirty):
    assert accusations(sanitize(dirty)) == []


@quick
@given(markdown)
def test_every_id_carries_the_prefix_and_appears_once(raw):
    ids = re.findall(r'<[^>]*\sid="([^"]*)"', cooked(raw, prefix="p7").html)

    assert all(name.startswith("p7-fn") for name in ids)
    assert len(ids) == len(set(ids))
