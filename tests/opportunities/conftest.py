"""Opportunities to be found, changed and followed, with the vocabulary they speak in."""

from itertools import count
from typing import Any

import pytest

from forum.core import versions
from forum.core.database import session, transaction
from forum.opportunities import service
from forum.opportunities.models import Opportunity
from forum.opportunities.service import KIND, Card
from forum.topics.models.topic import Topic
from forum.vocabulary import service as vocabulary

_numbers = count(1)


@pytest.fixture
def place(cast: Any) -> Any:
    """The square, as a place for opportunities, with the vocabulary loaded."""
    with transaction():
        vocabulary.load()
        cast.square.kind = KIND
        session.merge(cast.square)
        versions.step("categories")
    return cast.square


def card(**more: Any) -> Card:
    """A request of business in Senegal, unless something else is said."""
    said = {"side": "request", "kind": "business", "markets": ["SN"], "knowhow": ["machining"]}
    return Card(**{**said, **more})


def publish(author: Any, place: Any, **more: Any) -> Topic:
    number = next(_numbers)
    with transaction():
        return service.publish(
            card(**more),
            author=author,
            category_id=place.id,
            title=f"Pumps for a fishing harbour, lot {number}",
            raw=f"Twenty pumps of the lot {number}, hardly used.",
        )


def kept(topic: Topic) -> Opportunity:
    """The card as the database has it."""
    session.expire_all()
    return session.get_one(Opportunity, topic.id)
