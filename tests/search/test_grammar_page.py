"""docs/search.md tells the language as it is."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from forum.accounts.guest import Guest
from forum.search.grammar import builtin, operators, parser
from forum.search.grammar.operators import Choice, Operator

PAGE = Path(__file__).parents[2] / "docs" / "search.md"
SIGNS = "@#"
# What Discourse documents; its own words, so that none is forgotten.
OF_DISCOURSE = """
@ # user: group: created: category: categories: tag: tags: topic: before: after: badge: assigned:
group_messages: personal_messages: filetypes: filetype:
min_posts: min_post_count: max_posts: posts_count: min_views: max_views:
in:title in:first in:pinned in:wiki in:likes in:bookmarks in:posted in:created in:mine in:watching
in:tracking in:seen in:unseen in:tagged in:untagged in:personal in:messages in:personal-direct
in:all-pms in:all in:solved in:unsolved in:assigned in:unassigned
status:open status:closed status:public status:archived status:noreplies status:single_user
status:solved status:unsolved with:images include:unlisted include:invisible
order:latest order:oldest order:latest_topic order:oldest_topic order:likes order:views
"""


class Row(NamedTuple):
    """A line of the page: how it is written in each language, and whether it is here."""

    english: list[str]
    french: list[str]
    here: bool


def rows() -> Iterator[Row]:
    for line in PAGE.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("|") and len(cells) == 4 and cells[2] in {"✓", "–"}:
            written = [re.findall(r"`-?([^`]+)`", cell) for cell in cells[:2]]
            yield Row(*written, here=cells[2] == "✓")


ROWS = list(rows())


def split(form: str) -> tuple[Operator | None, str]:
    """The operator of a form and its value."""
    if form[0] in SIGNS:
        return operators.find(form[0]), form[1:]
    name, _colon, value = form.partition(":")
    return operators.find(name), value


def choices(operator: Operator) -> dict[str, Choice]:
    """The values of an operator that are a closed set, by every name."""
    known = {
        operators.plain(name): choice
        for choice in (builtin.PLACES if operator.name == "in" else operator.choices)
        for name in choice.names
    }
    if operator.name == "in":  # as features have registered them
        known |= {name: place for name in known if (place := operators.find_place(name))}
    return known


def kinds_of_topic(form: str) -> bool:
    return form.partition(":")[0] in {"kind", "type"}


def test_whatever_the_page_names_is_as_it_says():
    assert len(ROWS) > 60
    for row in ROWS:
        for form in row.english + row.french:
            operator, value = split(form)
            assert operator is not None, form
            known = choices(operator)
            choice = known.get(operators.plain(value))
            assert choice is not None or not known or kinds_of_topic(form), form
            assert (choice.here if choice else operator.here) == row.here, form


@pytest.mark.parametrize("language", ["english", "french"])
def test_whatever_is_registered_is_on_the_page(language):
    written = {
        operators.plain(form) if form[0] not in SIGNS else form[0]
        for row in ROWS
        for form in getattr(row, language)
    }
    names = {form.partition(":")[0] for form in written}
    place = 0 if language == "english" else 1
    for operator in builtin.OPERATORS:
        name = operators.plain(operator.names[place])
        assert name in names, name
        for choice in choices(operator).values():
            form = f"{name}:{operators.plain(choice.names[place])}"
            assert form in written, form


def test_nothing_that_discourse_documents_is_forgotten():
    written = [form for row in ROWS for form in row.english]

    for form in OF_DISCOURSE.split():
        begins = [
            one for one in written if one == form or (form[-1] in ":@#" and one.startswith(form))
        ]
        assert begins, form


def test_every_operator_of_the_page_is_read(cast):
    """Each form is understood, or explained when what it names is not in this small forum."""
    for row in ROWS:
        for form in row.english + row.french:
            reading = parser.read(form, cast.ada)
            assert reading.problems or reading.chips, form
            if not row.here:
                assert "here" in reading.problems[0].message, form


def test_the_list_beside_the_search_box_shows_each_operator_once_under_a_heading():
    groups = operators.grouped()

    assert [o for listed in groups.values() for o in listed] == operators.all_operators()
    assert operators.OTHERS not in groups  # that is for what features bring


@pytest.mark.parametrize("typed", ["in:bookmarks", "OR", "()", "tag:none", "@nobody", "co*", ")"])
def test_a_query_of_nothing_but_faults_is_a_page_that_says_so(visit, index, typed):
    page = visit().get("/search", query_string={"q": typed})

    assert page.status_code == 200
    assert "Nothing to look for" in page.text
    assert parser.read(typed, Guest()).problems[0].message in html.unescape(page.text)
