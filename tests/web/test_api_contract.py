"""What Discourse's clients depend on: names, forms, statuses, keys and refusals."""

import pytest
from sqlalchemy import select

from forum.accounts.models.token import ApiKey
from forum.accounts.service import api_keys
from forum.categories import service as category_service
from forum.categories.models import CREATE
from forum.categories.service import Details
from forum.config import config
from forum.core.database import session, transaction
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic
from forum.vocabulary import service as vocabulary
from tests.factories.topics import make_reply, make_topic

JSON = "application/json; charset=utf-8"
RAW = "Reefers wait two days at the gate, and nobody says why."
TITLE = "How long do reefers wait at the gate?"
# The fields that clients read; more may be there.
POST = """id name username avatar_template created_at cooked post_number post_type updated_at
          reply_count reply_to_post_number topic_id topic_slug yours can_edit can_delete version
          user_id actions_summary trust_level moderator admin staff deleted_at raw"""
ROW = """id title fancy_title slug posts_count reply_count highest_post_number created_at
         last_posted_at bumped bumped_at archetype unseen pinned visible closed archived views
         like_count tags category_id posters excerpt"""
TOPIC = """id title fancy_title slug posts_count reply_count highest_post_number created_at views
           like_count last_posted_at visible closed archived archetype category_id user_id pinned
           deleted_at participant_count tags post_stream details"""
READINGS = """
    /latest.json /top.json /categories.json /t/{topic}.json /t/x/{topic}.json /posts/{post}.json
    /t/{topic}/posts.json /posts.json /c/square/{square}.json /c/square/{square}/l/top.json
    /c/{square}/show.json /tags.json /tag/ports.json /u/otto.json /u/otto/summary.json
    /search.json?q=reefers /search/query.json?term=reefers /site.json /about.json /groups.json
    /g/staff.json /g/staff/members.json /directory_items.json /opportunities.json /session/csrf.json
    /topics/created-by/otto.json /tags/filter/search.json?q=po /u/search/users.json?term=ot
    /vocabulary/knowhow.json /vocabulary/sectors.json /vocabulary/markets.json"""
OF_PEOPLE = """
    /u/otto.json /u/otto/summary.json /latest.json /t/{topic}.json /posts.json /search.json?q=pumps
    /directory_items.json /g/staff/members.json /about.json /site.json /notifications.json
    /u/search/users.json?term=o /topics/created-by/otto.json /opportunities.json"""


@pytest.fixture
def key(cast):
    """A key that acts as anyone."""
    with transaction():
        return api_keys.create(description="tests")


@pytest.fixture
def program(visit, key):
    """A program that calls with the key: `program("post", "/posts.json", as_="otto", json={…})`."""

    def call(method, path, *, as_="otto", secret=key, **options):
        headers = {"Api-Key": secret, "Api-Username": as_, **options.pop("headers", {})}
        if method != "get":
            options["csrf"] = False
        return getattr(visit(), method)(path, headers=headers, **options)

    return call


@pytest.mark.parametrize("path", READINGS.split())
def test_every_reading_answers_json(cast, visit, path):
    topic = make_topic(cast.ada, cast.square, RAW, tag_names=["ports"])
    ids = {"topic": topic.id, "post": first(topic).id, "square": cast.square.id}

    answer = visit().get(path.format_map(ids))

    assert (answer.status_code, answer.content_type) == (200, JSON)
    assert isinstance(answer.json, dict)


@pytest.mark.parametrize("path", ["/new.json", "/unread.json", "/notifications.json"])
def test_what_is_one_s_own_takes_a_member(cast, visit, path):
    assert (visit(cast.otto).get(path).status_code, visit().get(path).status_code) == (200, 403)


@pytest.mark.parametrize(
    "path", ["/latest", "/t/x/{topic}", "/categories", "/u/otto", "/about", "/top"]
)
def test_an_address_without_json_answers_json_when_accept_asks(cast, visit, path):
    path = path.format(topic=make_topic(cast.otto, cast.square).id)

    asked = visit().get(path, headers={"Accept": "application/json"})
    plain = visit().get(path, follow_redirects=True)

    assert (asked.status_code, asked.content_type) == (200, JSON)
    assert plain.content_type == "text/html; charset=utf-8"
    assert "Accept" in plain.headers["Vary"]


@pytest.mark.parametrize("sent", ["form", "json", "form without .json", "json without .json"])
def test_a_topic_is_begun_from_a_form_or_json(cast, program, sent):
    fields = {"title": TITLE, "raw": RAW, "category": cast.square.id}
    path = "/posts" if "without" in sent else "/posts.json"

    if sent.startswith("form"):
        headers = {"Accept": "application/json"} if "without" in sent else {}
        answer = program(
            "post", path, data={**fields, "tags[]": ["ports"]}, as_="ada", headers=headers
        )
    else:
        answer = program("post", path, json={**fields, "tags": ["ports"]}, as_="ada")

    assert (answer.status_code, answer.content_type) == (200, JSON)
    assert answer.json.keys() >= set(POST.split())
    assert (answer.json["post_number"], answer.json["raw"]) == (1, RAW)
    shown = program("get", f"/t/{answer.json['topic_id']}.json").json
    assert shown.keys() >= set(TOPIC.split())
    assert (shown["title"], shown["tags"]) == (TITLE, ["ports"])
    assert shown["post_stream"]["stream"] == [answer.json["id"]]
    assert shown["post_stream"]["posts"][0]["cooked"] == f"<p>{RAW}</p>\n"


def test_a_reply_is_written_read_changed_deleted_and_recovered(cast, program):
    topic = make_topic(cast.rose, cast.square)

    made = program("post", "/posts.json", data={"topic_id": topic.id, "raw": RAW}).json
    changed = program(
        "put", f"/posts/{made['id']}.json",
        data={"post[raw]": f"{RAW} Three.", "post[edit_reason]": "Recounted"},
    )  # fmt: skip
    deleted = program("delete", f"/posts/{made['id']}.json")
    gone = program("get", f"/posts/{made['id']}.json", as_="nina")
    back = program("put", f"/posts/{made['id']}/recover.json")

    assert (made["post_number"], made["topic_id"], made["yours"]) == (2, topic.id, True)
    assert changed.status_code == 200 and changed.json["post"]["raw"] == f"{RAW} Three."
    assert (deleted.status_code, gone.status_code, back.status_code) == (200, 404, 200)
    assert gone.json["error_type"] == "not_found"
    assert program("get", f"/posts/{made['id']}.json", as_="nina").json["deleted_at"] is None


def test_an_edit_of_what_has_changed_meanwhile_is_refused_as_a_conflict(cast, program):
    post = make_reply(make_topic(cast.rose, cast.square), cast.otto)
    for text, as_ in (("First wording of it all.", "ada"), ("Second wording of it.", "ada")):
        answer = program(
            "put", f"/posts/{post.id}.json", json={"post": {"raw": text, "version": 1}}, as_=as_
        )

    assert (answer.status_code, answer.json["error_type"]) == (409, "conflict")
    assert isinstance(answer.json["errors"], list)


def test_an_author_s_own_edit_of_what_he_changed_meanwhile_is_a_conflict_too(cast, program):
    post = make_reply(make_topic(cast.rose, cast.square), cast.otto)
    for text in ("First wording of it all.", "Second wording of it."):
        answer = program(
            "put", f"/posts/{post.id}.json", json={"post": {"raw": text, "version": 1}}, as_="otto"
        )

    assert (answer.status_code, answer.json["error_type"]) == (409, "conflict")


def test_a_like_comes_and_goes(cast, program):
    post = make_reply(make_topic(cast.rose, cast.square), cast.rose)

    liked = program(
        "post", "/post_actions.json", data={"id": post.id, "post_action_type_id": 2}
    ).json
    taken = program("delete", f"/post_actions/{post.id}.json").json

    assert liked["actions_summary"] == [{"id": 2, "count": 1, "acted": True, "can_act": True}]
    assert taken["actions_summary"][0]["count"] == 0


def test_the_state_of_a_topic_is_set(cast, program):
    topic = make_topic(cast.rose, cast.square)

    for name, field in (("closed", "closed"), ("archived", "archived"), ("pinned", "pinned")):
        answer = program(
            "put", f"/t/{topic.id}/status.json", data={"status": name, "enabled": "true"}, as_="max"
        )
        shown = program("get", f"/t/{topic.id}.json").json
        assert (answer.status_code, shown[field]) == (200, True)
    refused = program(
        "put", f"/t/{topic.id}/status.json", data={"status": "closed", "enabled": "true"}
    )

    assert (refused.status_code, refused.json["error_type"]) == (403, "invalid_access")


def test_lists_have_rows_and_say_where_they_go_on(cast, program):
    for _ in range(31):
        make_topic(cast.rose, cast.square)

    first_page = program("get", "/latest.json").json
    second = program("get", first_page["topic_list"]["more_topics_url"]).json
    of_place = program("get", f"/c/square/{cast.square.id}.json").json

    rows = first_page["topic_list"]["topics"]
    assert rows[0].keys() >= set(ROW.split())
    assert (len(rows), len(second["topic_list"]["topics"])) == (30, 1)
    assert {row["id"] for row in rows}.isdisjoint(
        row["id"] for row in second["topic_list"]["topics"]
    )
    assert second["topic_list"]["more_topics_url"] is None
    assert second["topic_list"]["per_page"] == 30
    assert {user["username"] for user in first_page["users"]} == {"rose"}
    assert of_place["topic_list"]["more_topics_url"].startswith(f"/c/square/{cast.square.id}")


@pytest.mark.parametrize("period", ["day", "daily", "monthly", "yearly", "all"])
def test_the_best_of_a_period_is_asked_in_our_words_or_discourse_s(cast, program, period):
    assert program("get", f"/top.json?period={period}").status_code == 200


def test_a_period_that_is_none_leads_nowhere(cast, program):
    assert program("get", "/top.json?period=lately").status_code == 404


def test_posts_are_fetched_by_their_ids(cast, program):
    topic = make_topic(cast.rose, cast.square)
    replies = [make_reply(topic, cast.ada).id for _ in range(3)]

    answer = program(
        "get", f"/t/{topic.id}/posts.json?post_ids[]={replies[0]}&post_ids[]={replies[2]}"
    )

    posts = answer.json["post_stream"]["posts"]
    assert [post["id"] for post in posts] == [replies[0], replies[2]]


def test_a_member_is_told_by_a_list_of_fields(cast, visit, program):
    mine, of_another, to_guests = (
        program("get", "/u/otto.json").json["user"],
        program("get", "/u/otto.json", as_="rose").json["user"],
        visit().get("/u/otto.json").json["user"],
    )

    assert mine["can_edit"] and not of_another["can_edit"]
    assert set(mine) == set(of_another) == set(to_guests) == {
        "id", "username", "name", "avatar_template", "trust_level", "moderator", "admin", "company",
        "topic_count", "post_count", "likes_given", "likes_received", "created_at", "last_seen_at",
        "bio_raw", "bio_cooked", "bio_excerpt", "location", "languages", "animateur", "staged",
        "suspended", "can_edit", "groups",
    }  # fmt: skip
    assert "otto@example.org" not in program("get", "/u/otto.json", as_="ada").text


@pytest.mark.parametrize("path", OF_PEOPLE.split())
def test_no_answer_holds_anyone_s_address(cast, program, path):
    topic = make_topic(cast.otto, cast.square, "Which pumps stand up to sea water?")
    make_reply(topic, cast.rose)

    for as_ in ("otto", "rose", "ada"):
        assert "@example.org" not in program("get", path.format(topic=topic.id), as_=as_).text


def test_an_opportunity_is_published_listed_and_followed_up(cast, program):
    with transaction():
        vocabulary.load()
        place = category_service.create(
            Details("Affaires", "Business", kind="opportunity"), by=cast.ada, granted={0: CREATE}
        )
    card = {"side": "request", "kind": "business", "markets": ["SN"], "knowhow": ["machining"]}

    made = program(
        "post",
        "/opportunities.json",
        json={**card, "category": place.id, "title": TITLE, "raw": RAW},
    )
    listed = program("get", "/opportunities.json?market=SN").json
    ended = program(
        "put",
        f"/opportunities/{made.json['opportunity']['id']}/status.json",
        data={"status": "concluded"},
    )

    assert (made.status_code, made.content_type) == (200, JSON)
    assert [one["title"] for one in listed["opportunities"]] == [TITLE]
    assert (listed["total"], listed["counts"]["market"]) == (1, {"SN": 1})
    assert ended.json["opportunity"]["status"] == "concluded"
    assert program("get", "/opportunities.json").json["total"] == 0


@pytest.mark.parametrize(
    ("fields", "status", "kind"),
    [
        ({"raw": RAW}, 422, "invalid_parameters"),
        ({"raw": RAW, "title": "Short", "category": "{square}"}, 422, "invalid_parameters"),
        ({"raw": "x", "title": TITLE, "category": "{square}"}, 422, "invalid_parameters"),
        ({"raw": RAW, "title": TITLE, "category": "{staff_room}"}, 404, "not_found"),
        ({"raw": RAW, "title": TITLE, "category": "{square}", "kind": "opportunity"}, 422,
         "invalid_parameters"),
        ({"raw": RAW, "topic_id": "999999"}, 404, "not_found"),
        ({"raw": RAW, "topic_id": "first"}, 422, "invalid_parameters"),
    ],
)  # fmt: skip
def test_a_refusal_is_json_with_errors_and_their_type(cast, program, fields, status, kind):
    ids = {"square": cast.square.id, "staff_room": cast.staff_room.id}

    answer = program("post", "/posts.json", data={k: v.format_map(ids) for k, v in fields.items()})

    assert (answer.status_code, answer.content_type) == (status, JSON)
    assert answer.json["error_type"] == kind
    assert [type(error) for error in answer.json["errors"]] == [str]
    assert count(Topic) == 0


def test_a_limit_that_is_reached_says_how_long_to_wait(cast, program, monkeypatch):
    monkeypatch.setattr(config(), "limits", True)
    topic = make_topic(cast.rose, cast.square)

    answers = [
        program("post", "/posts.json", data={"topic_id": topic.id, "raw": f"{RAW} {n}"})
        for n in (1, 2)
    ]

    assert [answer.status_code for answer in answers] == [200, 429]
    told = answers[1].json
    assert told["error_type"] == "rate_limit"
    assert 0 < told["extras"]["wait_seconds"] <= 5
    assert answers[1].headers["Retry-After"] == str(told["extras"]["wait_seconds"])


def test_a_key_without_a_member_acts_as_anyone_and_needs_a_name(cast, program):
    as_otto, as_nobody, as_ghost = (
        program("get", "/notifications.json", as_=name) for name in ("otto", "", "ghost")
    )

    assert [a.status_code for a in (as_otto, as_nobody, as_ghost)] == [200, 403, 403]


def test_the_key_of_a_member_acts_as_that_member_only(cast, program):
    with transaction():
        own = api_keys.create(user=cast.otto)

    assert program("get", "/notifications.json", secret=own, as_="").status_code == 200
    assert program("get", "/notifications.json", secret=own, as_="OTTO").status_code == 200
    assert program("get", "/notifications.json", secret=own, as_="ada").status_code == 403


@pytest.mark.parametrize("path", ["/latest.json", "/latest", "/t/1", "/nothing"])
def test_a_wrong_key_opens_nothing_not_even_what_is_open(cast, program, path):
    answer = program("get", path, secret="wrong")

    assert (answer.status_code, answer.content_type) == (403, JSON)
    assert answer.json["error_type"] == "invalid_access"


def test_a_key_that_was_revoked_opens_no_more(cast, program):
    assert program("get", "/latest.json").status_code == 200

    with transaction():
        api_keys.revoke(session.scalars(select(ApiKey)).one())

    assert program("get", "/latest.json").status_code == 403


def test_a_suspended_member_s_key_opens_nothing(cast, program):
    with transaction():
        cast.otto.suspended_until = cast.otto.created_at.replace(year=2999)

    assert program("get", "/latest.json", as_="otto").status_code == 403


def test_beside_a_key_the_cookie_counts_for_nothing(cast, visit, key):
    ada = visit(cast.ada)

    as_otto = ada.get("/session/csrf.json", headers={"Api-Key": key, "Api-Username": "otto"})
    post = ada.post(
        "/posts.json",
        {"title": TITLE, "raw": RAW, "category": cast.square.id},
        headers={"Api-Key": key, "Api-Username": "otto"},
        csrf=False,
    )
    wrong = ada.get("/admin/users", headers={"Api-Key": "wrong"})

    assert as_otto.status_code == 200
    assert post.json["username"] == "otto"
    assert wrong.status_code == 403


def test_a_change_without_a_key_needs_the_token(cast, visit):
    fields = {"title": TITLE, "raw": RAW, "category": cast.square.id}
    browser = visit(cast.otto)

    refused, taken = (
        browser.post("/posts.json", fields, csrf=False),
        browser.post("/posts.json", fields),
    )

    assert (refused.status_code, refused.json["error_type"]) == (403, "bad_csrf")
    assert taken.status_code == 200


def first(topic):
    return session.scalars(select(Post).where(Post.topic_id == topic.id, Post.number == 1)).one()


def count(model):
    session.rollback()
    return len(session.scalars(select(model)).all())
