"""What was sought and not found: counted without names, told only when several asked."""

import time
from datetime import timedelta

import pytest

from forum.accounts.models.user import User
from forum.core import clock, spreadsheet
from forum.core.database import session, transaction
from forum.core.errors import Forbidden, NotFound
from forum.search import gap_groups, gaps, jobs, settings
from forum.search.gaps import Sought
from forum.search.models import SearchAsker, SearchDay

PATH = "/admin/gaps"


@pytest.fixture
def seek(index, cast, visit):
    """Ask the search page: `seek("words", "rose", "otto")`; everything is written at once."""

    def ask(text, *names, path="/search", **more):
        for name in names:
            person = cast.person(name)
            visit(person).read(path, query_string={"q": text, **more})
        gaps.flush()
        session.rollback()

    index.catch_up()
    return ask


def seek_in_vain(words, *people, lang="fr"):
    """The same without a page, for many."""
    for who in people:
        gaps.note(Sought(words, words, lang, in_vain=True), who, "192.0.2.1")
    gaps.flush()
    session.rollback()


def told(period="month"):
    return [(gap.words, gap.people, gap.found_none) for gap in gap_groups.groups(period)]


def test_staff_are_told_what_three_people_sought_in_vain(seek):
    seek("sous-traitant titane", "rose", "otto", "nina", "rose")

    assert told() == [("sous-traitant titane", 3, 4)]


def test_inflections_and_other_orders_are_one(seek):
    seek("décolletage inox", "rose")
    seek("Inox  DECOLLETAGES", "otto")
    seek("l’inox et le décolletage", "nina")

    ((words, people, _times),) = told()
    assert (len(words.split()), people) == (2, 3)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Appel d’offres   pour des Joints", "appel d’offres joints"),
        ("la chaîne du froid", "chaîne du froid"),
        ("étiquetage Nutri-Score", "étiquetage nutri-score"),
        ("nous cherchons, à Brest : une cale sèche !", "cherchons brest cale sèche"),
        ("certificate of origin for the cheese", "certificate of origin for the cheese"),
        ("pièces AB-12/3", "pièces ab-12/3"),
    ],
)
def test_words_are_shown_as_they_are_written_without_what_is_said_around_them(typed, shown):
    assert gaps.subject(typed)[1] == shown


@pytest.mark.parametrize("names", [["rose"], ["rose", "otto"], ["rose", "rose", "rose", "otto"]])
def test_what_fewer_people_sought_is_told_to_nobody(cast, seek, visit, names):
    seek("zirconium", *names)

    assert told() == []
    staff = visit(cast.ada)
    for place in ("", "?show=dismissed", "?period=year", "/export.csv"):
        assert "zirconium" not in staff.read(PATH + place)
    assert staff.post(f"{PATH}/dismissal", {"key": "zirconium"}).status_code == 404


def test_how_many_it_takes_is_a_setting(seek):
    seek("zirconium", "rose", "otto")
    with transaction():
        settings.GAP_PEOPLE.choose(2)

    assert told() == [("zirconium", 2, 2)]


def test_guests_of_one_network_are_one(seek):
    seek("zirconium", "guest", "guest", "guest", "rose", "otto")

    assert told() == [("zirconium", 3, 5)]


def test_what_is_found_is_counted_but_is_no_gap(seek, cast):
    seek("zirconium", "rose")
    row = session.query(SearchDay).one()
    assert (row.asked, row.found_none) == (1, 1)
    gaps.note(Sought("zirconium", "zirconium", "fr", in_vain=False), cast.otto, "")
    gaps.flush()
    session.rollback()

    row = session.query(SearchDay).one()
    assert (row.asked, row.found_none) == (2, 1)
    assert session.query(SearchAsker).count() == 1


def test_nobody_can_be_told_from_the_tables(seek, cast):
    seek("je m’appelle comment et je cherche du zirconium chez nous", "rose")
    seek("tungstène", "rose")

    rows = session.query(SearchDay).order_by(SearchDay.key).all()
    people = session.query(SearchAsker).all()
    assert "m’" not in rows[0].words and "je" not in rows[0].words.split()
    assert len({one.who for one in people}) == 2  # another for each thing she asks for
    assert not any("rose" in one.who or one.who == str(cast.rose.id) for one in people)


@pytest.mark.parametrize(
    "text",
    [
        "rose@example.org",
        "contact rose @ example",
        "06 12 34 56 78",
        "+33 (0)6.12.34.56.78 zirconium",
        "FR76 3000 6000 0112 3456",
        "dossier 1234567",
        "x" * 40,
        "un deux trois quatre cinq six sept huit neuf dix onze douze mots",
        "de la",
        '"',
        "@rose",
        "#square zirconium",
    ],
)
def test_what_could_name_someone_is_never_kept(seek, text):
    seek(text, "rose", "otto", "nina")

    assert session.query(SearchDay).count() == session.query(SearchAsker).count() == 0


@pytest.mark.parametrize("text", ["EN 12830", "ISO 14001:2015", "AB-12/3"])
def test_product_references_are_kept(seek, text):
    seek(text, "rose", "otto", "nina")

    assert len(told()) == 1


@pytest.mark.parametrize("more", [{"page": 2}, {"lang": "fr"}])
def test_turning_the_page_or_ticking_a_box_is_no_search(seek, more):
    seek("zirconium", "rose", "otto", "nina", **more)

    assert session.query(SearchDay).count() == 0


def test_programs_are_counted_too(seek):
    seek("zirconium", "rose", "otto", "nina", path="/search.json")

    assert told() == [("zirconium", 3, 3)]


def test_nothing_is_in_vain_while_the_index_is_missing(cast, visit, index):
    visit(cast.rose).read("/search?q=zirconium")
    gaps.flush()

    assert session.query(SearchDay).count() == 0


def test_a_page_kept_for_guests_is_counted_each_time(seek, visit):
    browser = visit()
    for _turn in range(3):
        browser.read("/search?q=zirconium")
    gaps.flush()
    session.rollback()

    assert session.query(SearchDay).one().asked == 3


def test_days_add_up_within_their_period(cast, database):
    people = [cast.rose, cast.otto, cast.nina]
    for days in (100, 10, 0):
        with clock.stopped(clock.now() - timedelta(days=days)):
            seek_in_vain("zirconium", *people)

    assert [told(period)[0][2] for period in ("week", "month", "year")] == [3, 6, 9]


def test_people_who_asked_before_the_period_are_not_counted_in_it(cast, database):
    with clock.stopped(clock.now() - timedelta(days=20)):
        seek_in_vain("zirconium", cast.rose, cast.otto)
    seek_in_vain("zirconium", cast.nina)

    assert told("week") == []
    assert told("month") == [("zirconium", 3, 3)]


def test_everything_is_forgotten_after_a_year(cast, database):
    with clock.stopped(clock.now() - timedelta(days=366)):
        seek_in_vain("zirconium", cast.rose, cast.otto)
    seek_in_vain("tungstene", cast.rose)

    jobs.forget_old_searches()

    assert [row.key for row in session.query(SearchDay)] == ["tungstene"]
    assert [row.key for row in session.query(SearchAsker)] == ["tungstene"]


def test_a_flood_fills_neither_memory_nor_tables(cast, database, queries_made):
    with transaction():
        settings.MOST_LOGGED.choose(400)
    with queries_made() as seen:
        for turn in range(3):
            for number in range(1000):
                word = f"w{turn}x{number}"
                gaps.note(Sought(word, word, "fr", in_vain=True), cast.rose, "")
            gaps.flush()
    session.rollback()

    assert session.query(SearchDay).count() == session.query(SearchAsker).count() == 400
    assert len(seen) < 60


def test_noting_takes_no_statement_and_hardly_any_time(cast, database, queries_made):
    with queries_made() as seen:
        begun = time.thread_time()
        for number in range(200):
            gaps.note(Sought(f"w{number}", "w", "fr", in_vain=True), cast.rose, "")
        took = (time.thread_time() - begun) / 200

    assert len(seen) == 0 and took < 0.001
    gaps.forget()


def test_staff_dismiss_a_gap_and_see_it_again(cast, database, visit):
    seek_in_vain("zirconium", cast.rose, cast.otto, cast.nina)
    browser = visit(cast.max)
    assert "zirconium" in browser.read(PATH)

    browser.post(f"{PATH}/dismissal", {"key": "zirconium"})
    assert ">zirconium<" not in browser.read(PATH)
    assert ">zirconium<" in browser.read(f"{PATH}?show=dismissed")

    browser.post(f"{PATH}/return", {"key": "zirconium"})
    assert ">zirconium<" in browser.read(PATH)


def test_a_gap_leads_to_the_search_a_question_and_the_glossary(cast, database, visit):
    seek_in_vain("zirconium", cast.rose, cast.otto, cast.nina)

    page = visit(cast.max).read(PATH)

    assert 'href="/search?q=zirconium"' in page
    assert 'href="/new-topic?title=Zirconium"' in page
    assert 'href="/admin/glossary/new?words_fr=zirconium"' in page
    form = visit(cast.max).read("/admin/glossary/new?words_fr=zirconium")
    assert "zirconium</textarea>" in form


def test_the_table_goes_out_as_a_file(cast, database, visit):
    seek_in_vain("zirconium", cast.rose, cast.otto, cast.nina)

    answer = visit(cast.max).get(f"{PATH}/export.csv")

    (row,) = spreadsheet.read(answer.get_data(as_text=True))
    assert (row["words"], row["people"], row["found_none"]) == ("zirconium", "3", "3")


def test_the_page_asks_as_often_for_three_gaps_as_for_thirty(cast, database, visit, queries_made):
    people, browser = [cast.rose, cast.otto, cast.nina], visit(cast.max)
    for number in range(3):
        seek_in_vain(f"w{number}", *people)
    browser.read(PATH)
    with queries_made() as few:
        browser.read(PATH)
    for number in range(3, 30):
        seek_in_vain(f"w{number}", *people)

    with queries_made() as many:
        page = browser.read(PATH)

    assert len(few) == len(many) <= 5
    assert ">w29<" in page


@pytest.mark.parametrize(("name", "status"), [("max", 200), ("ada", 200), ("rose", 404)])
@pytest.mark.parametrize("door", ["", "/export.csv"])
def test_only_staff_see_the_screen(cast, visit, name, status, door):
    assert visit(cast.person(name)).get(PATH + door).status_code == status


def test_an_animateur_sees_it_but_writes_no_glossary(cast, database, visit):
    seek_in_vain("zirconium", cast.rose, cast.otto, cast.nina)
    with transaction():
        session.get(User, cast.otto.id).is_animateur = True
    browser = visit(cast.otto)

    page = browser.read(PATH)
    assert ">zirconium<" in page and 'href="/new-topic?title=Zirconium"' in page
    assert "/admin/glossary" not in page and "/admin/search" not in page
    assert f'href="{PATH}"' in browser.read("/about")
    assert browser.get("/admin/glossary").status_code == 404

    browser.post(f"{PATH}/dismissal", {"key": "zirconium"})
    session.rollback()
    assert told() == []


def test_members_dismiss_nothing(cast, database):
    seek_in_vain("zirconium", cast.rose, cast.otto, cast.nina)

    with pytest.raises(Forbidden), transaction():
        gap_groups.dismiss("zirconium", by=cast.rose)
    with pytest.raises(Forbidden), transaction():
        gap_groups.bring_back("zirconium", by=cast.rose)
    with pytest.raises(NotFound), transaction():
        gap_groups.dismiss("nothing", by=cast.ada)
