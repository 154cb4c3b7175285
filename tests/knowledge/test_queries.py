"""The base counts what the viewer may see, and each cell leads to what it counts."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from forum.core.database import transaction
from forum.knowledge import queries
from forum.search.grammar import parser
from forum.vocabulary import queries as vocabulary
from tests.opportunities.conftest import kept, place, publish

__all__ = ["place"]


def machining():
    return next(root for root, _below in vocabulary.knowhow_tree() if root.code == "machining")


def test_a_cell_counts_topics_of_a_root_and_of_what_is_below_it(place, cast):
    below = vocabulary.by_ids(vocabulary.with_children(machining()))[1]
    publish(cast.otto, place)
    publish(cast.otto, place, knowhow=[below.code], markets=["SN", "MA"])

    drawn = queries.matrix(cast.guest, "all")

    assert drawn.cells[machining().id] == {"SN": 2, "MA": 1}
    assert drawn.row_totals[machining().id] == 2
    assert queries.matrix(cast.guest, "threads").cells == {}


def test_behind_a_cell_is_what_it_counts(place, cast):
    ids = {publish(cast.otto, place).id for _number in range(3)}
    publish(cast.otto, place, markets=["FR"])
    terms = vocabulary.with_children(machining())

    behind = queries.entries(cast.guest, "all", terms=terms, countries=frozenset({"SN"}))

    assert set(behind) == ids
    assert queries.matrix(cast.guest, "all").cells[machining().id]["SN"] == len(behind)


def test_what_is_closed_is_counted_for_nobody_else(place, cast):
    hidden = publish(cast.max, cast.staff_room)
    terms = vocabulary.with_children(machining())

    for viewer, count in ((cast.guest, 0), (cast.otto, 0), (cast.max, 1), (cast.ada, 1)):
        drawn = queries.matrix(viewer, "all")
        behind = queries.entries(viewer, "all", terms=terms, countries=frozenset())

        assert (drawn.countries["SN"], drawn.highest) == (count, count), viewer
        assert behind == [hidden.id] * count


def test_heat_tells_small_numbers_apart_and_zero_from_all():
    levels = [queries.heat(count, 40) for count in (0, 1, 4, 10, 20, 40)]

    assert levels == sorted(levels)
    assert (levels[0], levels[-1]) == (0, 5)
    assert levels[1] == 1 and len(set(levels)) >= 5


def test_the_page_shows_the_cell_and_its_entries(place, cast, visit):
    topic = publish(cast.otto, place)

    base = visit().get("/base").text
    cell = visit().get("/base?knowhow=machining&market=SN").text

    assert "knowhow=machining" in base and "market=SN" in base
    assert topic.title in cell
    assert visit().get("/base?knowhow=alchemy").status_code == 404


def test_behind_a_cell_of_very_many_search_has_them_all(place, cast, visit, monkeypatch):
    monkeypatch.setattr(queries, "MOST_ENTRIES", 2)
    for _number in range(3):
        publish(cast.otto, place)

    page = visit().get("/base?knowhow=machining&market=SN&measure=opportunities").text

    (found,) = re.findall(r'href="(/search\?q=knowhow[^"]*)"', page)
    assert found == (
        "/search?q=knowhow%3Amachining+market%3ASN+kind%3Aopportunity&amp;order=latest"
    )
    reading = parser.read(parse_qs(urlsplit(unescape(found)).query)["q"][0], cast.guest)
    assert len(reading.chips) == 3 and reading.problems == []


@pytest.mark.parametrize(
    ("status", "counted"),
    [("open", 1), ("in_talks", 1), ("concluded", 0), ("withdrawn", 0), ("expired", 0)],
)
def test_an_opportunity_counts_as_long_as_one_may_answer_to_it(place, cast, status, counted):
    topic = publish(cast.otto, place)
    with transaction():
        kept(topic).status = status

    for measure, count in (("opportunities", counted), ("all", counted), ("threads", 0)):
        drawn = queries.matrix(cast.guest, measure)
        behind = queries.entries(cast.guest, measure, terms=None, countries=frozenset({"SN"}))
        assert (drawn.countries["SN"], len(behind)) == (count, count), measure
