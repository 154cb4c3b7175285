"""Saved searches, posts that fit them, and a minute of work that goes by."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import select

from forum.accounts.models.user import User
from forum.alerts import jobs
from forum.alerts.models import FOUND, INSTANT, MAIL, PAGE, SavedSearch
from forum.alerts.service import saving
from forum.core import clock
from forum.core.database import session, transaction
from forum.notifications.models import Notification
from forum.search import writer
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic
from forum.topics.service import posts, topics
from tests.support.indexes import forget_index

_numbers = count(1)


def filling() -> str:
    """What makes a post long enough, and other than the post before."""
    return f"Nothing more needs to be said in this post, number{next(_numbers)}."


@pytest.fixture
def index(app: Any, database: Any) -> Any:
    """An instance whose index is empty; the writer is called when time goes by."""
    forget_index()
    writer.catch_up()
    yield writer
    forget_index()


@pytest.fixture
def keep(cast: Any, index: Any) -> Callable[..., SavedSearch]:
    """Save a search: `keep(cast.rose, "zanzibar")`, an hour ago, told at once by the bell."""

    def save(
        owner: Any,
        words: str,
        *,
        frequency: str = INSTANT,
        channel: str = PAGE,
        hours_ago: float = 1,
        **more: Any,
    ) -> SavedSearch:
        with clock.stopped(clock.now() - timedelta(hours=hours_ago)), transaction():
            return saving.save(
                more.pop("asked", f"q={words.replace(' ', '+')}"),
                by=owner, frequency=frequency, channel=channel, **more,
            )  # fmt: skip

    return save


@pytest.fixture
def keep_by_mail(keep: Callable[..., SavedSearch]) -> Callable[..., SavedSearch]:
    """The same, told by mail too."""
    return lambda owner, words, **more: keep(owner, words, channel=MAIL, **more)


@pytest.fixture
def write(cast: Any, index: Any) -> Callable[..., Topic]:
    """Begin a topic: `write("Title that says it", by=cast.otto, place=cast.square)`."""

    def begin(title: str, *, by: Any = None, place: Any = None, raw: str = "") -> Topic:
        with transaction():
            return topics.create(
                author=by or cast.otto,
                category_id=(place or cast.square).id,
                title=title,
                raw=f"{raw} {filling()}",
            )

    return begin


@pytest.fixture
def minute(app: Any, index: Any) -> Callable[[], None]:
    """What a server does in a minute: the index catches up, then what is due is asked."""

    def goes_by() -> None:
        session.commit()
        with app.app_context():  # a session of its own, as a worker has
            index.catch_up()
            jobs.run_due()
        session.commit()

    return goes_by


def anew(saved: SavedSearch) -> SavedSearch:
    """The saved search as others have left it."""
    session.commit()
    return session.get_one(SavedSearch, saved.id, populate_existing=True)


def reply(topic: Topic, raw: str, *, by: Any) -> Post:
    with transaction():
        return posts.reply(topic, author=by, raw=f"{raw} {filling()}")


def told() -> list[tuple[str, str]]:
    """Whom the bell told of something found: name and title, in order."""
    rows = session.execute(
        select(User.username, Topic.title)
        .select_from(Notification)
        .join(User, User.id == Notification.user_id)
        .join(Topic, Topic.id == Notification.topic_id)
        .where(Notification.kind == FOUND)
        .order_by(Notification.id)
    )
    return [(row.username, row.title) for row in rows]
