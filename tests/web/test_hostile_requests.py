"""Requests that no honest client sends: refused in words, never an error of ours."""

import json
import random
import re
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import select

from forum.accounts.models.user import User
from forum.core.database import session
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic
from tests.support.sources import ROOT
from tests.web.everything import CHANGES, addresses, fill

LONG = "A text that is long enough for any rule, and says nothing new."
MEGABYTES = 1024 * 1024
FORM = "application/x-www-form-urlencoded"
# What a parameter may be sent as: in JSON as it stands, in forms and addresses written out.
ODD = {
    "array": [1, "a", None],
    "object": {"a": {"b": [[1]]}},
    "fraction": 1.5,
    "large": 10**30,
    "null": None,
    "nul": "a\0b",
    "half a letter": "a\ud800b",
    "long": "x" * 70_000,
    "hostile": "'; DROP TABLE users; --{{ 7*7 }}%(x)s\r\nBcc: all@example.org\r\n\r\n\u202e../../etc",
}
# The addresses are asked with these, and each has more places than a body has.
ODD_IN_ADDRESSES = ("array", "large", "half a letter", "long", "hostile")
LONGEST_ADDRESS = 4_000  # no server takes a longer one
# Whoever signs out is somebody else from then on.
NOT_ASKED = {"login.end", "sessions.end_others"}
PRIVILEGES = {
    "id": 1, "is_admin": True, "admin": "true", "is_moderator": "true", "moderator": True,
    "trust_level": 4, "staged": False, "confirmed_at": "2020-01-01", "password_hash": "x",
    "author_id": 1, "user_id": 1, "deleted_at": None, "pinned_at": "2020-01-01", "views": 9999,
    "like_count": 99, "posts_count": 99, "created_at": "2001-01-01", "import_key": "x",
    "post_type": 3, "cooked": "<script>", "highest_post_number": 500, "listed": "false",
    "group_ids": [1, 2, 3], "suspended_until": "2999-01-01", "role": "admin", "roles": ["admin"],
}  # fmt: skip


@pytest.mark.parametrize("kind", ODD)
def test_no_parameter_of_any_type_breaks_a_change(app, cast, visit, kind):
    broken = []
    for number, door in enumerate(doors(app, cast, CHANGES)):
        status = closed(send(visit(cast.ada), door, kind, "form" if number % 2 else "json"))
        if status >= 500:
            broken.append(f"{door}: {status}")

    assert broken == []


@pytest.mark.parametrize("kind", ODD_IN_ADDRESSES)
def test_no_parameter_in_an_address_breaks_a_page(app, cast, visit, kind):
    broken, browser = [], visit(cast.ada)
    for door in doors(app, cast, {"GET"}):
        for names in halves(names_in(door.module), door):
            query = dict.fromkeys(names, written(ODD[kind])[:LONGEST_ADDRESS])
            if (status := closed(browser.get(door.path, query_string=query))) >= 500:
                broken.append(f"{door} {names}: {status}")

    assert broken == []


def test_no_address_breaks_a_page(app, cast, visit):
    broken, browser = [], visit(cast.ada)
    for door in doors(app, cast, {"GET"}):
        for odd in (
            ("9" * 21, "2147483648", "-1", "%00", "x" * 3000, "%ff") if "<" in door.rule else ()
        ):
            path = re.sub("<[^>]+>", odd, door.rule)
            if (status := closed(browser.get(path))) >= 500:
                broken.append(f"{path[:80]}: {status}")

    assert broken == []


def test_privileges_that_are_sent_along_are_ignored(app, cast, visit):
    changes = doors(app, cast, CHANGES)
    before = privileges()

    for number, door in enumerate(changes):
        method = getattr(visit(cast.otto), door.method.lower())
        if number % 2:
            closed(method(door.path, data=as_form(BODY | PRIVILEGES)))
        else:
            closed(
                method(door.path, json=BODY | PRIVILEGES | {"post": {"raw": LONG, **PRIVILEGES}})
            )

    assert privileges() == before


def test_ten_megabytes_are_refused_before_they_are_read(app, cast, visit):
    browser = visit(cast.ada)

    told = {
        str(door): closed(
            getattr(browser, door.method.lower())(door.path, TEN_MEGABYTES, content_type=FORM)
        )
        for door in doors(app, cast, CHANGES)
    }

    assert {door: status for door, status in told.items() if status != 413} == {}


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"null", "application/json"),
        (b'{"raw":', "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, "application/json"),
        (b'{"raw": 1e999, "raw": "\\ud800"}', "application/json"),
        (b"--x\r\nContent-Disposition: form-data; name\r\n\r\n", "multipart/form-data; boundary=x"),
        (b"a\xff", "a/b;;"),
    ],
)
def test_bodies_that_cannot_be_read_break_nothing(app, cast, visit, body, content_type):
    browser = visit(cast.ada)

    told = {
        str(door): closed(
            getattr(browser, door.method.lower())(door.path, body, content_type=content_type)
        )
        for door in doors(app, cast, CHANGES)
    }

    assert {door: status for door, status in told.items() if status >= 500} == {}


@pytest.mark.parametrize("value", ["a\ud800b", float("nan"), "nested"], ids=repr)
def test_a_draft_that_no_database_keeps_is_refused(cast, visit, value):
    deep = '{"a":' * 900 + "1" + "}" * 900
    fields = deep if value == "nested" else json.dumps({"raw": value})

    answer = visit(cast.otto).put(
        "/drafts/new_topic", f'{{"fields": {fields}}}', content_type="application/json"
    )

    assert answer.status_code in (200, 422) and (value == "nested" or answer.status_code == 422)


def test_a_form_of_very_many_parts_is_refused(cast, visit):
    body = "&".join(f"field{n}=x" for n in range(100_000))

    answer = visit(cast.otto).post("/posts.json", body, content_type=FORM)

    assert answer.status_code in (413, 422)


TEN_MEGABYTES = b"raw=" + b"x" * (10 * MEGABYTES)
BODY = {
    "raw": LONG, "title": "A title that is long enough", "category": 1, "category_id": 1, "tags": "a",
    "status": "closed", "enabled": "true", "notification_level": 1, "name": "Name", "email": "a@b.example",
    "login": "nobody", "password": "not the password", "username": "nobody", "theme": "dark", "key": "k",
}  # fmt: skip


def doors(app, cast, methods):
    found = addresses(app, fill(cast), methods)
    return [door for door in found if door.endpoint not in NOT_ASKED]


def send(browser, door, kind, style):
    """A body in which half of what the view reads is odd, the rest being sound."""
    chosen, _ = halves(names_in(door.module), door, kind)
    body = BODY | dict.fromkeys(chosen, ODD[kind])
    method = getattr(browser, door.method.lower())
    if style == "json":
        nested = body | {"post": dict.fromkeys(("raw", "version", "edit_reason"), ODD[kind])}
        return method(door.path, json.dumps(nested), content_type="application/json")
    return method(door.path, data=as_form(body))


def halves(names, *seed):
    """Names in two parts at random, always the same: what is refused first hides the rest."""
    mixed = random.Random(repr([str(part) for part in seed])).sample(names, len(names))
    return mixed[::2], mixed[1::2]


def as_form(body):
    return {
        name: [written(v) for v in value] if isinstance(value, list) else written(value)
        for name, value in body.items()
    }


def written(value):
    text = value if isinstance(value, str) else json.dumps(value)
    return text.encode("utf-8", "surrogatepass").decode("latin-1") if "\ud800" in text else text


@cache
def names_in(module):
    """The parameters that a file of views, and the files of its feature, read."""
    feature = Path(ROOT, *module.split(".")[:2])
    own = Path(ROOT, *module.split(".")).with_suffix(".py").read_text("utf-8")
    forms = "".join(path.read_text("utf-8") for path in [*feature.glob("f*.py")])
    read = re.findall(
        r'(?:\.get|getlist|text|texts|integer|truth|day|mapping|given)\(\s*"([\w\[\]]+)"', own
    )
    fields = re.findall(r"^    (\w+) = \w+Field\(", forms, re.MULTILINE)
    return sorted({*read, *fields, "after", "page", "q", "next"})


def closed(answer):
    answer.close()
    return answer.status_code


def privileges():
    session.rollback()
    session.expire_all()
    return {
        "people": [
            (u.id, u.is_admin, u.is_moderator, u.is_animateur, u.trust_level, u.staged, u.email,
             u.confirmed_at, u.suspended_until, u.silenced_until, u.password_hash, u.created_at)
            for u in session.scalars(select(User).order_by(User.id))
        ],
        "topics": [
            (t.id, t.author_id, t.pinned_at, t.views, t.listed, t.deleted_at, t.import_key)
            for t in session.scalars(select(Topic).where(Topic.id <= 3).order_by(Topic.id))
        ],
        "posts": {(p.author_id, p.kind, p.created_at.year > 2001) for p in session.scalars(select(Post))},
    }  # fmt: skip
