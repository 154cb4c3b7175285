"""Topics and replies, made as members make them: facts are announced and handlers run."""

from itertools import count
from typing import Any

from forum.core.database import transaction
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic
from forum.topics.service import posts, reactions, topics

_numbers = count(1)


def make_topic(author: Any, category: Any, raw: str = "", **details: Any) -> Topic:
    """A topic with its first post."""
    number = next(_numbers)
    title = details.pop("title", f"What is the best opening, number {number}?")
    raw = raw or f"I would like to hear your experience, number {number}."
    with transaction():
        return topics.create(
            author=author, category_id=category.id, title=title, raw=raw, **details
        )


def make_reply(topic: Topic, author: Any, raw: str = "", **details: Any) -> Post:
    """An answer."""
    raw = raw or f"Here is what I have learnt so far, number {next(_numbers)}."
    with transaction():
        return posts.reply(topic, author=author, raw=raw, **details)


def like(post: Post, topic: Topic, by: Any) -> None:
    """A like."""
    with transaction():
        reactions.like(post, topic, by=by)
