"""The glossary as it is shipped, and how upgrades leave alone what staff did."""

import csv
import time
from collections import Counter

import pytest

from forum.core import clock
from forum.core.database import session, transaction
from forum.search import analysis, glossary, seeds
from forum.search.models import GlossaryEntry

# Words that mean too much to help anyone find something.
OVER_BROAD = """
marche market offre offer produit product service entreprise company client customer prix price
projet project travail work usine factory pays country commerce trade vente sale achat purchase
"""


@pytest.fixture
def file(database, tmp_path, monkeypatch):
    """A small glossary in place of ours: `file(("fr", "en"), …)`, then it is loaded."""

    def write(*rows):
        path = tmp_path / f"{time.monotonic_ns()}.csv"
        with path.open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerows([("words_fr", "words_en"), *rows])
        monkeypatch.setattr(seeds, "FILE", path)
        return load()

    return write


def load():
    with transaction():
        return seeds.load()


def pairs():
    rows = session.query(GlossaryEntry).filter_by(removed_at=None).order_by(GlossaryEntry.id)
    return [(entry.words_fr, entry.words_en) for entry in rows]


def shipped():
    with seeds.FILE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_more_than_five_hundred_entries_are_shipped_with_both_sides_filled():
    rows = shipped()

    assert len(rows) >= 500
    assert sum(1 for row in rows if "|" in row["words_fr"] + row["words_en"]) > 300
    for row in rows:
        for side in row.values():
            assert all(written == written.strip() != "" for written in side.split("|")), row
            assert len(side) <= 500 and "'" not in side


def test_no_pair_is_shipped_twice():
    found = Counter(pair for row in shipped() for pair in glossary.pairs(GlossaryEntry(**row)))

    assert [pair for pair, times in found.items() if times > 1] == []
    assert len(seeds.read(seeds.FILE)) == len(shipped())


def test_every_word_that_is_shipped_can_be_found_and_none_means_too_much():
    for row in shipped():
        for lang in analysis.LANGUAGES:
            for written in row[f"words_{lang}"].split("|"):
                name = glossary.name(0, lang, written)
                assert name.key, written
                assert " ".join(name.words) not in OVER_BROAD.split()


def test_no_side_says_the_same_twice():
    for row in shipped():
        for lang in analysis.LANGUAGES:
            keys = [glossary.name(0, lang, w).key for w in row[f"words_{lang}"].split("|")]
            assert len(set(keys)) == len(keys), row


def test_everything_is_loaded_once(database, queries_made):
    assert load() == len(pairs()) == len(shipped())

    with queries_made() as seen:
        assert load() == 0
    assert len(seen) <= 1  # none where the session still knows what was loaded


def test_an_upgrade_adds_corrects_and_takes_away(file):
    file(("un", "one"), ("deux", "two"))

    done = file(("un", "one|number one"), ("trois", "three"))

    assert done == 3
    assert pairs() == [("un", "one|number one"), ("trois", "three")]


def test_what_staff_did_survives_an_upgrade(file):
    file(("un", "one"), ("deux", "two"), ("trois", "three"), ("quatre", "four"))
    with transaction():
        one, two, three, _four = session.query(GlossaryEntry).order_by(GlossaryEntry.id)
        one.words_en, one.changed_at = "one|an ace", clock.now()
        two.removed_at = two.changed_at = clock.now()
        three.words_fr, three.changed_at = "trio", clock.now()
        five = {"words_fr": "cinq", "words_en": "five", "folded": " cinq five"}
        session.add(GlossaryEntry(**five, changed_at=clock.now()))

    file(("un", "one|first"), ("deux", "two|pair"), ("cinq", "five|handful"), ("six", "half-dozen"))

    assert pairs() == [
        ("un", "one|an ace"),
        ("trio", "three"),
        ("cinq", "five"),
        ("six", "half-dozen"),
    ]
