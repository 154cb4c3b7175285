"""The archives as a community of any size: whole threads drawn again and again, as others.

A thread drawn again has ids, days and authors of its own; its title and texts are the real ones.
What search never reads, the text as typed and as drawn, is left out of it.
"""

import random
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, literal, null, select, text

from bench.search import archive
from forum.accounts.models.user import User
from forum.cli.serving import bring_up_to_date
from forum.core.database import db, session, transaction
from forum.topics.models.post import Attachment, Post
from forum.topics.models.topic import Topic, TopicTag

FORMAT = "1"
SEED = 1848
# Of all threads, so many are drawn in a round.
SHARE = 0.6
DAYS = 400
TIMES = {"created_at", "bumped_at", "last_posted_at"}
PEOPLE = {"author_id", "last_poster_id"}
NOTHING = {"raw": "", "cooked": "", "import_key": None}


def folder(work: Path, posts: int) -> Path:
    """The instance with about so many posts, made when it is not there; its index is not built."""
    made = work / f"threads-{posts}"
    source = archive.folder(work)
    mark = f"{archive.FORMAT} {FORMAT}"
    if not archive.is_made(made, mark):
        with archive.making(made, mark) as app, app.app_context():
            shutil.copy2(source / archive.DATABASE, made / archive.DATABASE)
            bring_up_to_date()
            resize(posts)
            archive.settle()
    return made


def resize(posts: int) -> None:
    """Bring the community in the database of this process to about so many posts."""
    chance = random.Random(SEED)
    sizes = dict(session.execute(select(Topic.id, Topic.posts_count).order_by(Topic.id)).all())
    there = sum(sizes.values())
    if there > posts:
        with transaction():
            _leave_out(set(sizes) - set(_drawn(sizes, posts, chance)))
        return
    rounds = _Rounds()
    while there < posts:
        some = chance.sample(sorted(sizes), int(len(sizes) * SHARE))
        drawn = _drawn({topic_id: sizes[topic_id] for topic_id in some}, posts - there, chance)
        with transaction():
            rounds.add(drawn)
        there += sum(sizes[topic_id] for topic_id in drawn)


def _drawn(sizes: dict[int, int], most: int, chance: random.Random) -> list[int]:
    """Threads in any order, until there are so many posts."""
    topics, drawn, count = list(sizes), [], 0
    chance.shuffle(topics)
    for topic_id in topics:
        if count >= most:
            break
        drawn.append(topic_id)
        count += sizes[topic_id]
    return drawn


def _leave_out(topics: set[int]) -> None:
    posts = select(Post.id).where(Post.topic_id.in_(topics))
    session.execute(delete(Attachment).where(Attachment.post_id.in_(posts)))
    session.execute(delete(TopicTag).where(TopicTag.topic_id.in_(topics)))
    session.execute(delete(Post).where(Post.topic_id.in_(topics)))
    session.execute(delete(Topic).where(Topic.id.in_(topics)))


class _Rounds:
    """Draws threads of the archive as new ones."""

    def __init__(self) -> None:
        self.topics = session.scalar(select(func.max(Topic.id))) or 0
        self.posts = session.scalar(select(func.max(Post.id))) or 0
        # Accounts were made one after the other, so no number between is missing.
        self.first, last = session.execute(select(func.min(User.id), func.max(User.id))).one()
        self.people = last - self.first + 1
        self.done = 0

    def add(self, topic_ids: Sequence[int]) -> None:
        """These threads once more."""
        self.done += 1
        topics, posts = self.topics * self.done, self.posts * self.done
        topic, post, tag = (model.__table__ for model in (Topic, Post, TopicTag))
        days = (post.c.topic_id * 7919 + self.done * 131) % DAYS
        of_topic = (topic.c.id * 7919 + self.done * 131) % DAYS
        self._again(
            topic,
            {"id": topic.c.id + topics, "accepted_post_id": topic.c.accepted_post_id + posts},
            of_topic,
            topic.c.id.in_(topic_ids),
        )
        self._again(
            post,
            {"id": post.c.id + posts, "topic_id": post.c.topic_id + topics},
            days,
            post.c.topic_id.in_(topic_ids),
        )
        self._again(
            tag, {"topic_id": tag.c.topic_id + topics}, literal(0), tag.c.topic_id.in_(topic_ids)
        )

    def _again(
        self, table: Any, other: dict[str, Any], days: Any, where: ColumnElement[bool]
    ) -> None:
        values = [self._value(column, other, days) for column in table.columns]
        session.execute(
            insert(table).from_select([c.name for c in table.columns], select(*values).where(where))
        )

    def _value(self, column: Any, other: dict[str, Any], days: Any) -> Any:
        if column.name in other:
            return other[column.name]
        if column.name in NOTHING:
            return literal(NOTHING[column.name]) if NOTHING[column.name] is not None else null()
        if column.name in TIMES:
            return _later(column, days)
        if column.name in PEOPLE:
            return (column * 31 + self.done * 17) % self.people + self.first
        return column


def _later(column: Any, days: Any) -> Any:
    if db.engine.dialect.name == "postgresql":
        return column + days * text("interval '1 day'")
    return func.strftime("%Y-%m-%d %H:%M:%f000", column, func.format("+%d days", days))
