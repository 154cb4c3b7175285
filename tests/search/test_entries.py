"""The glossary as staff see it: who gets in, what may be written, what is told."""

import io

import pytest

from forum.core import clock, spreadsheet, versions
from forum.core.database import session, transaction
from forum.core.errors import Forbidden, Invalid
from forum.search import analysis, entries, glossary
from forum.search.admin import glossary as admin
from forum.search.models import GlossaryEntry

PATH = "/admin/glossary"


@pytest.fixture
def add(cast):
    """`add("soudage|soudure", "welding")`."""

    def write(fr, en, *, by=None):
        with transaction():
            return entries.add(fr.split("|"), en.split("|"), by=by or cast.ada)

    return write


def found(query):
    words = analysis.words(query)
    return [" ".join(other) for one in glossary.equivalents(words) for other in one.others]


def test_what_staff_write_is_used_by_the_next_search(add):
    assert found("cold chain") == []

    entry = add("chaîne du froid|  chaîne   frigorifique ", "cold chain")

    assert found("cold chain") == ["chaine du froid", "chaine frigorifique"]
    assert entry.words_fr == "chaîne du froid|chaîne frigorifique"


def test_a_change_and_a_removal_too_and_who_did_it(cast, add):
    entry = add("soudage", "welding")
    moment = clock.now()

    with clock.stopped(moment), transaction():
        entries.change(entry, ["soudage", "soudure"], ["welding"], by=cast.max)
    assert found("welding") == ["soudage", "soudure"]
    assert (entry.changed_by_id, entry.changed_at) == (cast.max.id, moment)

    with transaction():
        entries.remove(entry, by=cast.ada)
    assert found("welding") == []

    with transaction():
        entries.restore(entry, by=cast.ada)
    assert found("welding") == ["soudage", "soudure"]


def test_the_same_word_twice_is_kept_once(add):
    assert add("devis|Devis| devis ", "quotation|quotations").words_en == "quotation"


@pytest.mark.parametrize(
    ("fr", "en", "field", "said"),
    [
        ("", "tender", "words_fr", "at least one"),
        ("appel d’offres", " | ", "words_en", "at least one"),
        ("x" * 81, "tender", "words_fr", "too long"),
        ("de la", "of the", "words_fr", "only small ones"),
        ("a1|b2|c3|d4|e5|f6|g7", "tender", "words_fr", "At most 6"),
        ("Appels d’offre", "Tenders", "words_fr", "already equivalents"),
    ],
)
def test_what_cannot_be_taken_is_said_in_clear_words(add, fr, en, field, said):
    add("appel d’offres|consultation", "tender")

    with pytest.raises(Invalid) as refusal:
        add(fr, en)

    assert refusal.value.field == field
    assert said in refusal.value.message


def test_a_word_may_have_two_senses(add):
    add("banque", "bank")
    add("berge", "bank")

    assert found("bank") == ["banque", "berge"]


def test_a_removed_entry_is_not_brought_back_beside_its_like(cast, add):
    entry = add("soudage", "welding")
    with transaction():
        entries.remove(entry, by=cast.ada)
    add("soudage", "welding")

    with pytest.raises(Invalid), transaction():
        entries.restore(entry, by=cast.ada)


def test_the_glossary_has_an_end(add, monkeypatch):
    monkeypatch.setattr(entries, "MOST_ENTRIES", 1)
    add("soudage", "welding")

    with pytest.raises(Invalid):
        add("brasage", "brazing")


@pytest.mark.parametrize("name", ["nina", "rose", "guest"])
def test_members_change_nothing(cast, add, name):
    with pytest.raises(Forbidden):
        add("soudage", "welding", by=cast.person(name))


@pytest.mark.parametrize(("name", "status"), [("max", 200), ("ada", 200), ("rose", 404)])
@pytest.mark.parametrize("door", ["", "/new", "/{entry}", "/export.csv"])
def test_only_staff_see_the_screens(cast, visit, add, name, status, door):
    entry = add("soudage", "welding")

    assert visit(cast.person(name)).get(PATH + door.format(entry=entry.id)).status_code == status


@pytest.mark.parametrize(("name", "status"), [("rose", 404), ("guest", 403)])
@pytest.mark.parametrize(
    "door", ["/new", "/{entry}", "/{entry}/removal", "/{entry}/restoration", "/import"]
)
def test_nobody_else_changes_anything(cast, visit, add, name, status, door):
    entry = add("soudage", "welding")
    browser = visit(cast.person(name))

    given = {"words_fr": "x1", "words_en": "x2"}
    answer = browser.post(
        PATH + door.format(entry=entry.id), given, headers={"Accept": "application/json"}
    )

    assert answer.status_code == status
    assert found("welding") == ["soudage"] and session.query(GlossaryEntry).count() == 1


def test_a_moderator_adds_edits_removes_and_undoes(cast, visit, database):
    browser = visit(cast.max)

    browser.post(f"{PATH}/new", {"words_fr": "soudage\nsoudure", "words_en": "welding"})
    session.rollback()
    entry = session.query(GlossaryEntry).one()
    page = browser.read(PATH)
    assert "soudage" in page and "soudure" in page and "max" in page

    edited = f"{PATH}/{entry.id}"
    assert "soudage\nsoudure</textarea>" in browser.read(edited)
    browser.post(edited, {"words_fr": "soudage", "words_en": "welding|weld"})
    removed = browser.post(f"{edited}/removal")
    session.rollback()
    assert found("welding") == []

    page = browser.read(removed.location)
    assert "searches use it no more" in page and f'action="{edited}/restoration"' in page
    browser.post(f"{edited}/restoration")
    session.rollback()
    assert found("weld") == ["soudage"]


def test_a_refusal_keeps_what_was_written(cast, visit, add):
    add("soudage", "welding")

    answer = visit(cast.max).post(f"{PATH}/new", {"words_fr": "soudages", "words_en": "welding"})

    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "already equivalents" in page and "soudages</textarea>" in page


def test_what_was_removed_meanwhile_is_not_changed(cast, visit, add):
    entry = add("soudage", "welding")
    with transaction():
        entries.remove(entry, by=cast.ada)

    answer = visit(cast.max).post(f"{PATH}/{entry.id}", {"words_fr": "x1", "words_en": "x2"})

    assert answer.status_code == 422 and "removed meanwhile" in answer.get_data(as_text=True)


def test_the_list_is_in_order_and_finds_words_of_either_side(cast, visit, add):
    for fr, en in [("zingage", "zinc plating"), ("Étalonnage", "calibration"), ("avoir", "note")]:
        add(fr, en)
    browser = visit(cast.max)

    page = browser.read(PATH)
    assert page.index("avoir<") < page.index("Étalonnage<") < page.index("zingage<")
    assert "Étalonnage<" in browser.read(f"{PATH}?q=etalon")
    found_by_english = browser.read(f"{PATH}?q=plating+zinc")
    assert "zingage<" in found_by_english and "avoir<" not in found_by_english
    assert "No entry with" in browser.read(f"{PATH}?q=nothing%25like_it")


def test_the_list_is_paged_and_asks_as_often_for_three_entries_as_for_forty(
    cast, visit, add, queries_made
):
    browser = visit(cast.max)
    for number in range(3):
        add(f"mot{number:02}", f"word{number:02}")
    browser.read(PATH)
    with queries_made() as few:
        browser.read(PATH)
    for number in range(3, 40):
        add(f"mot{number:02}", f"word{number:02}")

    with queries_made() as many:
        page = browser.read(PATH)

    assert len(few) == len(many) <= 6
    assert "mot29" in page and "mot30" not in page
    more = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "mot39" in browser.read(more) and "mot29" not in browser.read(more)


def test_a_file_goes_out_and_comes_in_again(cast, visit, add):
    add("=1+1|œuvre", "@sum|work of art")
    browser = visit(cast.max)

    file = browser.get(f"{PATH}/export.csv")
    assert file.mimetype == "text/csv" and "attachment" in file.headers["Content-Disposition"]
    assert "'=1+1|œuvre,'@sum|work of art" in file.get_data(as_text=True)
    with transaction():
        session.delete(session.query(GlossaryEntry).one())
        versions.step("glossary")

    answer = browser.post(f"{PATH}/import", upload(file.get_data()))

    assert "1 entry was added" in answer.get_data(as_text=True)
    session.rollback()
    assert session.query(GlossaryEntry).one().words_fr == "=1+1|œuvre"


def test_an_import_adds_what_is_sound_and_tells_the_rest(cast, visit, add):
    add("soudage", "welding")
    lines = "words_fr;words_en\nsoudages;welding\nbrasage;brazing\n;empty\nbrasages;brazing|x1\n"

    answer = visit(cast.max).post(f"{PATH}/import", upload(lines.encode()))

    page = answer.get_data(as_text=True)
    assert "1 entry was added" in page and "2 lines were in the glossary already" in page
    assert "Line 4: Write at least one word" in page
    session.rollback()
    assert found("brazing") == ["brasage"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"fr,en\nsoudage,welding", b'words_fr,words_en\n"a', b"x" * 10_001],
)
def test_what_is_no_table_is_refused(cast, visit, content, monkeypatch):
    monkeypatch.setattr(admin, "LARGEST_FILE", 10_000)

    answer = visit(cast.max).post(f"{PATH}/import", upload(content))

    assert answer.status_code == 422
    session.rollback()
    assert session.query(GlossaryEntry).count() == 0


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\t=1", " =1", "\r=1"])
def test_no_cell_of_a_table_is_a_formula(cell):
    file = spreadsheet.written(["a", "b"], [(cell, "plain")])

    assert f"'{cell}" in file
    assert [row["a"] for row in spreadsheet.read(file)] == [cell]


def upload(content):
    return {"table": (io.BytesIO(content), "pairs.csv")}
