import pytest

from tests.accounts.afresh import reread


@pytest.mark.parametrize(
    ("accepted", "language"), [("fr-CA,en;q=0.5", "fr"), ("en-GB", "en"), ("de", "en")]
)
def test_a_guest_reads_in_the_language_of_the_browser(visit, accepted, language):
    page = visit().get("/login", headers={"Accept-Language": accepted}).text

    assert f'<html lang="{language}"' in page


def test_the_switch_keeps_a_guest_s_language(visit):
    browser = visit()

    answer = browser.get("/locale/fr?next=/login")

    assert answer.location == "/login"
    assert '<html lang="fr"' in browser.get("/login", headers={"Accept-Language": "en"}).text


def test_the_switch_is_kept_with_a_member_s_account(visit, cast):
    visit(cast.rose).get("/locale/fr")

    assert reread(cast.rose).locale == "fr"


def test_another_site_cannot_switch_the_language(visit, cast):
    visit(cast.rose).get("/locale/fr", headers={"Sec-Fetch-Site": "cross-site"})

    assert reread(cast.rose).locale == "en"


def test_there_are_two_languages(visit):
    assert visit().get("/locale/de").status_code == 404


def test_a_guest_s_theme_is_kept_in_a_cookie(visit):
    browser = visit()

    answer = browser.post("/preferences/theme", {"theme": "dark", "next": "/login"})

    assert answer.location == "/login"
    assert 'data-theme="dark"' in browser.read("/login")


def test_a_member_s_theme_is_kept_with_the_account(visit, cast):
    browser = visit(cast.rose)

    answer = browser.post("/preferences/theme", json={"theme": "dark"})

    assert answer.status_code == 204
    assert 'data-theme="dark"' in visit(cast.rose).read("/u")


@pytest.mark.parametrize("person", ["guest", "rose"])
def test_an_unknown_theme_is_refused(visit, cast, person):
    answer = visit(cast.person(person)).post("/preferences/theme", {"theme": "pink"})

    assert answer.status_code == 422
