"""The reference data: know-how terms, NACE sectors and business zones, read as plain CSV."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel import Locale

DATA = Path(__file__).resolve().parents[2] / "forum" / "vocabulary" / "data"
FILES = ("knowhow.csv", "nace.csv", "zones.csv")
LANGUAGES = ("fr", "en")

# Two-letter territories of CLDR that ISO 3166-1 does not assign to a country.
NOT_ISO = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}


def rows(file_name: str) -> list[dict[str, str]]:
    with (DATA / file_name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def territories() -> set[str]:
    names = Locale("en").territories
    return {code for code in names if len(code) == 2 and code.isalpha()}


def names_of(term: dict[str, str], lang: str) -> Iterator[str]:
    yield term[f"label_{lang}"]
    yield from filter(None, term[f"synonyms_{lang}"].split("|"))


@pytest.mark.parametrize("file_name", FILES)
def test_every_code_is_written_once(file_name: str) -> None:
    codes = [row["code"] for row in rows(file_name)]

    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("file_name", FILES)
def test_every_row_is_complete_and_labelled_in_both_languages(file_name: str) -> None:
    for row in rows(file_name):
        assert None not in row and None not in row.values(), row["code"]
        for lang in LANGUAGES:
            label = row[f"label_{lang}"]
            assert label and label == label.strip(), (row["code"], lang)


@pytest.mark.parametrize("file_name", FILES)
def test_french_labels_are_typeset_as_french(file_name: str) -> None:
    for row in rows(file_name):
        written = row["label_fr"] + row.get("synonyms_fr", "")
        assert "'" not in written, row["code"]
        assert not re.search(r"(?<!\u202f)[;:!?]", written), row["code"]


@pytest.mark.parametrize("file_name", ["knowhow.csv", "nace.csv"])
def test_a_parent_is_written_before_its_children(file_name: str) -> None:
    seen = {""}

    for row in rows(file_name):
        assert row["parent"] in seen, row["code"]
        seen.add(row["code"])


def test_knowhow_has_sixteen_roots_and_about_a_hundred_terms_below_them() -> None:
    terms = rows("knowhow.csv")

    roots = {term["code"] for term in terms if not term["parent"]}
    children = [term for term in terms if term["parent"]]

    assert len(roots) == 16
    assert len(children) >= 95
    for root in roots:
        assert sum(term["parent"] == root for term in children) >= 6, root


def test_knowhow_codes_are_paths_of_slugs() -> None:
    for term in rows("knowhow.csv"):
        assert re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)?", term["code"]), term["code"]
        assert term["parent"] == term["code"].rpartition("/")[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_names_one_term_of_know_how_only(lang: str) -> None:
    owners: dict[str, str] = {}

    for term in rows("knowhow.csv"):
        for name in names_of(term, lang):
            owner = owners.setdefault(name.casefold(), term["code"])
            assert owner == term["code"], (name, owner, term["code"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_know_how_has_a_synonym(lang: str) -> None:
    for term in rows("knowhow.csv"):
        assert len(list(names_of(term, lang))) >= 2, term["code"]


def test_nace_has_all_sections_and_divisions_of_revision_2() -> None:
    sectors = rows("nace.csv")

    sections = [row["code"] for row in sectors if row["level"] == "section"]
    divisions = [row["code"] for row in sectors if row["level"] == "division"]

    assert "".join(sections) == "ABCDEFGHIJKLMNOPQRSTU"
    assert len(divisions) == 88
    assert (divisions[0], divisions[-1]) == ("01", "99")
    assert divisions == sorted(divisions)
    assert len(sections) + len(divisions) == len(sectors)


def test_every_division_belongs_to_a_section_and_sections_stand_alone() -> None:
    for row in rows("nace.csv"):
        expected = r"" if row["level"] == "section" else r"[A-U]"
        assert re.fullmatch(expected, row["parent"]), row["code"]


def test_zones_name_territories_that_babel_knows_once_each() -> None:
    known = territories()

    for zone in rows("zones.csv"):
        countries = zone["countries"].split("|")
        assert set(countries) <= known, (zone["code"], set(countries) - known)
        assert countries == sorted(set(countries)), zone["code"]


def test_every_country_lies_in_a_zone() -> None:
    countries = territories() - NOT_ISO

    covered = {code for zone in rows("zones.csv") for code in zone["countries"].split("|")}

    assert len(countries) == 249
    assert countries - covered == set()


def test_known_zones_have_their_known_members() -> None:
    zones = {zone["code"]: zone["countries"].split("|") for zone in rows("zones.csv")}

    assert len(zones["eu"]) == 27
    assert len(zones["west-africa"]) == 15
    assert zones["benelux-germany"] == ["BE", "DE", "LU", "NL"]
    assert {"MA", "DZ", "TN"} <= set(zones["maghreb"])
