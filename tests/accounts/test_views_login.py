import re

import pytest

from forum.accounts import queries
from forum.accounts.models.token import digest
from forum.core.database import session, transaction
from tests.cast import PASSWORD

FORM = {"login": "rose", "password": PASSWORD}


def token(page):
    return re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)


def test_a_member_signs_in_and_goes_on(visit, cast):
    browser = visit()

    answer = browser.post("/login", FORM | {"next": "/u/rose?x=1"})

    assert (answer.status_code, answer.location) == (302, "/u/rose?x=1")
    assert "Rose" in browser.read("/preferences")


@pytest.mark.parametrize("form", [FORM | {"password": "wrong"}, FORM | {"login": "nobody"}, {}])
def test_a_refusal_redraws_the_form_without_the_password(visit, form):
    answer = visit().post("/login", form)

    assert answer.status_code == 422
    assert "wrong" not in answer.text
    assert PASSWORD not in answer.text


ELSEWHERE = [
    "https://evil.example",
    "//evil.example",
    r"/\evil.example",
    r"\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "javascript:alert(1)",
    "evil.example",
    "http:evil.example",
    "///evil.example",
    "",
]


@pytest.mark.parametrize("destination", ELSEWHERE)
def test_signing_in_never_leads_elsewhere(visit, destination):
    answer = visit().post("/login", FORM | {"next": destination})

    assert answer.location == "/"


@pytest.mark.parametrize("destination", ELSEWHERE)
def test_the_language_switch_never_leads_elsewhere(visit, destination):
    answer = visit().get("/locale/fr", query_string={"next": destination})

    assert answer.location == "/"


def test_a_cookie_from_before_signing_in_is_worth_nothing(visit, cast):
    browser = visit()
    with browser.client.session_transaction() as cookie:
        cookie["planted"] = "by a stranger"
        before = dict(cookie)

    browser.post("/login", FORM)

    with browser.client.session_transaction() as cookie:
        after = dict(cookie)
    assert "planted" not in after
    assert before.get("csrf_token") != after.get("csrf_token")
    assert after["_user_id"]


def test_the_cookie_holds_a_secret_and_the_table_its_digest(visit, cast):
    browser = visit()

    browser.post("/login", FORM)

    with browser.client.session_transaction() as cookie:
        secret = cookie["_user_id"]
    session.rollback()
    assert [s.digest for s in queries.sessions_of(cast.rose)] == [digest(secret)]


def test_only_a_kept_session_outlives_the_browser(visit):
    kept = visit().post("/login", FORM | {"remember": "y"})
    other = visit().post("/login", FORM)

    def cookie(answer):
        return next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("session="))

    assert "Expires=" in cookie(kept)
    assert "Expires=" not in cookie(other)
    assert "HttpOnly" in cookie(kept)
    assert "SameSite=Lax" in cookie(kept)


def test_signing_in_anew_ends_the_former_session(visit, cast):
    browser = visit(cast.rose)

    browser.post("/login", {"login": "nina", "password": PASSWORD})

    session.rollback()
    assert queries.recognise(browser.secret) is None


def test_signing_out_ends_the_session_on_the_server_too(visit, cast):
    browser = visit(cast.rose)
    with browser.client.session_transaction() as cookie:
        stolen = dict(cookie)

    answer = browser.post("/logout")

    thief = visit()
    with thief.client.session_transaction() as cookie:
        cookie.update(stolen)
    assert answer.location == "/"
    assert thief.get("/preferences").status_code == 302


def test_signing_out_needs_a_post_with_a_token(visit, cast):
    browser = visit(cast.rose)

    assert browser.get("/logout").status_code == 405
    assert browser.post("/logout", csrf=False).status_code == 403
    assert browser.get("/preferences").status_code == 200


def test_an_address_has_six_tries_a_minute(visit, cast, limits):
    answers = [visit().post("/login", {"login": f"nobody{n}", "password": "x"}) for n in range(7)]

    assert [answer.status_code for answer in answers] == [422] * 6 + [429]
    assert int(answers[-1].headers["Retry-After"]) <= 60


def test_the_limit_believes_no_header_and_counts_ipv6_networks(visit, cast, limits):
    def attempt(n):
        return visit().post(
            "/login",
            {"login": f"nobody{n}", "password": "x"},
            headers={"X-Forwarded-For": f"198.51.100.{n}", "X-Real-IP": f"198.51.100.{n}"},
            environ_base={"REMOTE_ADDR": f"2001:db8:0:1::{n:x}"},
        )

    assert [attempt(n).status_code for n in range(7)][-1] == 429


def test_a_browser_the_member_has_used_is_not_locked_out(visit, cast, limits):
    home = visit()
    home.post("/login", FORM)
    for n in range(9):
        visit().post("/login", FORM | {"password": "wrong"}, environ_base=far_away(n))

    stranger = visit().post("/login", FORM, environ_base=far_away(99))
    home.get("/")
    with home.client.session_transaction() as cookie:
        cookie.clear()
    page = home.get("/login", environ_base=far_away(100)).text
    owner = home.post(
        "/login",
        FORM | {"csrf_token": token(page)},
        csrf=False,
        environ_base=far_away(100),
    )

    assert stranger.status_code == 429
    assert owner.status_code == 302


def far_away(number):
    return {"REMOTE_ADDR": f"203.0.113.{number}"}


def test_a_member_who_is_not_confirmed_is_shown_the_way(visit, cast):
    with transaction():
        cast.rose.confirmed_at = None

    answer = visit().post("/login", FORM)

    assert answer.location == "/signup/sent"


def test_a_visit_costs_no_write_until_five_minutes_have_passed(visit, cast, queries_made):
    browser = visit(cast.rose)

    with queries_made() as seen:
        browser.read("/u/nina")

    assert not [statement for statement in seen if statement.startswith(("UPDATE", "INSERT"))]
