"""What results are counted by: boxes with their labels, true under the other filters."""

import pytest
from sqlalchemy import update

from forum.accounts.models.user import User
from forum.core.database import session, transaction
from forum.search import facets
from forum.search.facets import Facet
from forum.topics.models.topic import TopicMarket
from tests.search.conftest import counted, label


@pytest.fixture
def harbours(write, index, cast):
    """Three public topics of two authors, years and languages, and one of the staff room."""
    old = write("Harbour dues of old", "Harbour.", days_ago=800, lang="en")
    write("Harbour dues of today", "Harbour.", by=cast.rose, kind="question", lang="en")
    new = write("Les droits de port", "Harbour.", by=cast.rose, lang="fr")
    secret = write("Harbour of the staff", "Harbour.", by=cast.max, place=cast.staff_room)
    tags = label(old, "docks", "quais"), label(secret, "zanzibar", "zanzibar")
    with transaction():
        session.add(TopicMarket(topic_id=new.id, country="SN"))
    index.catch_up()
    return tags


def drawn(viewer, **chosen) -> dict[str, Facet]:
    ticked = {name: frozenset(values) for name, values in chosen.items()}
    found = facets.drawn(viewer, counted(viewer, "harbour", chosen=ticked), ticked)
    return {facet.name: facet for facet in found}


def told(facet: Facet) -> list[tuple[str, int]]:
    return [(box.label, box.count) for box in facet.boxes]


def test_each_facet_tells_its_values_and_how_many_topics_they_leave(harbours, cast):
    found = drawn(cast.otto)

    assert told(found["category"]) == [("Square", 3)]
    assert told(found["kind"]) == [("Discussions", 2), ("Questions", 1)]
    assert told(found["tag"]) == [("docks", 1)]
    assert told(found["market"]) == [("Senegal", 1)]
    assert told(found["lang"]) == [("English", 2), ("Français", 1)]
    assert told(found["author"]) == [("Rose", 2), ("Ada", 1)]
    assert "knowhow" not in found


def test_years_stand_from_the_latest_to_the_oldest(harbours, cast):
    years = [int(name) for name, _count in told(drawn(cast.otto)["year"])]

    assert years == sorted(years, reverse=True) and len(years) == 2


def test_a_ticked_box_stays_and_narrows_the_other_facets(harbours, cast):
    found = drawn(cast.otto, author={cast.rose.id}, lang={"fr"})

    assert told(found["author"]) == [("Rose", 1)]
    assert told(found["lang"]) == [("English", 1), ("Français", 1)]
    assert told(found["kind"]) == [("Discussions", 1)]
    assert [box.label for box in found["lang"].boxes if box.ticked] == ["Français"]


def test_six_boxes_are_in_sight_and_whatever_is_ticked(cast):
    chosen = {"year": frozenset({1999})}
    (years,) = facets.drawn(cast.guest, {"year": dict.fromkeys(range(2000, 2020), 1)}, chosen)

    assert [box.label for box in years.shown] == [*map(str, range(2019, 2013, -1)), "1999"]
    assert len(years.more) == 14


def test_a_guessed_value_tells_no_name(harbours, cast):
    public, secret = harbours
    with transaction():
        session.execute(update(User).where(User.id == cast.silas.id).values(staged=True))

    def labels(viewer):
        found = drawn(
            viewer,
            tag={public.id, secret.id, 987654},
            category={cast.staff_room.id},
            author={cast.silas.id},
        )
        return {box.label for facet in found.values() for box in facet.boxes if box.ticked}

    hidden = {str(secret.id), "987654", str(cast.staff_room.id), str(cast.silas.id)}
    assert labels(cast.guest) == labels(cast.otto) == {"docks", *hidden}
    assert {"docks", "zanzibar", "Staff room"} <= labels(cast.max)


def test_the_boxes_come_as_a_part_of_the_page_or_with_it(visit, harbours, cast):
    apart = visit().read("/search/facets?q=harbour&lang=fr&order=latest")
    whole = visit().read("/search?q=harbour&lang=fr&order=latest&facets=1")

    for page in (apart, whole):
        assert 'name="kind" value="discussion"' in page
        assert 'name="lang" value="fr" checked' in page
        assert '<input type="hidden" name="order" value="latest">' in page
        assert "Staff room" not in page
    assert "<html" not in apart and 'name="facets"' not in apart
    assert '<input type="hidden" name="facets" value="1">' in whole


def test_programs_read_facets_with_their_labels(visit, harbours, cast):
    answer = visit(cast.otto).get("/search/facets.json?q=harbour&kind=question").json

    kinds = next(facet for facet in answer["facets"] if facet["name"] == "kind")
    assert kinds["label"] == "Kind"
    assert kinds["values"] == [
        {"value": "discussion", "label": "Discussions", "count": 2, "chosen": False},
        {"value": "question", "label": "Questions", "count": 1, "chosen": True},
    ]


@pytest.mark.parametrize("value", ["x", "-1", "99999999999999999999", "²", "1'--", "<b>"])
def test_strange_values_do_no_harm(visit, harbours, value):
    for name in ("category", "kind", "tag", "market", "knowhow", "lang", "year", "author"):
        page = visit().read(f"/search/facets?q=harbour&{name}={value}")
        assert "<b>" not in page
