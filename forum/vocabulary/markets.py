"""Markets: countries, named by Babel, and the zones that business speaks of.

Countries are those of ISO 3166-1, and Kosovo by the code that trade uses for it, XK.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale

from forum.core.i18n import babel_locale, current_locale
from forum.core.text import fold

ZONES = Path(__file__).parent / "data" / "zones.csv"
FOUND = 8
_BETWEEN_WORDS = re.compile(r"[^\w]+")


@dataclass(frozen=True)
class Zone:
    """Several countries under one name, such as West Africa."""

    code: str
    label_fr: str
    label_en: str
    countries: frozenset[str]  # ISO 3166-1 alpha-2

    @property
    def label(self) -> str:
        return self.label_fr if current_locale() == "fr" else self.label_en


@dataclass(frozen=True)
class Market:
    """A country or a zone, as the type-ahead offers it."""

    code: str
    label: str
    other_label: str  # in the other language
    countries: frozenset[str]

    @property
    def is_zone(self) -> bool:
        return self.code not in self.countries


@cache
def zones() -> tuple[Zone, ...]:
    """Every zone, in the order of the file."""
    with ZONES.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Zone(
                row["code"],
                row["label_fr"],
                row["label_en"],
                frozenset(row["countries"].split("|")),
            )
            for row in csv.DictReader(lines)
        )


@cache
def codes() -> frozenset[str]:
    """The codes of all countries that lie in a zone, which is every country."""
    return frozenset(code for zone in zones() for code in zone.countries)


def is_country(code: str) -> bool:
    """Whether this is the code of a country, in capitals."""
    return code in codes()


def country_name(code: str) -> str:
    """A country's name in the language of the page; the code itself when it is unknown."""
    return str(babel_locale().territories[code]) if is_country(code) else code


def name(code: str) -> str:
    """The name of a country or of a zone."""
    zone = _by_code().get(code)
    return zone.label if zone else country_name(code)


def countries() -> list[tuple[str, str]]:
    """Every country as (code, name), by name in the language of the page, accents aside."""
    return list(_countries(current_locale()))


def countries_of(zone: str) -> frozenset[str]:
    """The countries of a zone; none when there is no such zone."""
    found = _by_code().get(zone)
    return found.countries if found else frozenset()


def expand(market_codes: Iterable[str]) -> frozenset[str]:
    """Countries and zones as countries only; unknown codes are left out."""
    found: set[str] = set()
    for code in market_codes:
        found |= {code} if is_country(code) else countries_of(code)
    return frozenset(found)


def search(typed: str, most: int = FOUND) -> list[Market]:
    """The countries and zones that fit what was typed, in either language or by code."""
    wanted = _compared(typed)
    if not wanted:
        return []
    ranked = [(_rank(wanted, market), market) for market in _markets(current_locale())]
    fitting = [(rank, market) for rank, market in ranked if rank is not None]
    fitting.sort(key=lambda one: one[0])
    return [market for _rank, market in fitting[:most]]


def _rank(wanted: str, market: Market) -> int | None:
    """Its code, the beginning of a name, the beginning of a word in a name; None is no fit."""
    names = (_compared(market.label), _compared(market.other_label))
    if wanted == market.code.lower():
        return 0
    if any(other.startswith(wanted) for other in names):
        return 1
    return 2 if any(f" {wanted}" in other for other in names) else None


def _compared(written: str) -> str:
    return _BETWEEN_WORDS.sub(" ", fold(written)).strip()


@cache
def _by_code() -> dict[str, Zone]:
    return {zone.code: zone for zone in zones()}


@cache
def _countries(locale: str) -> tuple[tuple[str, str], ...]:
    names = Locale(locale).territories
    pairs = ((code, str(names[code])) for code in codes())
    return tuple(sorted(pairs, key=lambda pair: fold(pair[1])))


@cache
def _markets(locale: str) -> tuple[Market, ...]:
    """Countries, then zones, as the language of the page reads them."""
    other = Locale("en" if locale == "fr" else "fr").territories
    lands = [
        Market(code, label, str(other[code]), frozenset({code}))
        for code, label in _countries(locale)
    ]
    areas = [Market(zone.code, *_labels(zone, locale), zone.countries) for zone in zones()]
    return (*lands, *areas)


def _labels(zone: Zone, locale: str) -> tuple[str, str]:
    both = (zone.label_fr, zone.label_en)
    return both if locale == "fr" else (both[1], both[0])
