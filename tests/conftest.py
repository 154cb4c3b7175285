"""What every test may ask for: the app on each database, people, browsers, counters."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from forum.accounts import faces
from forum.app import create_app
from forum.config import Config
from forum.core import jobs, limits, versions
from forum.core import settings as core_settings
from forum.core.database import Base, db, session
from forum.core.i18n import set_locale
from forum.search import gaps, glossary
from forum.topics.service import views
from forum.web import kept_pages
from tests.cast import Cast, assemble
from tests.support import servers
from tests.support.counter import Statements, counted_statements
from tests.support.listener import Listener
from tests.support.visitor import Visitor

DATABASES = os.environ.get("FORUM_TEST_DATABASES", "sqlite postgresql").split()


@pytest.fixture(scope="session", params=DATABASES)
def app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The whole forum on SQLite, then on a real PostgreSQL, with an empty schema."""
    url = ""
    if request.param == "postgresql":
        url = servers.make_database(f"forum_{servers.worker_name()}")
    config = Config(
        instance=tmp_path_factory.mktemp("instance"),
        database_url=url,
        limits=False,
        secret_key="only for tests " * 3,
        site_name="Estuary network",
        locale="en",
        base_url="http://forum.test",
    )
    made = create_app(config)
    made.config.update(TESTING=True, SERVER_NAME=None)
    jobs.configure(context=made.app_context, inline=True)
    with made.app_context():
        Base.metadata.create_all(db.engine)
    yield made
    with made.app_context():
        session.remove()
        db.engine.dispose()


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """Tests read English, whatever a request of the one before was answered in."""
    set_locale("en")


@pytest.fixture
def database(app: Flask) -> Iterator[Any]:
    """An open application context on empty tables."""
    with app.app_context():
        _empty()
        core_settings.load()
        limits.forget_all()
        versions.forget()
        kept_pages.forget()
        faces.forget()
        gaps.forget()
        glossary.forget()
        views.forget()
        session.remove()
        yield session
        session.remove()


@pytest.fixture
def cast(database: Any) -> Cast:
    """Everyone in place."""
    return assemble()


@pytest.fixture
def visit(app: Flask, cast: Cast) -> Callable[..., Visitor]:
    """A browser for someone: `visit(cast.rose)`; without a name, a guest's."""
    return lambda person=None: Visitor(app, person)


@pytest.fixture
def listen(app: Flask, cast: Cast) -> Iterator[Callable[..., Listener]]:
    """An open page that hears: `listen(cast.rose, "topic:1")`; None is a guest."""
    opened: list[Listener] = []

    def open_page(person: Any = None, *rooms: str) -> Listener:
        opened.append(Listener(app, Visitor(app, person), *rooms))
        return opened[-1]

    yield open_page
    for page in opened:
        if page.connected:
            page.hang_up()


@pytest.fixture
def queries_made() -> Callable[[], AbstractContextManager[Statements]]:
    """`with queries_made() as seen:` then `len(seen)`."""
    return counted_statements


@pytest.fixture
def outbox(app: Flask) -> Callable[[], list[EmailMessage]]:
    """The mails sent since the test began, oldest first."""
    folder = Path(app.instance_path) / "outbox"
    for old in folder.glob("*.eml") if folder.exists() else ():
        old.unlink()

    def sent() -> list[Any]:
        files = sorted(folder.glob("*.eml")) if folder.exists() else []
        return [message_from_bytes(f.read_bytes(), policy=policy.default) for f in files]

    return sent


def _empty() -> None:
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        for table in reversed(Base.metadata.sorted_tables):
            if table.name == "version":  # else what is kept in memory would pass for this test's
                connection.execute(table.update().values(number=table.c.number + 1))
            else:
                connection.execute(table.delete())
