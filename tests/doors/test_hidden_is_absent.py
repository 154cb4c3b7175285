"""What may not be seen looks, to the last letter, like what does not exist."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.accounts.models.token import UserSession
from forum.alerts.models import SavedSearch
from forum.core import clock
from forum.core.database import Base, session, transaction
from forum.notifications.models import Notification
from forum.topics.models.topic import Topic
from forum.topics.service import topics
from tests.doors.secrets import WORDS, hide, make_place
from tests.doors.test_people_and_doors import CLUB
from tests.factories.topics import like, make_reply, make_topic

ABSENT = 987_654_321
PROGRAM = {"Accept": "application/json"}
LONG = "A text that is long enough for any rule, and says nothing new."
# Whatever a writing door may ask for, so that only the thing itself can be missing.
BODY = {"raw": LONG, "post[raw]": LONG, "title": "A title that is long enough", "status": "closed",
        "notification_level": "2", "enabled": "true", "key": "abc"}  # fmt: skip
# Tables that every request may touch, and whose rows tell of the caller only.
OWN_TRACES = {"user_session"}

# With {id} for the thing that is hidden, or absent; {own} is a topic of the caller's own.
TARGETS = [
    ("post", "/new-topic", {"category_id": "{place}", "kind": "discussion", **BODY}),
    ("post", "/posts.json", {"category": "{place}", **BODY}),
    ("post", "/posts.json", {"topic_id": "{topic}", **BODY}),
    ("put", "/t/{own}.json", {"category_id": "{place}"}),
    ("post", "/posts/{own_post}/edit", {"category_id": "{place}", "tags": "", **BODY}),
    ("post", "/opportunities.json", {"category": "{place}", "side": "offer", "kind": "business",
                                     "markets[]": "SN", "knowhow[]": "machining", **BODY}),
    ("post", "/post_actions.json", {"id": "{post}", "post_action_type_id": "2"}),
    ("post", "/notifications/read", {"id": "{notification}"}),
    ("put", "/notifications/mark-read.json", {"id": "{notification}"}),
    ("post", "/preview", {"category_id": "{place}", **BODY}),
]  # fmt: skip


@pytest.fixture
def secret(cast):
    return hide(cast, make_place(cast, CLUB), author=cast.rose, replier=cast.ada)


@pytest.mark.parametrize("name", ["guest", "otto", "max"])
def test_every_address_of_a_hidden_thing_answers_as_if_it_were_absent(
    app, cast, visit, secret, name
):
    browser = visit(cast.person(name))
    before = everything_kept()

    told = {
        (method, rule.rule): (answer(browser, method, hidden), answer(browser, method, absent))
        for rule, hidden, absent in addresses(app, secret)
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    }

    assert len(told) > 50
    assert {door: pair for door, pair in told.items() if pair[0] != pair[1]} == {}
    assert {pair[0][:3] for pair in told.values()} <= {"403", "404"}
    assert everything_kept() == before


@pytest.mark.parametrize(("method", "path", "body"), TARGETS)
def test_a_hidden_target_is_refused_like_an_absent_one(cast, visit, secret, method, path, body):
    browser, own = visit(cast.otto), make_topic(cast.otto, cast.square)
    ids = {"own": own.id, "own_post": first_post_id(own)}
    hidden = ids | {
        "place": secret.place.id,
        "topic": secret.topic.id,
        "post": secret.first.id,
        "notification": notification_of(cast.rose).id,
    }
    absent = ids | dict.fromkeys(("place", "topic", "post", "notification"), ABSENT)
    before = everything_kept()

    told = [
        plain(
            getattr(browser, method)(
                path.format_map(chosen), {k: v.format_map(chosen) for k, v in body.items()}
            )
        )
        for chosen in (hidden, absent)
    ]

    assert told[0] == told[1]
    assert everything_kept() == before


def test_reading_times_are_taken_for_nothing_hidden(cast, visit, secret):
    browser, before = visit(cast.otto), everything_kept()

    told = [
        plain(browser.post("/topics/timings", json={"topic_id": i, "timings": {"1": 500}}))
        for i in (secret.topic.id, ABSENT)
    ]

    assert told[0] == told[1] and told[0].startswith("404")
    assert everything_kept() == before


@pytest.mark.parametrize("path", ["/g/{}", "/g/{}.json"])
def test_a_made_group_is_known_only_inside(cast, visit, secret, path):
    for person in (cast.guest, cast.otto):
        assert plain(visit(person).get(path.format("chess"))).replace("chess", "clubs") == plain(
            visit(person).get(path.format("clubs"))
        )

    for person in (cast.rose, cast.max, cast.ada):
        assert WORDS["group"] in visit(person).read(path.format("chess"))


def test_what_happens_behind_closed_doors_changes_nothing_outside(cast, visit, secret, catch_up):
    """Lists, counts, figures, order, suggestions: an outsider reads the same as before."""
    for author in (cast.rose, cast.otto, cast.max):
        topic = make_topic(author, cast.square)
        like(make_reply(topic, cast.ada), topic, cast.rose)
    catch_up()
    people = {name: visit(cast.person(name)) for name in ("guest", "otto")}
    before = {(who, path): seen(people[who], path) for who in people for path in OUTSIDE}

    for _ in range(3):
        begun = make_topic(cast.rose, secret.place, tag_names=[WORDS["tag"], "newword"])
        for replier in (cast.ada, cast.rose, cast.ada):
            like(make_reply(begun, replier), begun, cast.ada if replier is cast.rose else cast.rose)
    with transaction():
        session.get_one(Topic, secret.topic.id).views += 900
    catch_up()

    after = {(who, path): seen(people[who], path) for who in people for path in OUTSIDE}
    assert {door for door in before if before[door] != after[door]} == set()


OUTSIDE = [
    "/",
    "/latest",
    "/latest.json",
    "/top?period=all",
    "/top.json?period=all",
    "/categories",
    "/categories.json",
    "/tags",
    "/tags.json",
    "/tags/filter/search.json?q=n",
    "/about",
    "/about.json",
    "/u",
    "/u?order=posts",
    "/u/rose",
    "/u/rose.json",
    "/u/rose/summary.json",
    "/u/rose/highlights",
    "/u/rose/activity",
    "/u/rose/activity/replies",
    "/u/ada",
    "/u/ada/summary.json",
    "/site.json",
    "/topics/created-by/rose.json",
    "/posts.json",
    "/opportunities",
    "/opportunities.json",
    "/base",
    "/g",
    "/groups.json",
    "/directory_items.json?order=posts",
    "/search?q=marjoram",
    "/search.json?q=marjoram",
    "/search?q=number",
    "/search.json?q=number",
    "/search/suggestions.json?q=what",
    "/search/suggestions.json?q=ro",
    "/search/suggestions.json?q=newword",
    "/u/search/users.json?term=o",
]


def addresses(app, secret):
    """Every address that names a topic, post, category, file or draft: hidden, and absent."""
    names = {
        "topic_id": (secret.topic.id, ABSENT),
        "post_id": (secret.first.id, ABSENT),
        "category_id": (secret.place.id, ABSENT),
        "attachment_id": (secret.attachment_id, ABSENT),
        "session_id": (session_of(secret.author), ABSENT),
        "saved_search_id": (saved_search_of(secret.author), ABSENT),
    }
    rest = {"slug": "x", "parent": "x", "name": "latest", "number": 2}
    for rule in app.url_map.iter_rules():
        named = rule.arguments & names.keys()
        if named:
            kinds = [{**rest, **{n: names[n][i] for n in named}} for i in (0, 1)]
            yield rule, *(build(app, rule, values) for values in kinds)


def build(app, rule, values):
    values = {name: value for name, value in values.items() if name in rule.arguments}
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values)


def answer(browser, method, path):
    body = {} if method == "GET" else {"data": BODY}
    return plain(getattr(browser, method.lower())(path, headers=PROGRAM, **body))


def plain(response):
    """An answer without what differs by nature: the id that was asked for, and secrets of forms."""
    text = re.sub(r"\b\d+\b", "N", f"{response.location} {response.get_data(as_text=True)}")
    response.close()
    return f"{response.status} {without_secrets(text)}"


def seen(browser, path):
    """A page without its secrets and without how long it took."""
    return re.sub(r"\d+ (ms|milliseconds?)", "TIME", without_secrets(browser.read(path)))


def without_secrets(text):
    return re.sub(r"[\w.-]{9,}\.[\w-]{6}\.[\w-]{27}", "SECRET", text)


def everything_kept():
    """All rows of all tables."""
    session.rollback()
    return {
        table.name: sorted(map(repr, session.execute(select(table))))
        for table in Base.metadata.sorted_tables
        if table.name not in OWN_TRACES
    }


def first_post_id(topic):
    return topics.first_post(topic).id


def notification_of(member):
    return session.scalars(select(Notification).where(Notification.user_id == member.id)).first()


def saved_search_of(member):
    return session.scalars(select(SavedSearch.id).where(SavedSearch.user_id == member.id)).first()


def session_of(member):
    moment = clock.now()
    own = UserSession(
        user_id=member.id, digest="d" * 64, created_at=moment, last_seen_at=moment,
        expires_at=moment + timedelta(days=1),
    )  # fmt: skip
    with transaction():
        session.add(own)
    return own.id
