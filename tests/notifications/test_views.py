"""The page, the bell and what it opens."""

import pytest

from forum.notifications.queries import lines
from tests.factories.topics import like, make_reply, make_topic


@pytest.fixture
def topic(cast):
    made = make_topic(cast.rose, cast.square, title="How do you keep the cold chain to Dakar?")
    make_reply(made, cast.otto, "With a logger in every box, and two in the corners.")
    return made


def test_the_page_says_who_did_what_and_why_it_is_told(cast, visit, topic):
    page = visit(cast.rose).read("/notifications")

    assert "<b>Otto</b> replied in" in page
    assert "With a logger in every box" in page
    assert "It answers you" in page
    assert f"{topic.path}/2" in page
    assert "Today" in page


def test_the_page_of_somebody_else_says_nothing_of_it(cast, visit, topic):
    page = visit(cast.otto).read("/notifications")

    assert "cold chain" not in page
    assert "No notifications yet" in page


@pytest.mark.parametrize(
    ("part", "there"),
    [("", True), ("unread", True), ("replies", True), ("reactions", False), ("nonsense", True)],
)
def test_the_page_shows_a_part(cast, visit, topic, part, there):
    page = visit(cast.rose).read(f"/notifications?filter={part}")

    assert ("Otto</b> replied" in page) is there


def test_the_bell_counts(cast, visit, topic):
    page = visit(cast.rose).read("/notifications")

    assert 'aria-label="Notifications, 1 unread"' in page
    assert f'data-counter="user:{cast.rose.id}"' in page
    assert "<notification-bell>" in page


def test_the_bell_costs_one_statement_a_page(cast, visit, topic, queries_made):
    browser = visit(cast.rose)

    with queries_made() as seen:
        browser.read("/notifications/recent")

    about = [statement for statement in seen if "count(notification.id)" in statement]
    assert len(about) == 1


def test_guests_have_no_bell_and_are_asked_to_sign_in(cast, visit):
    browser = visit()

    assert browser.get("/notifications").status_code == 302
    assert browser.get("/notifications/recent").status_code == 302
    assert browser.get("/notifications.json").status_code == 403


def test_the_bell_opens_the_latest_as_a_part_of_the_page(cast, visit, topic):
    part = visit(cast.rose).read("/notifications/recent")

    assert "<html" not in part
    assert 'data-unread="1"' in part
    assert "cold chain to Dakar" in part


def test_marking_all_as_read_works_without_scripts(cast, visit, topic):
    browser = visit(cast.rose)

    answer = browser.post("/notifications/read")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/notifications"
    assert lines.unread_count(cast.rose) == 0


def test_marking_one_as_read_leaves_the_others(cast, visit, topic):
    make_reply(topic, cast.nina)
    [latest, _first] = lines.listed(cast.rose)

    answer = visit(cast.rose).post(
        "/notifications/read",
        {"id": latest.notification.id},
        headers={"Accept": "application/json"},
    )

    assert answer.get_json() == {"success": "OK", "unread": 1}


def test_marking_needs_a_page_of_ours(cast, visit, topic):
    answer = visit(cast.rose).post("/notifications/read", csrf=False)

    assert answer.status_code == 403
    assert lines.unread_count(cast.rose) == 1


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_marking_leads_nowhere_else(cast, visit, wanted):
    answer = visit(cast.rose).post("/notifications/read", {"next": wanted})

    assert answer.headers["Location"] == "/notifications"


def test_json_has_discourses_names(cast, visit, topic):
    post = make_reply(topic, cast.rose)
    like(post, topic, by=cast.ada)

    answer = visit(cast.rose).get("/notifications.json")
    liked, replied = answer.get_json()["notifications"]

    assert answer.content_type == "application/json; charset=utf-8"
    assert (liked["notification_type"], liked["read"], liked["post_number"]) == (5, False, 3)
    assert (replied["notification_type"], replied["topic_id"]) == (2, topic.id)
    assert replied["data"]["display_username"] == "otto"
    assert replied["data"]["topic_title"] == topic.title
    assert answer.get_json()["total_rows_notifications"] == 2


def test_json_goes_on_where_it_stopped(cast, visit, topic):
    make_reply(topic, cast.nina)
    browser = visit(cast.rose)

    first = browser.get("/notifications.json?limit=1").get_json()
    second = browser.get(first["load_more_notifications"]).get_json()

    assert first["notifications"][0]["id"] > second["notifications"][0]["id"]
    assert second["load_more_notifications"] is None


def test_json_marks_as_read(cast, visit, topic):
    answer = visit(cast.rose).put("/notifications/mark-read.json")

    assert answer.get_json() == {"success": "OK"}
    assert lines.unread_count(cast.rose) == 0


@pytest.mark.parametrize("limit", ["0", "61", "-1", "x", "1e9"])
def test_json_refuses_odd_limits(cast, visit, limit):
    answer = visit(cast.rose).get(f"/notifications.json?limit={limit}")

    assert answer.status_code in (400, 422)
