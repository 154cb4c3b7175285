"""Every door has its guard, and every guard works."""

import pytest
from flask import Flask
from werkzeug.routing import Rule

CHANGES = {"POST", "PUT", "PATCH", "DELETE"}
STAFF = {"staff", "admin", "animateur"}
# Doors that change something and are open to guests, each with its reason. Endpoints, as in url_for().
OPEN_TO_GUESTS = {
    "login.create": "signing in",
    "login.end": "signing out, when one may be signed out already",
    "look.choose_theme": "light or dark is kept in the guest's own cookie",
    "password.ask": "who forgot a password cannot sign in",
    "password.change": "the secret link is the key",
    "preferences.confirm_email": "the secret link is the key, opened on any device",
    "signup.confirm": "the secret link is the key",
    "signup.create": "signing up",
    "signup.send_again": "the confirmation got lost",
    "saved.create": "a guest is led to sign in with the search kept; nothing changes",
    "unsubscribing.stop": "the signed link is the key, posted by programs that show mail",
}
PROGRAM = {"Accept": "application/json"}


def test_every_door_of_the_admin_pages_is_for_staff(app):
    doors = [rule for rule in rules(app) if f"{rule.rule}/".startswith("/admin/")]

    unguarded = [rule.rule for rule in doors if guard(app, rule) not in STAFF]

    assert doors
    assert unguarded == []


def test_every_door_that_changes_something_has_a_guard(app):
    doors = [rule for rule in rules(app) if rule.methods & CHANGES]

    unguarded = {
        rule.endpoint
        for rule in doors
        if guard(app, rule) is None and rule.endpoint not in OPEN_TO_GUESTS
    }

    assert doors
    assert unguarded == set()


def test_a_guest_is_refused_at_every_guarded_door(app, visit):
    nobody = visit()

    for rule in rules(app):
        for method in sorted(rule.methods & CHANGES) if guard(app, rule) else ():
            answer = getattr(nobody, method.lower())(path(app, rule), headers=PROGRAM)

            assert answer.status_code == 403, f"{method} {rule.rule}: {answer.status}"


def test_a_plain_member_is_refused_at_every_staff_door(app, visit, cast):
    member = visit(cast.nina)

    for rule in rules(app):
        for method in (
            sorted(rule.methods - {"HEAD", "OPTIONS"}) if guard(app, rule) in STAFF else ()
        ):
            answer = getattr(member, method.lower())(path(app, rule), headers=PROGRAM)

            assert answer.status_code in {403, 404}, f"{method} {rule.rule}: {answer.status}"


@pytest.mark.parametrize("endpoint", OPEN_TO_GUESTS)
def test_every_exception_is_still_a_door(app, endpoint):
    assert endpoint in app.view_functions


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def guard(app: Flask, rule: Rule) -> str | None:
    """Which of web/guards.py stands before a door: member, staff, admin, or none."""
    return getattr(app.view_functions[rule.endpoint], "guard", None)


def path(app: Flask, rule: Rule) -> str:
    """An address behind which there is nothing: whoever gets past the guard sees 404."""
    places = {name: (999_999 if "Int" in type(converter).__name__ else "nothing")
              for name, converter in rule._converters.items()}  # fmt: skip
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, places, method=None)
