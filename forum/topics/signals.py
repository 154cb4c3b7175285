"""What happens in discussions."""

from dataclasses import dataclass

from forum.core.signals import Personal


@dataclass(frozen=True)
class TopicCreated:
    """A topic and its first post exist."""

    topic_id: int
    post_id: int
    category_id: int
    author_id: int


@dataclass(frozen=True)
class TopicChanged:
    """Title, tags, state, place or answer of a topic is another."""

    topic_id: int
    category_id: int
    by_id: int


@dataclass(frozen=True)
class TopicMoved:
    """A topic is in another category."""

    topic_id: int
    from_category_id: int
    to_category_id: int


@dataclass(frozen=True)
class TopicDeleted:
    """A topic is gone for everyone but staff."""

    topic_id: int
    category_id: int
    by_id: int


@dataclass(frozen=True)
class TopicRecovered:
    """A deleted topic is back."""

    topic_id: int
    category_id: int
    by_id: int


@dataclass(frozen=True)
class PostCreated:
    """A reply exists. The first post of a topic is told by `TopicCreated`."""

    topic_id: int
    post_id: int
    number: int
    category_id: int
    author_id: int


@dataclass(frozen=True)
class PostEdited:
    """A post says something else."""

    topic_id: int
    post_id: int
    category_id: int
    by_id: int


@dataclass(frozen=True)
class PostDeleted:
    """A reply is gone for everyone but staff and its author."""

    topic_id: int
    post_id: int
    category_id: int
    by_id: int


@dataclass(frozen=True)
class PostRecovered:
    """A deleted reply is back."""

    topic_id: int
    post_id: int
    category_id: int
    by_id: int


@dataclass(frozen=True)
class PostLiked:
    """A post's likes are another number; `liked` says which way."""

    topic_id: int
    post_id: int
    by_id: int
    liked: bool


@dataclass(frozen=True)
class AnswerAccepted:
    """A question has its answer."""

    topic_id: int
    post_id: int
    by_id: int


@dataclass(frozen=True)
class TopicRead(Personal):
    """A member read further in a topic."""

    topic_id: int
    user_id: int
    number: int
