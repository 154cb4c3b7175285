"""What posts say to the index, read from the database in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from forum.core.database import session
from forum.search.analysis import LANGUAGES
from forum.search.backend import Document
from forum.topics.models.post import REGULAR, Post
from forum.topics.models.topic import Topic, TopicMarket, TopicTag, TopicTerm

SIZE = 500


def load(post_ids: Collection[int]) -> list[Document]:
    """The documents of these posts; whatever may not be found by anyone has none."""
    wanted = sorted(set(post_ids))
    found: list[Document] = []
    for start in range(0, len(wanted), SIZE):
        found += _documents(_posts(*_COLUMNS).where(Post.id.in_(wanted[start : start + SIZE])))
    return found


def everything() -> Iterator[list[Document]]:
    """All documents, oldest post first, some at a time."""
    last = 0
    while found := _documents(_posts(*_COLUMNS).where(Post.id > last).limit(SIZE)):
        yield found
        last = found[-1].id


def count() -> int:
    """How many posts have a document."""
    return session.scalar(_posts(func.count(Post.id)).order_by(None)) or 0


def ids() -> set[int]:
    """The posts that have a document."""
    return {post_id for rows in _id_pages() for post_id in rows}


def of_topics(topic_ids: Collection[int]) -> list[int]:
    """The posts of topics, with or without a document."""
    return list(session.scalars(select(Post.id).where(Post.topic_id.in_(topic_ids))))


def between(first_id: int, last_id: int) -> list[int]:
    """The posts from one to another."""
    return list(session.scalars(select(Post.id).where(Post.id.between(first_id, last_id))))


def _documents(posts: Select[Any]) -> list[Document]:
    rows = session.execute(posts).all()
    topic_ids = {row.topic_id for row in rows}
    tags = _of_topics(TopicTag.topic_id, TopicTag.tag_id, topic_ids)
    terms = _of_topics(TopicTerm.topic_id, TopicTerm.term_id, topic_ids)
    markets = _of_topics(TopicMarket.topic_id, TopicMarket.country, topic_ids)
    return [
        Document(
            id=row.id,
            topic_id=row.topic_id,
            category_id=row.category_id,
            author_id=row.author_id,
            number=row.number,
            lang=_known(row.lang),
            text=row.text,
            title=row.title,
            title_lang=_known(row.title_lang),
            kind=row.kind,
            listed=row.listed,
            created_at=row.created_at,
            likes=row.like_count,
            tags=tags[row.topic_id],
            knowhow=terms[row.topic_id],
            markets=markets[row.topic_id],
            marks=_marks(row),
        )
        for row in rows
    ]


def _posts(*columns: Any) -> Select[Any]:
    """What may be found by someone: neither deleted nor a note of the house."""
    return (
        select(*columns)
        .join(Topic, Topic.id == Post.topic_id)
        .where(Post.kind == REGULAR, Post.deleted_at.is_(None), Topic.deleted_at.is_(None))
        .order_by(Post.id)
    )


def _id_pages(size: int = 10_000) -> Iterator[Sequence[int]]:
    last = 0
    while rows := session.scalars(_posts(Post.id).where(Post.id > last).limit(size)).all():
        yield rows
        last = rows[-1]


def _of_topics(owner: Any, value: Any, topic_ids: set[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for topic_id, thing in session.execute(select(owner, value).where(owner.in_(topic_ids))):
        found[topic_id].append(str(thing))
    return found


def _marks(row: Any) -> list[str]:
    truths = {
        "first": row.number == 1,
        "solved": row.accepted_post_id is not None,
        "answer": row.accepted_post_id == row.id,
        "closed": row.closed_at is not None,
        "archived": row.archived_at is not None,
    }
    return [name for name, true in truths.items() if true]


def _known(lang: str) -> str:
    return lang if lang in LANGUAGES else LANGUAGES[0]


_COLUMNS = (
    Post.id,
    Post.topic_id,
    Post.author_id,
    Post.number,
    Post.lang,
    Post.text,
    Post.like_count,
    Post.created_at,
    Topic.category_id,
    Topic.title,
    Topic.lang.label("title_lang"),
    Topic.kind.label("kind"),
    Topic.listed,
    Topic.accepted_post_id,
    Topic.closed_at,
    Topic.archived_at,
)
