"""Templates decide nothing, and hold nothing the content security policy refuses."""

import re

import pytest

from tests.support.sources import files_in, short

INLINE = {
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a handler attribute": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script\b(?![^>]*(\bsrc\s*=|type=\"application/(ld\+)?json\"))", re.IGNORECASE
    ),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
}
CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
# Jinja has a filter named select, which asks nobody.
ASKS_THE_DATABASE = re.compile(r"(?<!\|)\b(queries|session|execute|scalars?|select)\b\s*[.(]")


@pytest.mark.parametrize("what", INLINE)
def test_no_page_holds(what):
    pages = [path for path in files_in("templates", ending=".html") if not is_mail(path)]

    holding = [short(path) for path in pages if INLINE[what].search(text_of(path))]

    assert pages
    assert holding == []


def test_no_template_asks_the_database():
    asking = [
        short(path)
        for path in files_in("templates")
        if any(ASKS_THE_DATABASE.search(code) for code in CODE.findall(text_of(path)))
    ]

    assert asking == []


def test_no_script_writes_styles_or_markup_from_text():
    refused = re.compile(
        r"\.innerHTML\s*\+?=|\.cssText\s*=|document\.write|\beval\(|new Function\("
    )

    assert [
        short(path)
        for path in files_in("static", ending=(".js", ".mjs"))
        if refused.search(path.read_text("utf-8"))
    ] == []


def is_mail(path) -> bool:
    """Mail programs read no style sheets: mails may carry their style with them."""
    return "mail" in path.parts or path.name == "mail.html"


def text_of(path) -> str:
    return COMMENT.sub("", path.read_text("utf-8"))
