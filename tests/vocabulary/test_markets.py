"""Markets: countries and zones, in the language of the page."""

import pytest

from forum.core.i18n import set_locale
from forum.vocabulary import markets


@pytest.fixture(autouse=True)
def french():
    set_locale("fr")


def test_a_country_is_named_in_the_language_of_the_page():
    assert markets.country_name("CI") == "Côte d’Ivoire"
    set_locale("en")
    assert markets.country_name("DE") == "Germany"
    assert markets.country_name("ZZ") == "ZZ"


@pytest.mark.parametrize(
    ("code", "known"), [("SN", True), ("sn", False), ("EU", False), ("", False)]
)
def test_countries_are_known_by_their_code_in_capitals(code, known):
    assert markets.is_country(code) is known


def test_countries_are_listed_by_name_accents_aside():
    names = [name for _code, name in markets.countries()]

    assert names.index("Égypte") < names.index("Émirats arabes unis") < names.index("Espagne")
    assert len(names) == 250


def test_every_zone_is_made_of_countries():
    for zone in markets.zones():
        assert zone.countries <= markets.codes(), zone.code


def test_zones_widen_to_their_countries():
    assert markets.countries_of("benelux-germany") == {"BE", "DE", "LU", "NL"}
    assert markets.countries_of("atlantis") == frozenset()
    assert markets.expand(["benelux-germany", "SN", "nowhere"]) == {"BE", "DE", "LU", "NL", "SN"}
    assert markets.name("west-africa") == "Afrique de l’Ouest"
    assert markets.name("SN") == "Sénégal"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("sene", "SN"),
        ("cote d'iv", "CI"),
        ("ivoire", "CI"),
        ("sn", "SN"),
        ("allem", "DE"),
        ("germa", "DE"),
        ("west afr", "west-africa"),
        ("afrique de l", "west-africa"),
    ],
)
def test_a_market_is_found_in_either_language_or_by_code(typed, code):
    assert code in [market.code for market in markets.search(typed)]


def test_a_search_tells_zones_from_countries():
    [zone] = [market for market in markets.search("maghreb") if market.is_zone]

    assert {"MA", "DZ", "TN"} <= zone.countries
    assert not markets.search("Maroc")[0].is_zone
    assert markets.search("  ") == []
