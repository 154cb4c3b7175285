import pytest

from forum.web import navigation
from forum.web.navigation import Item, Navigation


@pytest.fixture
def menu(monkeypatch):
    empty = {section: [] for section in navigation.SECTIONS}
    monkeypatch.setattr(navigation, "_providers", empty)


def test_a_section_is_asked_for_once_and_only_when_drawn(menu):
    asked = []

    def places(viewer):
        asked.append(viewer)
        return [Item("Forum", "/", tab="Forum"), Item("Bookmarks", "/bookmarks")]

    navigation.register("main", places)
    navigation.register("main", places)
    drawn = Navigation("ada")

    assert asked == []
    assert [item.label for item in drawn.main] == ["Forum", "Bookmarks"]
    assert [item.label for item in drawn.tabs] == ["Forum"]
    assert asked == ["ada"]


@pytest.mark.parametrize(
    ("address", "current"),
    [("/", True), ("/latest", True), ("/latest.json", True), ("/opportunities", False)],
)
def test_a_place_is_current_at_its_address_and_at_those_it_covers(app, address, current):
    forum = Item("Forum", "/", covers=("/latest", "/new"))

    with app.test_request_context(address):
        assert forum.current is current


def test_a_topic_stands_in_its_category(app):
    with app.test_request_context("/t/welcome/42"):
        navigation.stand_at("/c/logistics/2")

        assert Item("Logistics", "/c/logistics/2").current
        assert not Item("Forum", "/", covers=("/t/",)).current


def test_a_category_that_a_main_place_stands_for_is_not_named_twice(menu):
    navigation.register("main", lambda _: [Item("Market", "/market", covers=("/c/market/1",))])
    navigation.register("categories", lambda _: [Item(w, f"/c/{w}/1") for w in ("market", "talk")])

    assert [item.label for item in Navigation("anyone").categories] == ["talk"]
