"""Writing with plain forms, and what the composer asks of the server."""

import re

import pytest

from forum.categories import service as categories
from forum.categories.service import Details
from forum.core.database import session, transaction
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic
from tests.factories.topics import make_reply, make_topic

JSON = {"Accept": "application/json"}
TEXT = "We load every Tuesday in Antwerp and discharge nine days later."


@pytest.fixture
def talk(cast):
    return make_topic(cast.rose, cast.square, title="Weekly departures to Abidjan, anyone?")


def test_a_topic_is_begun_with_a_plain_form(visit, cast):
    otto = visit(cast.otto)
    form = {
        "title": "Who has shipped to Abidjan lately?",
        "raw": TEXT,
        "category_id": str(cast.square.id),
        "kind": "question",
        "lang": "en",
        "key": key_in(otto.read("/new-topic")),
    }

    answer = otto.post("/new-topic", form)
    again = otto.post("/new-topic", form)

    assert answer.status_code == 303
    assert again.location == answer.location
    assert "Who has shipped to Abidjan lately?" in otto.read(answer.location)
    assert written(Topic) == 1


def test_what_is_wrong_with_a_topic_is_said_beside_its_field_and_the_text_stays(visit, cast):
    form = {
        "title": "Too short",
        "raw": TEXT,
        "category_id": str(cast.square.id),
        "kind": "discussion",
        "lang": "",
    }

    answer = visit(cast.otto).post("/new-topic", form)

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="title-error"' in page
    assert TEXT in page


def test_a_topic_cannot_be_begun_where_one_may_not_write(visit, cast):
    form = {
        "title": "A topic for the staff room, from outside",
        "raw": TEXT,
        "category_id": str(cast.staff_room.id),
        "kind": "discussion",
        "lang": "",
    }

    answer = visit(cast.otto).post("/new-topic", form)

    assert answer.status_code == 422
    assert written(Topic) == 0


def test_a_reply_is_written_on_a_page_of_its_own(visit, cast, talk):
    otto = visit(cast.otto)
    page = otto.read(f"/t/{talk.id}/reply?to=1&quote=1")
    assert "[quote=&#34;rose, post:1" in page

    answer = otto.post(
        f"/t/{talk.id}/reply",
        {"raw": TEXT, "reply_to_post_number": "1", "key": key_in(page)},
    )

    assert (answer.status_code, answer.location) == (303, f"{talk.path}/2#p2")
    assert TEXT in otto.read(talk.path)


def test_the_same_form_sent_twice_makes_one_post(visit, cast, talk):
    otto = visit(cast.otto)
    form = {"raw": TEXT, "key": "one wish"}

    first = otto.post(f"/t/{talk.id}/reply", form, headers=JSON).get_json()
    second = otto.post(f"/t/{talk.id}/reply", form, headers=JSON).get_json()

    assert first == second == {"path": f"{talk.path}/2#p2", "post": first["post"]}
    assert written(Post) == 2


@pytest.mark.parametrize("raw", ["", "Too short."])
def test_a_refused_reply_keeps_its_text_and_says_why(visit, cast, talk, raw):
    otto = visit(cast.otto)

    page = otto.post(f"/t/{talk.id}/reply", {"raw": raw})
    program = otto.post(f"/t/{talk.id}/reply", {"raw": raw}, headers=JSON)

    assert page.status_code == program.status_code == 422
    assert 'id="raw-error"' in page.get_data(as_text=True)
    assert raw in page.get_data(as_text=True)
    assert program.get_json()["errors"][0]


def test_who_may_not_reply_is_told_so(visit, cast, talk):
    for person, status in ((cast.silas, 403), (None, 403)):
        answer = visit(person).post(f"/t/{talk.id}/reply", {"raw": TEXT}, headers=JSON)
        assert answer.status_code == status
    assert visit(cast.silas).get(f"/t/{talk.id}/reply").status_code == 403
    assert visit().get(f"/t/{talk.id}/reply").status_code == 302


def test_a_post_is_edited_on_a_page_of_its_own(visit, cast, talk):
    reply = make_reply(talk, cast.otto, TEXT)
    otto = visit(cast.otto)
    page = otto.read(f"/posts/{reply.id}/edit")
    assert TEXT in page

    answer = otto.post(
        f"/posts/{reply.id}/edit",
        {"raw": f"{TEXT} On Wednesdays too.", "version": "1", "edit_reason": "More days"},
    )

    assert answer.location == f"{talk.path}/2#p2"
    assert "On Wednesdays too." in otto.read(talk.path)


def test_the_first_post_is_edited_with_its_title(visit, cast, talk):
    rose = visit(cast.rose)
    first = session.query(Post).filter_by(topic_id=talk.id, number=1).one()

    answer = rose.post(
        f"/posts/{first.id}/edit",
        {
            "raw": TEXT,
            "version": "1",
            "title": "Weekly departures to Abidjan and Dakar?",
            "category_id": str(cast.square.id),
        },
    )

    assert answer.location == f"/t/weekly-departures-to-abidjan-and-dakar/{talk.id}/1#p1"


def test_an_edit_of_what_was_changed_meanwhile_shows_both_texts(visit, cast, talk):
    reply = make_reply(talk, cast.otto, TEXT)
    visit(cast.max).post(
        f"/posts/{reply.id}/edit", {"raw": f"{TEXT} A moderator was here.", "version": "1"}
    )
    mine = {"raw": f"{TEXT} And so was its author.", "version": "1"}

    page = visit(cast.otto).post(f"/posts/{reply.id}/edit", mine)
    program = visit(cast.otto).post(f"/posts/{reply.id}/edit", mine, headers=JSON)

    assert page.status_code == 422
    assert "A moderator was here." in page.get_data(as_text=True)
    assert "And so was its author." in page.get_data(as_text=True)
    assert 'name="version" value="2"' in page.get_data(as_text=True)
    assert program.status_code == 409


def test_an_author_s_second_page_shows_both_of_his_texts_too(visit, cast, talk):
    reply, otto = make_reply(talk, cast.otto, TEXT), visit(cast.otto)
    address = f"/posts/{reply.id}/edit"
    otto.post(address, {"raw": f"{TEXT} From the second page.", "version": "1"})

    answer = otto.post(address, {"raw": f"{TEXT} From the first page.", "version": "1"})

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "From the second page." in page and "From the first page." in page


def test_only_who_may_edit_gets_the_post_as_typed_to_edit(visit, cast, talk):
    reply = make_reply(talk, cast.otto, TEXT)

    typed = visit(cast.otto).get(f"/posts/{reply.id}/edit", headers=JSON).get_json()

    assert (typed["raw"], typed["version"]) == (TEXT, 1)
    assert visit(cast.nina).get(f"/posts/{reply.id}/edit", headers=JSON).status_code == 403


def test_categories_to_choose_from_stand_below_the_one_they_are_in(visit, cast):
    with transaction():
        categories.create(Details("Quai", "Quay"), by=cast.ada, parent=cast.square)
    otto, rose = visit(cast.otto), visit(cast.rose)
    first = session.query(Post).filter_by(topic_id=make_topic(cast.rose, cast.square).id).one()

    offered = [
        offered_in(otto.read("/new-topic")),
        offered_in(rose.read(f"/posts/{first.id}/edit")),
    ]

    assert offered == [["Square", "Square › Quay"], ["Square", "Square › Quay", "Chess club"]]


def test_the_preview_is_cooked_as_the_post_will_be(visit, cast):
    otto = visit(cast.otto)

    answer = otto.post("/preview", {"raw": "Ask **@rose** <script>alert(1)</script>"})

    cooked = answer.get_data(as_text=True)
    assert '<a class="mention" href="/u/rose">@rose</a>' in cooked
    assert "<script>" not in cooked
    assert visit().post("/preview", {"raw": "Anything"}, headers=JSON).status_code == 403


def test_a_draft_is_kept_given_back_and_forgotten(visit, cast):
    otto = visit(cast.otto)
    draft = {"fields": {"raw": "Half a thought"}, "sequence": 0}

    kept = otto.put("/drafts/new_topic", json=draft, headers=JSON).get_json()
    found = otto.get("/drafts/new_topic", headers=JSON).get_json()["draft"]
    otto.delete("/drafts/new_topic", headers=JSON)

    assert kept["sequence"] == found["sequence"] == 1
    assert found["fields"] == {"raw": "Half a thought"}
    assert otto.get("/drafts/new_topic", headers=JSON).get_json() == {"draft": None}


def test_an_old_copy_forgets_no_newer_draft(visit, cast):
    desk, phone = visit(cast.otto), visit(cast.otto)
    for sequence, raw in enumerate(("On both", "At the desk")):
        desk.put("/drafts/topic_1", json={"fields": {"raw": raw}, "sequence": sequence})

    phone.delete("/drafts/topic_1?sequence=1", headers=JSON)
    kept = desk.get("/drafts/topic_1", headers=JSON).get_json()["draft"]
    desk.delete("/drafts/topic_1?sequence=2", headers=JSON)

    assert kept["fields"] == {"raw": "At the desk"}
    assert desk.get("/drafts/topic_1", headers=JSON).get_json() == {"draft": None}


def test_a_topic_says_that_a_reply_was_begun_on_another_device(visit, cast, talk):
    otto, nina = visit(cast.otto), visit(cast.nina)
    otto.put(f"/drafts/topic_{talk.id}", json={"fields": {"raw": "Half"}, "sequence": 0})

    assert ["Resume draft" in foot_of(v.read(talk.path)) for v in (otto, nina)] == [True, False]


def test_the_list_of_drafts_says_what_each_is_and_lets_it_go(visit, cast, talk):
    otto, reply = visit(cast.otto), make_reply(talk, cast.otto, TEXT)
    for key in ("new_topic", f"topic_{talk.id}", f"post_{reply.id}"):
        otto.put(f"/drafts/{key}", json={"fields": {"raw": f"Half of {key}"}, "sequence": 0})
    page = otto.read("/my/drafts")

    answer = otto.post(f"/drafts/topic_{talk.id}/deletion")

    for kind in ("New topic", "Your reply", "Edit of a post"):
        assert kind in page
    assert page.count("Weekly departures to Abidjan, anyone?") == 2
    assert answer.location == "/my/drafts"
    left = otto.read("/my/drafts")
    assert f"Half of topic_{talk.id}" not in left and "Half of new_topic" in left


def test_of_two_devices_the_later_hears_of_the_newer_draft(visit, cast):
    desk, phone = visit(cast.otto), visit(cast.otto)
    desk.put("/drafts/topic_1", json={"fields": {"raw": "At the desk"}, "sequence": 0})
    desk.put("/drafts/topic_1", json={"fields": {"raw": "At the desk still"}, "sequence": 1})

    answer = phone.put(
        "/drafts/topic_1", json={"fields": {"raw": "On the phone"}, "sequence": 1}, headers=JSON
    )

    assert answer.status_code == 409
    assert answer.get_json()["draft"]["fields"] == {"raw": "At the desk still"}


@pytest.mark.parametrize(
    "content", [[], {}, {"fields": "text"}, {"fields": {}, "sequence": "one"}, {"data": {}}]
)
def test_what_is_no_draft_is_refused(visit, cast, content):
    answer = visit(cast.otto).put("/drafts/topic_1", json=content, headers=JSON)

    assert answer.status_code == 422


def test_names_are_suggested_by_their_beginning(visit, cast):
    found = visit(cast.otto).get("/u/search/users.json?term=ro").get_json()

    assert [user["username"] for user in found["users"]] == ["rose"]


def written(model: type) -> int:
    """How many rows there are now, whatever this test has read before."""
    session.rollback()
    return session.query(model).count()


def foot_of(page):
    return page[page.index('data-part="foot"') : page.index("</footer>")]


def offered_in(page):
    """The names in the list of categories."""
    (choices,) = re.findall(r'<select[^>]*name="category_id".*?</select>', page, re.DOTALL)
    return re.findall(r"<option[^>]*>([^<]*)</option>", choices)


def key_in(page: str) -> str:
    return re.search(r'name="key"[^>]*value="([^"]+)"', page)[1]
