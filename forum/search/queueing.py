"""What waits to be indexed: facts in the outbox, in three queues.

What people do goes first; what an import brought goes in small parts in between, so that a new
post is found at once all the same; likes, which only move the order, wait until some have come.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select

from forum.core.database import session
from forum.core.signals import Outbox, announce, queue, take
from forum.search import documents
from forum.search.signals import PostsImported
from forum.topics.signals import (
    AnswerAccepted,
    PostCreated,
    PostDeleted,
    PostEdited,
    PostLiked,
    PostRecovered,
    TopicChanged,
    TopicCreated,
    TopicDeleted,
    TopicMoved,
    TopicRecovered,
)

SOON, BULK, LATER = QUEUES = ("search", "search.bulk", "search.later")
# Few enough that a new post need not wait for long behind a part of an import.
RANGE = 150
MOST_WAITING = 100_000

OF_A_POST = (TopicCreated, PostCreated, PostEdited, PostDeleted, PostRecovered)
OF_A_TOPIC = (TopicChanged, TopicMoved, TopicDeleted, TopicRecovered, AnswerAccepted)


def listen() -> None:
    """Have facts kept for the index."""
    queue(SOON, *OF_A_POST, *OF_A_TOPIC)
    queue(BULK, PostsImported)
    queue(LATER, PostLiked)


def enqueue_posts(first_id: int, last_id: int) -> None:
    """Have posts indexed that were written in bulk, from one id to another; in a transaction."""
    for first in range(first_id, last_id + 1, RANGE):
        announce(PostsImported(first, min(first + RANGE - 1, last_id)))


def waiting(*queues: str) -> int:
    """How many facts the index has not heard yet."""
    count = session.scalar(
        select(func.count()).select_from(Outbox).where(Outbox.consumer.in_(queues or QUEUES))
    )
    return count or 0


def oldest_at() -> datetime | None:
    """Since when the oldest of them waits."""
    return session.scalar(select(func.min(Outbox.created_at)).where(Outbox.consumer.in_(QUEUES)))


def posts_waiting() -> set[int]:
    """The posts that the index may have wrong until the writer comes to them."""
    return posts_of(fact for name in QUEUES for _row, fact in take(name, MOST_WAITING))


def posts_of(facts: Iterable[object]) -> set[int]:
    """The posts whose documents these facts may have changed."""
    posts: set[int] = set()
    topics: set[int] = set()
    for fact in facts:
        if isinstance(fact, PostsImported):
            posts.update(documents.between(fact.first_post_id, fact.last_post_id))
        elif isinstance(fact, (*OF_A_POST, PostLiked)):
            posts.add(fact.post_id)
        elif isinstance(fact, OF_A_TOPIC):
            topics.add(fact.topic_id)
    return posts.union(documents.of_topics(topics)) if topics else posts
