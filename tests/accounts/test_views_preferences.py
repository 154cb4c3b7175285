import io
import re

import pytest
from PIL import Image

from forum.accounts import queries
from forum.accounts.service import sessions
from forum.core.database import session, transaction
from tests.accounts.afresh import reread
from tests.cast import PASSWORD

NEW = "a lighthouse keeper's log"


def test_the_page_shows_what_is_kept(visit, cast):
    with transaction():
        cast.rose.company, cast.rose.languages = "Kerloden", "fr,br"

    page = visit(cast.rose).read("/preferences")

    assert 'value="Kerloden"' in page
    assert len(re.findall(r"<input checked[^>]*languages", page)) == 2
    assert "rose@example.org" in page


def test_a_profile_is_changed(visit, cast):
    form = {
        "name": "Rose  Marchand",
        "company": "Kerloden",
        "location": "Lorient",
        "bio": "I **calibrate**. <script>alert(1)</script>",
        "languages": ["fr", "en"],
    }

    answer = visit(cast.rose).post("/preferences/profile", form)

    rose = reread(cast.rose)
    page = visit().read("/u/rose")
    assert answer.location == "/preferences?saved=profile#profile"
    assert (rose.name, rose.company, rose.languages) == ("Rose Marchand", "Kerloden", "fr,en")
    assert "<strong>calibrate</strong>" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "form",
    [
        {"name": "Eve <b>"},
        {"name": "x" * 200},
        {"bio": "x" * 3001},
        {"languages": ["xx"]},
    ],
)
def test_a_profile_that_cannot_be_taken_keeps_what_was_typed(visit, cast, form):
    answer = visit(cast.rose).post("/preferences/profile", {"location": "Typed"} | form)

    assert answer.status_code == 422
    assert 'value="Typed"' in answer.text
    assert reread(cast.rose).location == ""


def test_no_other_column_is_changed(visit, cast):
    extra = {"is_admin": "1", "trust_level": "4", "email": "x@x.example", "username": "boss",
             "staged": "1", "password_hash": "x", "avatar_key": "x", "id": "1"}  # fmt: skip

    visit(cast.rose).post("/preferences/profile", {"name": "Rose"} | extra)

    rose = reread(cast.rose)
    assert (rose.is_admin, rose.trust_level, rose.email, rose.username, rose.avatar_key) == (
        False, 3, "rose@example.org", "rose", None,
    )  # fmt: skip


def test_the_interface_is_changed_and_follows_at_once(visit, cast):
    browser = visit(cast.rose)

    browser.post(
        "/preferences/interface",
        {"locale": "fr", "theme": "dark", "time_zone": "Africa/Dakar"},
    )

    page = browser.read("/preferences")
    rose = reread(cast.rose)
    assert '<html lang="fr" data-theme="dark"' in page
    assert (rose.time_zone, rose.shortcuts) == ("Africa/Dakar", False)


@pytest.mark.parametrize("field", ["locale", "theme", "time_zone"])
def test_a_choice_that_was_not_offered_is_refused(visit, cast, field):
    form = {"locale": "en", "theme": "dark", "time_zone": "Africa/Dakar", "shortcuts": "y"}

    answer = visit(cast.rose).post("/preferences/interface", form | {field: "../../etc"})

    assert answer.status_code == 422
    assert reread(cast.rose).theme == "auto"


def test_the_password_is_changed_with_the_present_one(visit, cast):
    browser, elsewhere = visit(cast.rose), visit(cast.rose)

    refused = browser.post("/preferences/password", {"current": "wrong", "password": NEW})
    changed = browser.post("/preferences/password", {"current": PASSWORD, "password": NEW})

    assert refused.status_code == 422
    assert changed.status_code == 302
    assert browser.get("/preferences").status_code == 200
    assert elsewhere.get("/preferences").status_code == 302
    session.remove()
    assert sessions.authenticate("rose", NEW)


def test_a_new_address_is_asked_for_confirmed_and_the_former_one_told(visit, cast, outbox, link_in):
    browser = visit(cast.rose)

    browser.post("/preferences/email", {"email": "rose@new.example", "confirmation": PASSWORD})
    new, former = outbox()
    before = reread(cast.rose).email
    browser.post(link_in(new))

    assert (new["To"], former["To"]) == ("rose@new.example", "rose@example.org")
    assert before == "rose@example.org"
    assert reread(cast.rose).email == "rose@new.example"


def test_an_address_that_has_an_account_gets_the_same_answer(visit, cast, outbox):
    def answer(email):
        browser = visit(cast.rose)
        form = {"email": email, "confirmation": PASSWORD}
        sent = browser.post("/preferences/email", form)
        return sent.status_code, sent.location

    assert answer("nina@example.org") == answer("rose@new.example")
    assert "/preferences/email/" not in outbox()[0].as_string()


def test_a_new_address_needs_the_password(visit, cast, outbox):
    answer = visit(cast.rose).post(
        "/preferences/email", {"email": "rose@new.example", "confirmation": "wrong"}
    )

    assert answer.status_code == 422
    assert outbox() == []


def test_sessions_are_listed_and_ended(visit, cast):
    here, there = visit(cast.rose), visit(cast.rose)
    page = here.read("/preferences")
    ends = re.findall(r'action="(/preferences/sessions/\d+/end)"', page)

    answer = here.post(ends[0])

    assert len(ends) == 1
    assert answer.status_code == 302
    assert there.get("/preferences").status_code == 302
    assert here.get("/preferences").status_code == 200


def test_a_member_cannot_end_the_session_of_another(visit, cast):
    rose, nina = visit(cast.rose), visit(cast.nina)
    session.remove()
    target = queries.sessions_of(cast.rose)[0].id

    answer = nina.post(f"/preferences/sessions/{target}/end")

    assert answer.status_code == 404
    assert rose.get("/preferences").status_code == 200


def test_all_other_sessions_are_ended_together(visit, cast):
    here, *others = [visit(cast.rose) for _ in range(3)]

    here.post("/preferences/sessions/end-others")

    assert [other.get("/preferences").status_code for other in others] == [302, 302]
    assert here.get("/preferences").status_code == 200


def picture():
    written = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(written, "PNG")
    return io.BytesIO(written.getvalue())


def test_a_picture_is_shown_for_ever_under_its_own_name(visit, cast):
    browser = visit(cast.rose)

    browser.post("/preferences/avatar", {"picture": (picture(), "../../me.html")})
    path = re.search(r'src="(/avatars/[^"]+)"', browser.read("/u/rose")).group(1)
    shown = visit().get(path)

    assert shown.content_type == "image/webp"
    assert "immutable" in shown.headers["Cache-Control"]
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert visit().get(path, headers={"If-None-Match": shown.headers["ETag"]}).status_code == 304


def test_a_chosen_square_is_kept_within_the_picture(visit, cast):
    form = {"crop_left": "900", "crop_top": "0", "crop_size": "1000"}

    answer = visit(cast.rose).post("/preferences/avatar", form | {"picture": (picture(), "a.png")})

    assert answer.status_code == 302
    assert reread(cast.rose).avatar_key


def test_a_file_that_is_no_picture_changes_nothing(visit, cast):
    browser = visit(cast.rose)

    browser.post("/preferences/avatar", {"picture": (io.BytesIO(b"<svg/>"), "a.png")})

    assert "no picture we can read" in browser.read("/preferences")
    assert reread(cast.rose).avatar_key is None


def test_initials_come_back(visit, cast):
    browser = visit(cast.rose)
    browser.post("/preferences/avatar", {"picture": (picture(), "a.png")})

    browser.post("/preferences/avatar/removal")

    assert "/avatars/" not in browser.read("/u/rose")


@pytest.mark.parametrize(
    "key",
    ["nothing", "../secret_key", "..%2fsecret_key", "ab/" + "0" * 62 + "-avatar.webp",
     "ab/" + "0" * 62 + ".webp", "%00", "ab\\" + "0" * 62 + "-avatar.webp"],
)  # fmt: skip
def test_only_avatars_are_served(visit, key):
    assert visit().get(f"/avatars/{key}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "profile",
        "email",
        "password",
        "interface",
        "avatar",
        "avatar/removal",
        "sessions/end-others",
    ],
)
def test_guests_and_forged_forms_are_refused(visit, cast, path):
    assert visit().post(f"/preferences/{path}").status_code == 403
    assert visit(cast.rose).post(f"/preferences/{path}", csrf=False).status_code == 403
