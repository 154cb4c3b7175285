"""flask user create, flask api-key create."""

import pytest

from forum.accounts import queries
from tests.cast import PASSWORD


@pytest.fixture
def run(app, cast):
    """`run("user", "create", …)`: a command as it ended."""
    return lambda *words: app.test_cli_runner().invoke(args=[*words])


def make(run, *more, username="eva", email="eva@example.org", password=PASSWORD):
    return run("user", "create", "--username", username, "--email", email,
               "--password", password, *more)  # fmt: skip


@pytest.mark.parametrize(("options", "roles"), [
    ((), (False, False)), (("--admin",), (True, False)), (("--moderator",), (False, True)),
])  # fmt: skip
def test_a_member_made_by_command_may_sign_in_at_once(run, visit, options, roles):
    assert make(run, *options).output == "eva may sign in now.\n"

    eva = queries.by_username("eva")
    assert (eva.is_admin, eva.is_moderator) == roles
    browser = visit()
    browser.post("/login", {"login": "eva", "password": PASSWORD})
    assert "Your account, eva" in browser.get("/").text


@pytest.mark.parametrize("wrong", [
    {"username": "rose"}, {"username": "e v a"}, {"email": "rose@example.org"},
    {"email": "nowhere"}, {"password": ""},
])  # fmt: skip
def test_what_makes_no_member_is_refused_in_one_sentence(run, wrong):
    result = make(run, **wrong)

    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert result.output.count("\n") == 1


def test_a_key_is_printed_last_and_acts_as_its_owner(run, visit):
    key = run("api-key", "create", "--user", "rose").stdout.splitlines()[-1]

    for name, status in (("rose", 200), ("otto", 403)):
        headers = {"Api-Key": key, "Api-Username": name}
        assert visit().get("/notifications.json", headers=headers).status_code == status


def test_a_key_without_owner_acts_as_anyone(run, visit):
    key = run("api-key", "create").stdout.splitlines()[-1]

    for name in ("rose", "otto"):
        headers = {"Api-Key": key, "Api-Username": name}
        assert visit().get("/notifications.json", headers=headers).status_code == 200


def test_a_key_for_nobody_is_refused(run):
    assert (
        "There is no member called nobody." in run("api-key", "create", "--user", "nobody").output
    )
