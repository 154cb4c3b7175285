"""What every answer tells the browser to do, and where it may be sent."""

import re

import pytest

from tests.web.everything import addresses, fill

ELSEWHERE = [
    "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\/evil.example",
    "/\t/evil.example", "/%09/evil.example\n", "http:evil.example", "javascript:alert(1)",
    "data:text/html,x", "https:/\\evil.example", " //evil.example", "/\r\nLocation: //evil.example",
    "//user@evil.example", "/./\x00/evil", "evil.example", "?next=//evil.example", "//\u2044evil.example",
]  # fmt: skip


@pytest.mark.parametrize("who", ["guest", "otto", "ada"])
def test_every_answer_wears_its_headers(app, cast, visit, who):
    browser, values = visit(cast.person(who)), fill(cast)
    faults = []

    for door in addresses(app, values, {"GET"}):
        answer = browser.get(door.path)
        faults += [f"{door} ({answer.status_code}): {fault}" for fault in faults_of(answer)]
        answer.close()

    assert faults == []


def faults_of(answer):
    """What is missing or too wide in the headers of an answer."""
    heads, kept = answer.headers, answer.headers.get("Cache-Control", "")
    policy = heads["Content-Security-Policy"]
    may = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    nothing = may.get("default-src") == "'none'"
    cookies = heads.getlist("Set-Cookie")
    own = [cookie for cookie in cookies if cookie.startswith("session=")]
    checks = {
        "scripts": may.get("script-src", may.get("default-src")) in ("'self'", "'none'"),
        "inline": "unsafe-inline" not in policy and "unsafe-eval" not in policy,
        "objects": nothing or may.get("object-src") == "'none'",
        "base": nothing or may.get("base-uri") == "'none'",
        "frames": nothing or may.get("frame-ancestors") == "'none'",
        "sniffing": heads.get("X-Content-Type-Options") == "nosniff",
        "referrer": "Referrer-Policy" in heads,
        "errors kept": answer.status_code < 400 or "no-store" in kept,
        "kept by others": "no-store" in kept or "private" in kept or "immutable" in kept,
        "a cookie kept": not cookies or "no-store" in kept,
        "cookie": all("HttpOnly" in one and "SameSite=Lax" in one for one in own),
    }
    return [name for name, right in checks.items() if not right]


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_nobody_is_sent_to_another_site(cast, visit, wanted):
    told = [
        visit(cast.otto).get("/login", query_string={"next": wanted}),
        visit().get("/locale/fr", query_string={"next": wanted}),
        visit().post("/preferences/theme", {"theme": "dark", "next": wanted}),
        visit(cast.otto).post("/notifications/read", {"next": wanted}),
        visit().post("/login", {"login": "otto", "password": "x", "next": wanted}),
    ]

    for answer in told:
        assert answer.status_code < 500
        place = answer.location or "/"
        assert re.match(r"/(?![/\\])", place) and not re.search(r"[\s\\]", place), place
        assert "evil.example" not in place.partition("?")[0]


def test_where_one_wanted_to_go_is_kept_when_it_is_ours(cast, visit):
    answer = visit(cast.otto).get("/login?next=/t/x/1%3Fpage=2")

    assert answer.location == "/t/x/1?page=2"


def test_a_foreign_host_name_gets_into_no_redirect(cast, visit):
    """Nor into any mail: tests/accounts/test_views_password.py."""
    answer = visit().get("/u/OTTO/activity", headers={"Host": "evil.example"})

    assert answer.location == "/u/otto/activity/topics"
