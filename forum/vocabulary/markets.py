"""Markets: countries, named by Babel, and the zones that business speaks of."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale

from forum.core.i18n import LOCALES, babel_locale, current_locale
from forum.core.text import fold

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Zone:
    """Several countries under one name."""

    code: str
    label_fr: str
    label_en: str
    countries: frozenset[str]  # ISO 3166-1 alpha-2

    @property
    def label(self) -> str:
        return self.label_fr if current_locale() == "fr" else self.label_en


@cache
def zones() -> tuple[Zone, ...]:
    """Every zone, in the order of the file."""
    with (DATA / "zones.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Zone(
                row["code"], row["label_fr"], row["label_en"], frozenset(row["countries"].split("|"))
            )
            for row in csv.DictReader(lines)
        )


@cache
def codes() -> frozenset[str]:
    """The codes of all countries that lie in a zone, which is every country."""
    return frozenset(code for zone in zones() for code in zone.countries)


def is_country(code: str) -> bool:
    """Whether it is an ISO 3166-1 alpha-2 code."""
    return code in codes()


def country_name(code: str) -> str:
    """A country's name in the page's language; the code itself when unknown."""
    return str(babel_locale().territories.get(code, code))


def name(code: str) -> str:
    """The name of a country or of a zone."""
    zone = _zones_by_code().get(code)
    return zone.label if zone else country_name(code)


def countries() -> list[tuple[str, str]]:
    """Every country as (code, name), sorted as a reader of the page's language looks for it."""
    return _sorted_countries(current_locale())


def expand(chosen: Iterable[str]) -> frozenset[str]:
    """Countries and zones as countries only."""
    by_code = _zones_by_code()
    return frozenset(
        code for one in chosen for code in (by_code[one].countries if one in by_code else (one,))
    )


def search(text: str, most: int = 10) -> list[tuple[str, str]]:
    """Countries and zones whose name in either language begins with a text, or holds it."""
    wanted = fold(text)
    found = []
    for code, names in _folded_names().items():
        at = min((n.find(wanted) for n in names if wanted in n), default=-1)
        if at >= 0:
            found.append((at > 0, name(code), code))
    return [(code, label) for _later, label, code in sorted(found)[:most]]


@cache
def _zones_by_code() -> dict[str, Zone]:
    return {zone.code: zone for zone in zones()}


@cache
def _sorted_countries(locale: str) -> list[tuple[str, str]]:
    names = Locale.parse(locale).territories
    pairs = [(code, str(names.get(code, code))) for code in codes()]
    return sorted(pairs, key=lambda pair: fold(pair[1]))


@cache
def _folded_names() -> dict[str, tuple[str, ...]]:
    by_locale = [Locale.parse(locale).territories for locale in LOCALES]
    named = {code: tuple(fold(str(t.get(code, code))) for t in by_locale) for code in codes()}
    return named | {z.code: (fold(z.label_fr), fold(z.label_en)) for z in zones()}
