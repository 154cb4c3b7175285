import re

import pytest

from forum.config import config
from forum.core import mail
from tests.accounts.afresh import reread

PAGES = [
    "/admin/users",
    "/admin/users/{id}",
    "/admin/groups",
    "/admin/groups/chess",
    "/admin/outbox",
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("viewer", "members", "others"),
    [("guest", 302, 302), ("rose", 404, 404), ("max", 200, 404), ("ada", 200, 200)],
)
def test_staff_screens_open_for_staff_and_some_for_admins(
    visit, cast, page, viewer, members, others
):
    expected = members if page.startswith("/admin/users") else others

    answer = visit(cast.person(viewer)).get(page.format(id=cast.nina.id))

    assert answer.status_code == expected


def test_staff_find_members_by_address(visit, cast):
    page = visit(cast.max).read("/admin/users?q=nina@example")

    assert "nina@example.org" in page
    assert "otto@example.org" not in page


def test_a_moderator_suspends_and_lets_in_again(visit, cast):
    moderator, nina = visit(cast.max), visit(cast.nina)
    here = f"/admin/users/{cast.nina.id}"

    answer = moderator.post(
        f"{here}/suspension", {"suspension-hours": "24", "suspension-reason": "Canvassing."}
    )
    during = nina.get("/preferences").status_code
    shown = moderator.read(here)
    moderator.post(f"{here}/suspension/end")

    assert answer.status_code == 302
    assert during == 302
    assert "Canvassing." in shown
    assert reread(cast.nina).suspended_until is None


def test_a_moderator_silences_and_lets_write_again(visit, cast):
    moderator, here = visit(cast.max), f"/admin/users/{cast.nina.id}/silence"

    moderator.post(here, {"silence-hours": "72", "silence-reason": "Tone."})
    silenced = reread(cast.nina).silenced_until
    moderator.post(f"{here}/end")

    assert silenced is not None
    assert reread(cast.nina).silenced_until is None


@pytest.mark.parametrize(
    "form", [{}, {"silence-hours": "24"}, {"silence-hours": "5", "silence-reason": "x"}]
)
def test_a_sanction_without_a_reason_is_refused(visit, cast, form):
    answer = visit(cast.max).post(f"/admin/users/{cast.nina.id}/silence", form)

    assert answer.status_code == 422
    assert reread(cast.nina).silenced_until is None


@pytest.mark.parametrize("path", ["silence", "suspension"])
def test_staff_are_not_sanctioned(visit, cast, path):
    form = {f"{path}-hours": "24", f"{path}-reason": "x"}

    answer = visit(cast.max).post(f"/admin/users/{cast.ada.id}/{path}", form)

    assert answer.status_code == 403


def test_roles_are_an_admin_s_to_give(visit, cast):
    here = f"/admin/users/{cast.nina.id}/roles"

    refused = visit(cast.max).post(here, {"admin": "y"})
    given = visit(cast.ada).post(here, {"moderator": "y", "animateur": "y"})

    nina = reread(cast.nina)
    assert (refused.status_code, given.status_code) == (404, 302)
    assert (nina.is_admin, nina.is_moderator, nina.is_animateur) == (False, True, True)


def test_the_last_admin_cannot_step_down(visit, cast):
    answer = visit(cast.ada).post(f"/admin/users/{cast.ada.id}/roles", {"moderator": "y"})

    assert answer.status_code == 409
    assert "name another one first" in answer.text
    assert reread(cast.ada).is_admin


@pytest.mark.parametrize(("level", "status"), [("4", 302), ("5", 422), ("-1", 422), ("x", 422)])
def test_trust_is_given_in_five_levels(visit, cast, level, status):
    answer = visit(cast.max).post(f"/admin/users/{cast.nina.id}/trust", {"trust_level": level})

    assert answer.status_code == status


def test_a_group_is_made_filled_and_emptied(visit, cast):
    admin = visit(cast.ada)

    made = admin.post("/admin/groups", {"name": "Testers", "full_name": "Cold-chain testers"})
    admin.post("/admin/groups/testers/members", {"username": "NINA"})
    seen = visit(cast.nina).read("/g/testers")
    nobody = admin.post("/admin/groups/testers/members", {"username": "nobody"})
    admin.post(f"/admin/groups/testers/members/{cast.nina.id}/removal")

    assert made.location == "/admin/groups/testers"
    assert "@nina" in seen
    assert nobody.status_code == 422
    assert visit(cast.nina).get("/g/testers").status_code == 404


def test_an_automatic_group_is_not_managed(visit, cast):
    assert visit(cast.ada).get("/admin/groups/staff").status_code == 404


def test_an_admin_reads_the_mails_that_did_not_leave(visit, cast, outbox):
    visit().post("/password-reset", {"login": "rose"})
    admin = visit(cast.ada)

    listed = admin.read("/admin/outbox")
    path = re.search(r'href="(/admin/outbox/[^"]+)"', listed).group(1)
    letter = admin.read(path)

    assert "rose@example.org" in listed
    assert re.search(r'<a href="http://forum.test/password-reset/[^"]+"', letter)


@pytest.mark.parametrize("name", ["../secret_key", "..%2Fsecret_key", "x.eml", "1.txt", "%00"])
def test_nothing_else_is_read_there(visit, cast, name):
    mail.outbox().mkdir(parents=True, exist_ok=True)

    assert visit(cast.ada).get(f"/admin/outbox/{name}").status_code == 404


def test_with_a_mail_server_there_is_no_such_page(visit, cast, monkeypatch):
    monkeypatch.setattr(config(), "mail_url", "smtp://127.0.0.1:1")

    assert visit(cast.ada).get("/admin/outbox").status_code == 404
