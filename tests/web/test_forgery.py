"""Requests that other sites would have a member's browser make change nothing."""

import pytest
from itsdangerous import URLSafeTimedSerializer

from tests.doors.test_hidden_is_absent import everything_kept
from tests.web.everything import CHANGES, addresses, fill

LONG = "A text that is long enough for any rule."
BODY = {
    "raw": LONG,
    "title": LONG,
    "theme": "dark",
    "name": "x",
    "enabled": "true",
    "csrf_token": "",
}


@pytest.fixture
def doors(app, cast):
    """Every address that changes something."""
    return list(addresses(app, fill(cast), CHANGES))


def foreign_token(app):
    """A token that is good for someone else's session."""
    return URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps("b" * 40)


@pytest.mark.parametrize("who", ["ada", "guest"])
@pytest.mark.parametrize("token", ["none", "another's", "invented"])
def test_nothing_changes_without_the_token_of_this_session(app, cast, visit, doors, who, token):
    browser = visit(cast.person(who))
    sent = {"none": "", "another's": foreign_token(app), "invented": "abc.def.ghi"}[token]
    headers = {"X-CSRFToken": sent} if sent else {}
    before = everything_kept()

    told = {
        str(door): getattr(browser, door.method.lower())(
            door.path, {**BODY, "csrf_token": sent}, headers=headers, csrf=False
        ).status_code
        for door in doors
    }

    assert len(told) > 60
    assert {door: status for door, status in told.items() if status != 403} == {}
    assert everything_kept() == before


def test_a_form_sent_as_plain_text_is_no_way_in(cast, visit, doors):
    browser = visit(cast.ada)
    before = everything_kept()

    told = {
        str(door): getattr(browser, door.method.lower())(
            door.path, "raw=x&csrf_token=y", content_type="text/plain", csrf=False
        ).status_code
        for door in doors
    }

    assert set(told.values()) == {403}
    assert everything_kept() == before


def test_reading_changes_nothing_whatever_method_is_pretended(app, cast, visit, doors):
    """Not even with a header, a field or a form that asks for another method."""
    browser, values = visit(cast.ada), fill_again(doors)
    before = everything_kept()

    for door in [*doors, *addresses(app, values, {"GET"})]:
        if door.endpoint in ("look.choose_locale", "static"):
            continue  # a link that keeps a wish of the reader's own; see test_views_look.py
        answer = browser.get(
            door.path,
            query_string={"_method": "DELETE", "confirm": "true"},
            headers={"X-HTTP-Method-Override": "DELETE"},
        )
        assert answer.status_code < 500, door
        answer.close()

    assert everything_kept() == before


def fill_again(doors):
    """The values that the addresses were made of are those of any of them."""
    topic = next(door.path for door in doors if door.rule == "/t/<int:topic_id>.json")
    return {
        "topic_id": int(topic.removeprefix("/t/").removesuffix(".json")), "post_id": 2,
        "category_id": 1, "attachment_id": 1, "tag_id": 1, "user_id": 1, "session_id": 1,
        "saved_search_id": 1, "entry_id": 1, "number": 1, "slug": "x", "parent": "x",
        "username": "rose", "locale": "fr", "key": "topic_1", "secret": "x",
    }  # fmt: skip
