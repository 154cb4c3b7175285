"""Bringing the terms into the database: once, quickly, and again when a file changes."""

import csv
import time

import pytest

from forum.core import versions
from forum.core.database import transaction
from forum.vocabulary import queries, service
from forum.vocabulary.models import KNOWHOW, SECTOR, Term

HEAD = ["code", "parent", "label_fr", "label_en", "synonyms_fr", "synonyms_en"]


@pytest.fixture
def knowhow_file(database, tmp_path, monkeypatch):
    """A small file of know-how in place of ours: `write(rows)`."""

    def write(*rows):
        path = tmp_path / f"{time.monotonic_ns()}.csv"
        with path.open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerows([HEAD, *rows])
        monkeypatch.setitem(service.FILES, KNOWHOW, path)

    return write


def load():
    with transaction():
        return service.load()


def test_every_term_is_loaded_quickly(database):
    begun = time.perf_counter()
    done = load()
    took = time.perf_counter() - begun

    assert done == database.query(Term).count() == 130 + 109
    assert took < 1  # 0.05 s on an idle machine
    assert {t.vocabulary for t in database.query(Term)} == {KNOWHOW, SECTOR}


def test_nothing_is_done_the_second_time(database, queries_made):
    load()
    version = versions.read("vocabulary")

    with queries_made() as seen:
        assert load() == 0

    assert versions.read("vocabulary") == version
    assert all(statement.startswith("SELECT") for statement in seen) and len(seen) == 1


def test_a_changed_label_is_corrected_and_a_new_term_added(knowhow_file):
    knowhow_file(("a", "", "Un", "One", "", ""), ("a/b", "a", "Deux", "Two", "", ""))
    load()
    ids = {code: term.id for code, term in queries.by_codes(KNOWHOW, ["a", "a/b"]).items()}

    knowhow_file(
        ("c", "", "Trois", "Three", "", ""),
        ("a", "", "Un", "Number one", "", ""),
        ("a/b", "c", "Deux", "Two", "duo", ""),
    )
    done = load()

    terms = queries.by_codes(KNOWHOW, ["a", "a/b", "c"])
    assert done == 3
    assert terms["a"].label_en == "Number one"
    assert {code: terms[code].id for code in ids} == ids
    assert [root.code for root, _below in queries.knowhow_tree()] == ["c", "a"]
    assert [term.code for term in queries.knowhow_tree()[0][1]] == ["a/b"]


def test_a_term_that_left_the_file_stays_for_the_topics_that_have_it(knowhow_file):
    knowhow_file(("a", "", "Un", "One", "", ""))
    load()

    knowhow_file(("b", "", "Deux", "Two", "", ""))
    load()

    assert set(queries.by_codes(KNOWHOW, ["a", "b"])) == {"a", "b"}
