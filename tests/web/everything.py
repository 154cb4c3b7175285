"""Something behind every address, so that tests can go through all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from forum.accounts.models.group import EVERYONE, MEMBERS
from forum.accounts.models.token import UserSession
from forum.alerts.models import SavedSearch
from forum.categories.models import CREATE, SEE
from forum.core import clock
from forum.core.database import session, transaction
from forum.search import entries
from forum.tags import queries as tags
from tests.doors.secrets import WORDS, hide, make_place

CHANGES = {"POST", "PUT", "PATCH", "DELETE"}


@dataclass(frozen=True)
class Address:
    """A rule of the URL map with something that is there filled in."""

    method: str
    rule: str
    path: str
    endpoint: str
    module: str

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"


def fill(cast: Any) -> dict[str, Any]:
    """Make one of everything, open to all; gives the values for the places in addresses."""
    place = make_place(cast, {EVERYONE: SEE, MEMBERS: CREATE})
    made = hide(cast, place, author=cast.rose, replier=cast.otto)
    tag = tags.find(WORDS["tag"])
    assert tag is not None
    return {
        "topic_id": made.topic.id,
        "post_id": made.reply.id,
        "category_id": made.place.id,
        "attachment_id": made.attachment_id,
        "tag_id": tag.id,
        "user_id": cast.silas.id,
        "session_id": _session(cast.silas),
        "saved_search_id": _saved_search(cast.silas),
        "entry_id": _glossary_entry(cast.ada),
        "number": 1,
        "slug": "x",
        "parent": "x",
        "username": "rose",
        "locale": "fr",
        "key": f"topic_{made.topic.id}",
        "secret": "unknown",
    }


def addresses(app: Flask, values: dict[str, Any], methods: set[str]) -> Iterator[Address]:
    """Every address that takes one of the methods."""
    for rule in app.url_map.iter_rules():
        module = app.view_functions[rule.endpoint].__module__
        name = {"g": "chess", "tag": WORDS["tag"], "outbox": "none.eml"}
        own = {"name": name.get(rule.rule.split("/")[1], "latest")}
        if "/admin/groups" in rule.rule:
            own = {"name": "chess"}
        filled = {n: v for n, v in (values | own).items() if n in rule.arguments}
        with app.test_request_context():
            path = app.url_map.bind("localhost").build(rule.endpoint, filled)
        for method in sorted((rule.methods or set()) & methods):
            yield Address(method, rule.rule, path, rule.endpoint, module)


def _saved_search(member: Any) -> int:
    return session.scalars(select(SavedSearch.id).where(SavedSearch.user_id == member.id)).one()


def _glossary_entry(admin: Any) -> int:
    with transaction():
        entry = entries.add(["surestaries"], ["demurrage"], by=admin)
    return entry.id


def _session(member: Any) -> int:
    moment = clock.now()
    own = UserSession(
        user_id=member.id, digest="e" * 64, created_at=moment, last_seen_at=moment,
        expires_at=moment + timedelta(days=1),
    )  # fmt: skip
    with transaction():
        session.add(own)
    return own.id
