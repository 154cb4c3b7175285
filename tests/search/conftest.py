"""Posts to be found, and an index of their own for each test."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from forum.categories.queries import load_rights
from forum.core import clock, versions
from forum.core.database import session, transaction
from forum.search import service, writer
from forum.search.backend import Counts
from forum.search.service import Request, Results
from forum.tags.models import Tag
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic, TopicTag
from forum.topics.service import posts, topics
from tests.support.indexes import forget_index

_numbers = count(1)


def filling() -> str:
    """What makes a post long enough, and other than the post before."""
    return f"Nothing more needs to be said in this post, number{next(_numbers)}."


@pytest.fixture
def index(database: Any) -> Any:
    """An instance without an index; the writer makes one when it is called."""
    forget_index()
    yield writer
    forget_index()


@pytest.fixture
def write(index: Any, cast: Any) -> Callable[..., Topic]:
    """Begin a topic: `write("Title", "body", by=cast.rose, place=cast.square)`, with replies."""

    def begin(
        title: str,
        raw: str = "",
        *replies: str,
        by: Any = None,
        place: Any = None,
        days_ago: float = 0,
        **more: Any,
    ) -> Topic:
        author = by or cast.ada
        with clock.stopped(clock.now() - timedelta(days=days_ago)), transaction():
            topic = topics.create(
                author=author,
                category_id=(place or cast.square).id,
                title=title if len(title) >= 15 else f"{title} and so on",
                raw=f"{raw} {filling()}",
                **more,
            )
            for reply in replies:
                posts.reply(topic, author=cast.ada, raw=f"{reply} {filling()}")
        return topic

    return begin


@pytest.fixture
def find(index: Any, cast: Any) -> Callable[..., list[str]]:
    """The titles that someone finds: `find("words", by=cast.rose)`; without a name, Ada."""

    def titles(text: str, *, by: Any = None, **more: Any) -> list[str]:
        index.catch_up()
        return [result.topic.title for result in ask(by or cast.ada, text, **more).found]

    return titles


def ask(viewer: Any, text: str, **more: Any) -> Results:
    """What someone finds, with all that is said about it."""
    load_rights(viewer)
    return service.search(viewer, Request(text, **more))


def counted(viewer: Any, text: str, **more: Any) -> Counts:
    """What someone's results are counted by."""
    load_rights(viewer)
    return service.facets(viewer, Request(text, **more))


def reply(topic: Topic, raw: str, *, by: Any) -> Post:
    with transaction():
        return posts.reply(topic, author=by, raw=f"{raw} {filling()}")


def first_post(topic: Topic) -> Post:
    return session.query(Post).filter_by(topic_id=topic.id, number=1).one()


def label(topic, name: str, french: str) -> Tag:
    """Put a tag on a topic, named in English and in French."""
    with transaction():
        tag = Tag(name=name, label_fr=french, label_en=name, created_at=clock.now())
        session.add(tag)
        session.flush()
        session.add(TopicTag(topic_id=topic.id, tag_id=tag.id))
        versions.step("tags")
    return tag
