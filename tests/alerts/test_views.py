"""The pages of alerts: saving from a search, the list, one search, all without scripts."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import unquote

import pytest
from sqlalchemy import select

from forum.accounts import queries as accounts
from forum.accounts.service import groups
from forum.alerts.models import DAILY, MAIL, SavedSearch
from forum.core import clock
from forum.core.database import session, transaction
from forum.topics.service import reading, topics

FORM = {"q": "cold chain", "lang": "fr", "frequency": "daily", "channel": "mail"}
PROGRAM = {"Accept": "application/json"}


def kept():
    session.commit()
    found = select(SavedSearch).order_by(SavedSearch.id)
    return session.scalars(found.execution_options(populate_existing=True)).all()


def test_a_search_is_saved_from_a_plain_form(cast, visit):
    answer = visit(cast.rose).post("/alerts", FORM)

    [saved] = kept()
    assert answer.location == f"/alerts#s{saved.id}"
    assert (saved.name, saved.asked) == ("cold chain", "q=cold+chain&lang=fr")
    assert (saved.frequency, saved.channel, saved.user_id) == (DAILY, MAIL, cast.rose.id)


def test_the_form_holds_everything_the_address_asks(cast, visit):
    page = visit(cast.rose).read(
        "/alerts/new?q=cold+%22chain%22&lang=fr&kind=a&kind=b&order=latest"
    )

    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    assert [field for field in fields if field[0] != "csrf_token"] == [
        ("q", "cold &#34;chain&#34;"), ("kind", "a"), ("kind", "b"), ("lang", "fr"),
        ("order", "latest"),
    ]  # fmt: skip
    assert 'placeholder="cold &#34;chain&#34;"' in page


def test_a_guest_signs_in_and_comes_back_with_the_search(cast, visit):
    here = "/alerts/new?q=cold+chain&lang=fr"
    guest = visit()

    for answer in (guest.get(here), guest.post("/alerts", FORM)):
        assert answer.status_code == 302
        assert unquote(answer.location) == f"/login?next={unquote(here)}"
    assert guest.post("/alerts", FORM, headers=PROGRAM).status_code == 403
    assert kept() == []


def test_the_part_for_the_search_page_has_no_page_around_it(cast, visit):
    member = visit(cast.rose)
    part = member.read("/alerts/new?q=cold+chain&fragment=1")
    guests = visit().read("/alerts/new?q=cold+chain&fragment=1&nothing=1")

    assert "<html" not in part + guests
    assert 'action="/alerts"' in part and "Save this search" in part
    assert "Tell me when it comes" in guests
    assert "/login?next=/alerts/new?q%3Dcold%2Bchain" in guests
    assert "csrf_token" not in guests
    assert visit(cast.rose).read("/alerts/new?q=&fragment=1").strip() == ""


def test_both_links_of_the_search_page_lead_to_the_form(cast, visit, write, index):
    write("Cloves from Zanzibar this year")
    index.catch_up()
    member = visit(cast.rose)
    heads = []
    for words in ("zanzibar&lang=fr&lang=en", "nowhere"):
        page = member.read(f"/search?q={words}")
        [link] = re.findall(r'href="(/alerts/new\?[^"]*)"', page)
        form = member.read(unescape(link))
        assert f'name="q" value="{words.partition("&")[0]}"' in form
        heads.append(re.search("<h1>(.*)</h1>", form)[1])

    assert heads == ["Save this search", "Tell me when it comes"]


def test_what_is_saved_already_is_said(cast, visit):
    member = visit(cast.rose)
    member.post("/alerts", {**FORM, "name": "Froid"})
    address = "/alerts/new?q=cold+chain&lang=fr"

    assert "You save this search already" in member.read(address)
    assert "Saved: “Froid”" in member.read(f"{address}&fragment=1")
    assert "Froid" not in visit(cast.otto).read(f"{address}&fragment=1")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "n" * 81}, "Use at most 80 characters."),
        ({"q": ""}, "Nothing to look for"),
        ({"frequency": "hourly"}, "Not a valid choice."),
        ({"channel": "pigeon"}, "Not a valid choice."),
    ],
)
def test_a_refused_form_comes_back_as_it_was_sent(cast, visit, change, said):
    answer = visit(cast.rose).post("/alerts", {**FORM, **change})

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in page
    if change.get("q", "cold chain"):
        assert 'name="q" value="cold chain"' in page
    assert kept() == []


def test_the_list_shows_what_was_found_and_how_much_of_it_is_new(cast, visit, keep, write, minute):
    saved = keep(cast.rose, "zanzibar", name="Spices & more")
    for lot in range(4):
        write(f"Cloves from Zanzibar, lot {lot} of them")
    minute()
    member = visit(cast.rose)

    page = member.read("/alerts")
    assert "Spices &amp; more" in page
    assert re.search(r'class="folio"[^>]*>4<', page)
    assert page.count("Cloves from Zanzibar") == 3
    assert 'href="/search?q=zanzibar"' in page
    assert member.read(saved.path).count("Cloves from Zanzibar") == 4
    assert member.read(saved.path).count('class="folio"') == 4
    assert member.post(f"{saved.path}/reading").location == saved.path
    assert 'class="folio"' not in member.read("/alerts") + member.read(saved.path)


def test_what_was_read_in_its_topic_is_not_new(cast, visit, keep, write, minute):
    keep(cast.rose, "zanzibar")
    read, _unread = (write(f"Cloves from Zanzibar, lot {lot} of them") for lot in range(2))
    minute()
    with transaction():
        reading.read(read, by=cast.rose, number=1)

    [shown] = visit(cast.rose).get("/alerts.json").get_json()["saved_searches"]
    assert shown["new_count"] == 1


def test_what_may_not_be_seen_any_more_is_neither_listed_nor_counted(
    cast, visit, keep, write, minute
):
    saved = keep(cast.rose, "zanzibar")
    write("The Zanzibar opening of the club", by=cast.ada, place=cast.chess_club)
    gone = write("Cloves from Zanzibar this year")
    minute()
    member = visit(cast.rose)
    assert "opening of the club" in member.read("/alerts")

    with transaction():
        groups.remove(accounts.group_by_name("chess"), cast.rose, by=cast.ada)
        topics.remove(gone, by=cast.ada)

    for path in ("/alerts", saved.path, "/alerts.json", f"{saved.path}.json", "/notifications"):
        page = member.read(path)
        assert "opening of the club" not in page and "Cloves from" not in page, path
        assert 'class="folio"' not in page, path
    [shown] = member.get("/alerts.json").get_json()["saved_searches"]
    assert shown["new_count"] == 0


def test_changing_name_and_rhythm(cast, visit, keep):
    saved = keep(cast.rose, "zanzibar")
    member = visit(cast.rose)
    change = {"name": "Islands", "frequency": "weekly", "channel": "mail"}

    assert member.post(saved.path, change).location == saved.path
    assert member.post(saved.path, {**change, "name": " "}).status_code == 422
    [now] = kept()
    assert (now.name, now.frequency, now.channel) == ("Islands", "weekly", "mail")
    assert "Every Monday" in member.read("/alerts")


def test_pausing_and_going_on(cast, visit, keep):
    saved = keep(cast.rose, "zanzibar")
    member = visit(cast.rose)

    assert member.post(f"{saved.path}/pause", {"days": "7"}).location == saved.path
    [now] = kept()
    assert now.paused_until - clock.now() > timedelta(days=6)
    assert "Paused until" in member.read("/alerts") and "Paused until" in member.read(saved.path)
    member.post(f"{saved.path}/resumption")
    assert kept()[0].paused_until is None
    assert member.post(f"{saved.path}/pause", {"days": "4000"}).status_code == 422


def test_deleting_offers_to_bring_it_back(cast, visit, keep):
    saved = keep(cast.rose, "zanzibar", name="Islands")
    member = visit(cast.rose)

    answer = member.post(f"{saved.path}/removal")
    page = member.read(answer.location)
    assert "“Islands” is deleted." in page and f'action="{saved.path}/recovery"' in page
    assert member.get(saved.path).status_code == 404
    assert "Islands" not in visit(cast.otto).read(answer.location)

    member.post(f"{saved.path}/recovery")
    assert "Islands" in member.read("/alerts")


def test_what_was_deleted_long_ago_stays_so(cast, visit, keep):
    saved = keep(cast.rose, "zanzibar")
    visit(cast.rose).post(f"{saved.path}/removal")
    with transaction():
        session.get(SavedSearch, saved.id).deleted_at = clock.now() - timedelta(days=2)

    assert visit(cast.rose).post(f"{saved.path}/recovery").status_code == 404


DOORS = [
    ("post", "/reading"), ("get", ""), ("get", ".json"), ("put", ".json"), ("delete", ".json"), ("post", ""),
    ("post", "/pause"), ("post", "/resumption"), ("post", "/removal"), ("post", "/recovery"),
]  # fmt: skip


@pytest.mark.parametrize("who", ["ada", "max", "otto", "silas"])
def test_another_members_search_is_as_good_as_absent(cast, visit, keep, who):
    saved = keep(cast.rose, "zanzibar", name="Islands")
    stranger = visit(cast.person(who))

    for verb, door in DOORS:
        answers = [
            getattr(stranger, verb)(
                f"/alerts/{number}{door}", **({} if verb == "get" else {"data": {"name": "x"}})
            )
            for number in (saved.id, 987_654)
        ]
        assert [answer.status_code for answer in answers] == [404, 404], (verb, door)
    assert "Islands" not in stranger.read("/alerts") + stranger.read("/alerts.json")
    assert [(one.name, one.deleted_at, one.paused_until) for one in kept()] == [
        ("Islands", None, None)
    ]


def test_the_menu_leads_there_for_members_only(cast, visit):
    assert 'href="/alerts"' in visit(cast.rose).read("/about")
    assert 'href="/alerts"' not in visit().read("/about")


def test_a_notification_of_something_found_leads_to_it_and_to_its_rhythm(
    cast, visit, keep, write, minute
):
    keep(cast.rose, "zanzibar")
    topic = write("Cloves from Zanzibar this year")
    minute()
    page = visit(cast.rose).read("/notifications")

    assert f'For your alert: <a href="{topic.path}/1"' in page
    assert "It fits a search you saved" in page
    assert '<a class="level" href="/alerts">' in page
    assert "For your alert: “" in visit(cast.rose).read("/notifications/recent")
    [shown] = visit(cast.rose).get("/notifications.json").get_json()["notifications"]
    assert shown["notification_type"] == 36


def test_few_and_many_take_the_same_statements(cast, visit, keep, write, minute, queries_made):
    member, costs = visit(cast.rose), []
    for searches in (1, 6):
        for number in range(searches):
            keep(cast.rose, f"zanzibar -nothing{searches}{number}")
        for lot in range(searches):
            write(f"Cloves from Zanzibar {searches}, lot {lot} of them")
        minute()
        for path in ("/alerts", "/alerts.json"):
            with queries_made() as seen:
                member.read(path)
            costs.append(len(seen))

    assert costs[:2] == costs[2:]


def test_json_keeps_changes_and_deletes(cast, visit):
    member = visit(cast.rose)
    sent = {"q": "froid", "kind": ["question"], "order": "latest", "frequency": "weekly"}

    made = member.post("/alerts.json", json=sent).get_json()["saved_search"]
    assert made["term"] == made["name"] == "froid"
    assert made["filters"] == {"kind": ["question"]}
    assert made["url"] == "/search?q=froid&kind=question&order=latest"
    assert (made["frequency"], made["channel"], made["new_count"]) == ("weekly", "page", 0)
    path = f"/alerts/{made['id']}.json"
    changed = member.put(path, json={"channel": "mail"}).get_json()["saved_search"]
    assert (changed["channel"], changed["frequency"]) == ("mail", "weekly")
    assert member.get(path).get_json()["hits"] == []
    assert member.put(path, json={"frequency": "hourly"}).status_code == 422
    assert member.post("/alerts.json", json={"q": ""}).status_code == 422
    assert member.delete(path).get_json() == {"success": "OK"}
    assert member.get("/alerts.json").get_json() == {"saved_searches": []}
    assert visit().get("/alerts.json").status_code == 403


def test_json_says_what_was_found_and_leaves_it_new(cast, visit, keep, write, minute):
    saved = keep(cast.rose, "zanzibar")
    topic = write("Cloves from Zanzibar this year")
    minute()
    member = visit(cast.rose)

    for _ in range(2):
        answer = member.get(f"/alerts/{saved.id}.json").get_json()
        [hit] = answer["hits"]
        assert (hit["topic_id"], hit["post_number"], hit["username"]) == (topic.id, 1, "otto")
        assert answer["saved_search"]["new_count"] == 1
        assert answer["load_more_hits"] is None


def test_pages_are_in_french_too(cast, visit, keep):
    with transaction():
        cast.rose.locale = "fr"
    keep(cast.rose, "zanzibar")
    member = visit(cast.rose)

    assert "Recherches gardées et alertes" in member.read("/alerts")
    assert "Garder cette recherche" in member.read("/alerts/new?q=froid")
