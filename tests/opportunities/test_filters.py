"""Which opportunities pass the filters, and what each filter counts under the others."""

import re

import pytest

from forum.opportunities import queries
from forum.opportunities.queries import Filters
from tests.opportunities.conftest import publish


@pytest.fixture
def four(place, cast):
    """Two requests and two offers, of two markets and two kinds of know-how."""
    return {
        "machines": publish(cast.otto, place, markets=["SN", "MA"]),
        "metrology": publish(cast.otto, place, knowhow=["inspection-metrology"], kind="technology"),
        "offer": publish(cast.rose, place, side="offer", markets=["FR"], sector="28"),
        "hidden": publish(cast.max, cast.staff_room, side="offer"),
    }


def found(viewer, four, **filters):
    passing = {entry.topic_id for entry in queries.search(viewer, Filters(**filters)).passing}
    return {name for name, topic in four.items() if topic.id in passing}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"machines", "metrology", "offer"}),
        ({"side": "offer"}, {"offer"}),
        ({"kind": "technology"}, {"metrology"}),
        ({"markets": ("MA",)}, {"machines"}),
        ({"markets": ("SN", "FR")}, {"machines", "metrology", "offer"}),
        ({"sectors": ("28",)}, {"offer"}),
        ({"knowhow": ("inspection-metrology",)}, {"metrology"}),
        ({"statuses": ("concluded",)}, set()),
        ({"side": "request", "markets": ("FR",)}, set()),
    ],
)
def test_each_filter_lets_through_what_it_names(four, cast, filters, expected):
    assert found(cast.nina, four, **filters) == expected


def test_counts_are_true_under_the_other_filters(four, cast):
    asked = queries.search(cast.guest, Filters(side="request", markets=("MA",)))

    assert asked.countries == {"SN": 2, "MA": 1}
    assert asked.kinds == {"business": 1}
    assert (asked.side("request"), asked.side("offer")) == (1, 0)


def test_what_lies_in_a_closed_place_is_neither_found_nor_counted(four, cast):
    assert found(cast.guest, four, side="offer") == {"offer"}
    assert found(cast.max, four, side="offer") == {"offer", "hidden"}
    assert queries.search(cast.guest, Filters()).countries["SN"] == 2
    assert queries.search(cast.max, Filters()).countries["SN"] == 3
    assert (queries.count_open(cast.guest), queries.count_open(cast.max)) == (3, 4)


def test_the_list_takes_as_many_statements_for_thirty_as_for_three(
    place, cast, visit, queries_made
):
    needed = []
    for number in (3, 27):
        for _one in range(number):
            publish(cast.max, place)
        browser = visit(cast.otto)
        browser.get("/opportunities")
        with queries_made() as seen:
            assert browser.get("/opportunities").status_code == 200
        needed.append(len(seen))

    assert needed[0] == needed[1] <= 12


def test_what_is_chosen_in_vain_is_ticked_and_can_be_taken_away(four, cast, visit):
    page = visit(cast.otto).read("/opportunities?market=KP&sector=01&market=xx")

    boxes = re.findall(r'type="checkbox" name="(\w+)" value="([\w/-]+)" checked', page)
    assert {("market", "KP"), ("sector", "01")} <= set(boxes)
    assert ("market", "xx") not in boxes
