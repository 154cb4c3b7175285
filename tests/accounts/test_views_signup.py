import re

import pytest

from forum.accounts import queries
from forum.core.database import session, transaction

FORM = {
    "username": "clemence",
    "email": "clemence@pellac.example",
    "password": "ferry timetable 1984",
    "name": "Clémence Adrihan",
}


def test_a_newcomer_signs_up_and_confirms(visit, outbox, link_in):
    browser = visit()

    sent = browser.post("/signup", FORM)
    page = browser.read("/signup/sent")
    link = link_in(outbox()[-1])
    asked = browser.read(link)
    confirmed = browser.post(link)

    assert sent.location == "/signup/sent"
    assert "clemence@pellac.example" in page
    assert "@clemence" in asked
    assert confirmed.location == "/login"
    session.rollback()
    assert queries.by_username("clemence").confirmed_at is not None
    assert "Welcome" in outbox()[-1]["Subject"]


def test_looking_at_the_link_does_not_use_it_up(visit, outbox, link_in):
    browser = visit()
    browser.post("/signup", FORM)
    link = link_in(outbox()[-1])

    statuses = [visit().get(link).status_code for _ in range(3)]

    assert statuses == [200] * 3
    assert browser.post(link).status_code == 302
    assert visit().get(link).status_code == 410
    assert browser.post(link).status_code == 410


def test_an_address_that_has_an_account_gets_the_same_answer(visit, cast, outbox):
    def answer(email):
        browser = visit()
        sent = browser.post("/signup", FORM | {"username": email[:4] + "xx", "email": email})
        page = re.sub(r"csrf[-_]token\S* \S*", "", browser.read("/signup/sent"))
        return sent.status_code, sent.location, page.replace(email, "")

    new, used = answer("clemence@pellac.example"), answer("rose@example.org")

    assert new == used
    assert [letter["To"] for letter in outbox()] == ["clemence@pellac.example", "rose@example.org"]


def test_an_address_that_has_an_account_takes_as_many_statements_to_answer(
    visit, cast, queries_made
):
    def cost(**given):
        browser = visit()
        with queries_made() as seen:
            browser.post("/signup", FORM | given)
        return [s.split()[0] for s in seen if "job" not in s]

    used = cost(username="another", email="rose@example.org")
    new = cost()

    assert len(new) - len(used) in range(-3, 4)


def test_all_faults_are_shown_beside_their_fields(visit):
    answer = visit().post("/signup", {"username": "a", "email": "b", "password": "c", "name": "<"})

    assert answer.status_code == 422
    assert answer.text.count('class="error"') == 4
    assert 'value="c"' not in answer.text


def test_no_field_of_the_table_can_be_smuggled_in(visit):
    visit().post(
        "/signup",
        FORM | {"is_admin": "1", "admin": "y", "trust_level": "4", "confirmed_at": "2020-01-01"},
    )

    session.rollback()
    user = queries.by_username("clemence")
    assert (user.is_admin, user.trust_level, user.confirmed_at) == (False, 0, None)


@pytest.mark.parametrize("field", list(FORM))
@pytest.mark.parametrize("value", ["\0", "\ud800".encode("utf-8", "surrogatepass"), "x" * 100_000])
def test_odd_input_never_breaks_the_page(visit, field, value):
    answer = visit().post("/signup", FORM | {field: value})

    assert answer.status_code in {302, 422}


def test_mail_to_one_mailbox_is_limited_whatever_it_is_called(visit, limits):
    first = visit().post("/signup", FORM)
    again = {"username": "another", "email": "CLEMENCE+news@pellac.example"}
    second = visit().post("/signup", FORM | again)

    assert (first.status_code, second.status_code) == (302, 429)


def test_the_link_is_sent_again_to_who_asked_for_it(visit, outbox):
    browser = visit()
    browser.post("/signup", FORM)

    browser.post("/signup/mail")
    visit().post("/signup/mail")

    assert [letter["To"] for letter in outbox()] == ["clemence@pellac.example"] * 2


def test_a_signed_in_member_has_the_link_sent_again(visit, cast, outbox):
    with transaction():
        cast.nina.confirmed_at = None

    visit(cast.nina).post("/signup/mail")
    visit(cast.rose).post("/signup/mail")

    assert [letter["To"] for letter in outbox()] == ["nina@example.org"]


def test_a_closed_community_shows_no_form(visit):
    from forum.accounts import settings

    with transaction():
        settings.SIGN_UP_OPEN.choose(False)

    page = visit().read("/signup")
    answer = visit().post("/signup", FORM)

    assert "not taking new members" in page
    assert 'name="password"' not in page
    assert answer.status_code == 422
