"""The stored counts of what an import touched, as `topics.counters` would have counted one by one."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, select, update

from forum.accounts.models.user import User
from forum.categories.models import Category
from forum.core.database import session
from forum.topics.counters import participants_shown
from forum.topics.models.post import REGULAR, Post
from forum.topics.models.topic import Topic


@dataclass(frozen=True)
class Standing:
    """What a topic counts for in its category and for its authors."""

    category_id: int
    author_id: int
    is_open: bool  # to everyone: what is not, members' figures do not tell
    posts_by_author: Counter[int]


def standings(topic_ids: Collection[int]) -> dict[int, Standing]:
    """The topics that count, each with its living posts."""
    topics = session.execute(
        select(Topic.id, Topic.category_id, Topic.author_id, Category.private)
        .join(Topic.category)
        .where(Topic.id.in_(topic_ids), Topic.deleted_at.is_(None), Topic.listed)
    )
    found = {
        row.id: Standing(row.category_id, row.author_id, not row.private, Counter())
        for row in topics
    }
    posts = session.execute(
        select(Post.topic_id, Post.author_id).where(
            Post.topic_id.in_(found), Post.deleted_at.is_(None)
        )
    )
    for row in posts:
        found[row.topic_id].posts_by_author[row.author_id] += 1
    return found


def recount(topic_ids: Collection[int], *, before: dict[int, Standing]) -> None:
    """Bring topics, their posts, categories and authors up to date with posts just kept."""
    _recount_topics(topic_ids)
    _add_difference(before.values(), standings(topic_ids).values())


def _recount_topics(topic_ids: Collection[int]) -> None:
    topics = session.execute(
        select(Topic.id, Topic.author_id, Topic.bumped_at, Topic.version).where(
            Topic.id.in_(topic_ids)
        )
    ).all()
    posts = defaultdict(list)
    for post in session.execute(
        select(
            Post.topic_id, Post.id, Post.number, Post.author_id, Post.created_at, Post.like_count,
            Post.kind, Post.deleted_at, Post.reply_to_number,
        )
        .where(Post.topic_id.in_(topic_ids))
        .order_by(Post.number)
    ):  # fmt: skip
        posts[post.topic_id].append(post)
    answers = []
    rows = []
    for topic in topics:
        everything = posts[topic.id]
        alive = [post for post in everything if post.deleted_at is None] or everything[:1]
        answered = Counter(post.reply_to_number for post in alive if post.reply_to_number)
        answers += [
            {"row_id": post.id, "reply_count": answered[post.number]}
            for post in everything
            if answered[post.number]
        ]
        wrote = Counter(post.author_id for post in alive if post.kind == REGULAR)
        last = alive[-1]
        rows.append(
            {
                "row_id": topic.id,
                "highest_post_number": everything[-1].number,
                "posts_count": sum(post.deleted_at is None for post in everything),
                "like_count": sum(p.like_count for p in everything if p.deleted_at is None),
                "last_posted_at": last.created_at,
                "last_poster_id": last.author_id,
                "bumped_at": max(topic.bumped_at, last.created_at),
                "participant_count": max(1, len(wrote)),
                "participant_ids": participants_shown(wrote, topic.author_id, last.author_id),
                "version": topic.version + 1,
            }
        )
    _update(Topic, rows)
    _update(Post, answers)


def _add_difference(before: Iterable[Standing], after: Iterable[Standing]) -> None:
    categories: dict[int, Counter[str]] = defaultdict(Counter)
    users: dict[int, Counter[str]] = defaultdict(Counter)
    for sign, standings_then in ((-1, before), (1, after)):
        for standing in standings_then:
            categories[standing.category_id]["topic_count"] += sign
            categories[standing.category_id]["post_count"] += (
                sign * standing.posts_by_author.total()
            )
            if not standing.is_open:
                continue
            users[standing.author_id]["topic_count"] += sign
            for author_id, count in standing.posts_by_author.items():
                users[author_id]["post_count"] += sign * count
    _add(Category, categories)
    _add(User, users)


def _add(model: type[Category] | type[User], amounts: dict[int, Counter[str]]) -> None:
    rows = [
        {"row_id": row_id, "topics": more["topic_count"], "posts": more["post_count"]}
        for row_id, more in amounts.items()
    ]
    if rows:
        table = model.__table__
        session.connection().execute(
            update(table)  # type: ignore[arg-type]
            .where(table.c.id == bindparam("row_id"))
            .values(
                topic_count=table.c.topic_count + bindparam("topics"),
                post_count=table.c.post_count + bindparam("posts"),
            ),
            rows,
        )


def _update(model: type[Topic] | type[Post], rows: list[dict[str, object]]) -> None:
    if rows:
        table = model.__table__
        columns = {
            name: bindparam(f"new_{name}", type_=table.c[name].type)
            for name in rows[0]
            if name != "row_id"
        }
        session.connection().execute(
            update(table).where(table.c.id == bindparam("row_id")).values(columns),  # type: ignore[arg-type]
            [
                {
                    (name if name == "row_id" else f"new_{name}"): value
                    for name, value in row.items()
                }
                for row in rows
            ],
        )
