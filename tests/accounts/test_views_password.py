import pytest

from forum.accounts.service import sessions, tokens
from forum.core import jobs
from forum.core.database import session, transaction

NEW = "a lighthouse keeper's log"


def test_a_forgotten_password_is_replaced(visit, cast, outbox, link_in):
    browser = visit()

    browser.post("/password-reset", {"login": "Rose"})
    link = link_in(outbox()[-1])
    page = browser.read(link)
    answer = browser.post(link, {"password": NEW})

    assert "@rose" in page
    session.remove()
    assert answer.location == "/login"
    assert sessions.authenticate("rose", NEW).id == cast.rose.id


@pytest.mark.parametrize("login", ["rose", "ROSE@example.org", "nobody", "nobody@example.org"])
def test_the_answer_is_the_same_whether_or_not_the_account_exists(visit, login):
    answer = visit().post("/password-reset", {"login": login})

    assert answer.status_code == 200
    assert f"If an account exists for {login}" in answer.text


def test_asking_costs_the_same_whether_or_not_the_account_exists(app, visit, queries_made):
    jobs.configure(context=app.app_context)  # a real queue: the account is looked up by its worker
    costs = []

    for login in ("rose", "nobody"):
        browser = visit()
        with queries_made() as seen:
            browser.post("/password-reset", {"login": login})
        costs.append(len(seen))
    queued = jobs.waiting()
    jobs.configure(context=app.app_context, inline=True)

    assert costs[0] == costs[1]
    assert queued == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"X-Forwarded-Host": "evil.example"},
        {"Forwarded": "host=evil.example"},
        {"X-Forwarded-Port": "666"},
        {"X-Forwarded-Proto": "gopher", "X-Forwarded-Server": "evil.example"},
        {"Referer": "https://evil.example/", "Origin": "null"},
    ],
)
def test_the_link_leads_home_whatever_the_request_says(visit, cast, outbox, headers):
    visit().post("/password-reset", {"login": "rose"}, headers=headers)

    for letter in outbox():  # none when the request was refused for its host
        text = letter.get_body(("plain",)).get_content()
        assert "http://forum.test/password-reset/" in text
        assert "evil" not in letter.as_string()


def test_a_stale_link_offers_a_new_one(visit, cast):
    with transaction():
        secret = tokens.issue(cast.rose, tokens.CONFIRM)

    for link in ("/password-reset/nonsense", f"/password-reset/{secret}"):
        answer = visit().get(link)
        assert answer.status_code == 410
        assert 'href="/password-reset"' in answer.text
        assert visit().post(link, {"password": NEW}).status_code == 410


def test_a_weak_password_is_refused_and_the_link_stays(visit, cast):
    with transaction():
        secret = tokens.issue(cast.rose, tokens.RESET)
    browser = visit()

    refused = browser.post(f"/password-reset/{secret}", {"password": "password123"})
    taken = browser.post(f"/password-reset/{secret}", {"password": NEW})

    assert refused.status_code == 422
    assert "most used" in refused.text
    assert taken.status_code == 302


def test_one_mailbox_gets_five_mails_a_day_however_often_asked(visit, cast, outbox, limits):
    answers = [
        visit().post(
            "/password-reset",
            {"login": login},
            environ_base={"REMOTE_ADDR": f"203.0.113.{number}"},
        )
        for number, login in enumerate(["rose@example.org", "ROSE@example.org", "nobody@x.example"])
    ]

    assert [answer.status_code for answer in answers] == [200, 429, 200]


def test_pages_with_a_secret_are_not_kept(visit, cast):
    with transaction():
        secret = tokens.issue(cast.rose, tokens.RESET)

    answer = visit().get(f"/password-reset/{secret}")

    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] in {"no-referrer", "strict-origin-when-cross-origin"}
