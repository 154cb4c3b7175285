"""Terms and markets as JSON."""

import pytest

from forum.core.database import transaction
from forum.vocabulary import service


@pytest.fixture(autouse=True)
def terms(cast):
    with transaction():
        service.load()


def test_know_how_is_found_with_its_other_label_and_path(visit):
    found = visit().get("/vocabulary/knowhow.json?q=tournage").json["results"]

    assert (found[0]["code"], found[0]["label"]) == ("machining/cnc-turning", "CNC turning")
    assert found[0]["other"].startswith("Tournage") and found[0]["other_lang"] == "fr"
    assert found[0]["path"] == "Machining"


def test_without_a_question_the_whole_tree_is_given(visit):
    tree = visit().get("/vocabulary/knowhow.json").json["terms"]

    assert len(tree) == 16 and len(tree[0]["terms"]) >= 6
    assert len(visit().get("/vocabulary/sectors.json").json["terms"]) == 21


def test_markets_are_found_and_listed(visit):
    found = visit().get("/vocabulary/markets.json?q=west+africa").json["results"]
    everywhere = visit().get("/vocabulary/markets.json").json

    assert (found[0]["kind"], found[0]["label"]) == ("zone", "West Africa")
    assert len(everywhere["countries"]) == 250 and everywhere["zones"]


@pytest.mark.parametrize("name", ["knowhow", "sectors", "markets"])
@pytest.mark.parametrize(
    "wrong", ["q[]=a", "q=a&q=b", "q=a&limit=x", "limit=9999", "q=" + "a" * 200]
)
def test_what_cannot_be_taken_is_refused(visit, name, wrong):
    assert visit().get(f"/vocabulary/{name}.json?{wrong}").status_code == 422
