"""The only code that touches stored counts; it can also rebuild them.

A category counts the topics that its lists show. A member's figures count only what everyone may
read: whoever looks at them learns nothing of closed places, not even that somebody writes there.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, update

from forum.accounts.models.user import User
from forum.categories.models import Category
from forum.core.database import session, survey
from forum.topics.models.post import Post
from forum.topics.models.reaction import Like
from forum.topics.models.topic import Topic

PARTICIPANTS_SHOWN = 5


def count_topic(topic: Topic) -> None:
    """A topic came, with its first post."""
    _count_in_category(topic, by=1)
    _add_figures(topic, topic.author_id, topic_count=1, post_count=1)


@contextmanager
def counted_anew(topic: Topic) -> Iterator[None]:
    """Around a change of place or state: what the topic counted for before, and after it."""
    _count_in_category(topic, by=-1)
    yield
    session.flush()
    _count_in_category(topic, by=1)
    recount_people(Post.topic_id == topic.id)


def count_reply(topic: Topic, post: Post) -> None:
    """A reply came: the topic moves up."""
    topic.last_posted_at = topic.bumped_at = post.created_at
    topic.last_poster_id = post.author_id
    _count_post(topic, post)
    see_participants(topic)
    count_reply_to(post, by=1)


def count_note(topic: Topic, post: Post) -> None:
    """A line about what was done came: it counts as a post but does not move the topic up."""
    _count_post(topic, post)


def count_lost_reply(topic: Topic, post: Post, *, by: int) -> None:
    """A reply was deleted (-1) or recovered (+1)."""
    topic.posts_count += by
    topic.like_count += by * post.like_count
    topic.version += 1
    last = session.execute(
        select(Post.created_at, Post.author_id)
        .where(Post.topic_id == topic.id, Post.deleted_at.is_(None))
        .order_by(Post.number.desc())
        .limit(1)
    ).one()
    topic.last_posted_at, topic.last_poster_id = last
    session.flush()
    see_participants(topic)
    if _is_counted(topic):
        _add(Category, topic.category_id, post_count=by)
    recount_people(Post.id == post.id)
    count_reply_to(post, by=by)


def count_reply_to(post: Post, *, by: int) -> None:
    """The post that is answered has one answer more or less."""
    if post.reply_to_number is not None:
        session.execute(
            update(Post)
            .where(Post.topic_id == post.topic_id, Post.number == post.reply_to_number)
            .values(reply_count=Post.reply_count + by)
        )


def count_like(post: Post, topic: Topic, *, giver_id: int, by: int) -> None:
    """A like came or went."""
    _add(Post, post.id, like_count=by)
    _add(Topic, topic.id, like_count=by, version=1)
    amounts = {giver_id: {"likes_given": by}, post.author_id: {"likes_received": by}}
    for person_id in sorted(amounts):  # in one order everywhere, so that no two wait for each other
        _add_figures(topic, person_id, **amounts[person_id])


def see_participants(topic: Topic) -> None:
    """Who to draw beside the title: the author, then who wrote most, at last who wrote last."""
    rows = session.execute(
        select(Post.author_id, func.count())
        .where(Post.topic_id == topic.id, Post.deleted_at.is_(None), Post.kind == "regular")
        .group_by(Post.author_id)
        .order_by(func.min(Post.number))
    )
    wrote = Counter({row[0]: row[1] for row in rows})
    topic.participant_count = max(1, len(wrote))
    topic.participant_ids = participants_shown(wrote, topic.author_id, topic.last_poster_id)


def participants_shown(wrote: Counter[int], author_id: int, last_poster_id: int) -> list[int]:
    """The ids to draw; `wrote` is posts by author, in order of their first."""
    others = [i for i, _ in wrote.most_common() if i not in (author_id, last_poster_id)]
    shown = [author_id, *others[: PARTICIPANTS_SHOWN - 2]]
    return shown if last_poster_id in shown else [*shown, last_poster_id]


@dataclass(frozen=True)
class Correction:
    """How many rows of a count were wrong."""

    name: str
    rows: int


def rebuild() -> list[Correction]:
    """Recount everything from the base tables; on a healthy site nothing is corrected."""
    survey(Post, Topic, Like, Category, User)
    alive = Post.deleted_at.is_(None)
    likes = select(func.count()).select_from(Like).where(Like.post_id == Post.id)
    posts = select(func.count()).select_from(Post).where(Post.topic_id == Topic.id, alive)
    topic_likes = select(func.coalesce(func.sum(Post.like_count), 0)).where(
        Post.topic_id == Topic.id, alive
    )
    highest = select(func.coalesce(func.max(Post.number), 1)).where(Post.topic_id == Topic.id)
    topics = select(func.count()).select_from(Topic)
    category_posts = select(func.coalesce(func.sum(Topic.posts_count), 0))
    of_category = (Topic.category_id == Category.id, _counted())
    return [
        _correct(Post, "like_count", likes),
        _correct(Topic, "posts_count", posts),
        _correct(Topic, "like_count", topic_likes),
        _correct(Topic, "highest_post_number", highest),
        _correct(Category, "topic_count", topics.where(*of_category)),
        _correct(Category, "post_count", category_posts.where(*of_category)),
        *(_correct(User, name, truth) for name, truth in _figures().items()),
    ]


def recount_people(posts: ColumnElement[bool]) -> None:
    """Recount the figures of those who wrote or liked some posts, in the order of their ids."""
    wrote = select(Post.author_id).where(posts)
    liked = select(Like.user_id).join(Post, Post.id == Like.post_id).where(posts)
    concerned = or_(User.id.in_(wrote), User.id.in_(liked))
    held = select(User.id).where(concerned).order_by(User.id)
    people = session.scalars(held.with_for_update(key_share=True)).all()
    for name, truth in _figures().items():
        _correct(User, name, truth, User.id.in_(people))


def recount_people_in(category_id: int) -> None:
    """The same for a category that was opened or closed to some."""
    recount_people(Post.topic_id.in_(select(Topic.id).where(Topic.category_id == category_id)))


def _counted() -> ColumnElement[bool]:
    return and_(Topic.deleted_at.is_(None), Topic.listed)


def _is_counted(topic: Topic) -> bool:
    return topic.deleted_at is None and topic.listed


def _figures() -> dict[str, Select[Any]]:
    """A member's figures, each of what everyone may read."""
    count = func.count()
    open_topics = and_(_counted(), Topic.category_id == Category.id, Category.private.is_(False))
    open_posts = and_(Post.topic_id == Topic.id, Post.deleted_at.is_(None), open_topics)
    topics = select(count).select_from(Topic, Category).where(open_topics)
    posts = select(count).select_from(Post, Topic, Category).where(open_posts)
    likes = select(count).select_from(Like, Post, Topic, Category)
    likes = likes.where(Like.post_id == Post.id, open_posts)
    return {
        "topic_count": topics.where(Topic.author_id == User.id),
        "post_count": posts.where(Post.author_id == User.id),
        "likes_given": likes.where(Like.user_id == User.id),
        "likes_received": likes.where(Post.author_id == User.id),
    }


def _correct(
    model: type, column: str, truth: Select[Any], *which: ColumnElement[bool]
) -> Correction:
    right = truth.correlate(model).scalar_subquery()
    done = session.execute(
        update(model)
        .where(getattr(model, column) != right, *which)
        .values({column: right})
        .execution_options(synchronize_session=False)
    )
    return Correction(f"{model.__tablename__}.{column}", done.rowcount)  # type: ignore[attr-defined]


def _count_post(topic: Topic, post: Post) -> None:
    topic.posts_count += 1
    topic.version += 1
    session.flush()
    if _is_counted(topic):
        _add(Category, topic.category_id, post_count=1)
    _add_figures(topic, post.author_id, post_count=1)


def _count_in_category(topic: Topic, *, by: int) -> None:
    if _is_counted(topic):
        _add(Category, topic.category_id, topic_count=by, post_count=by * topic.posts_count)


def _add_figures(topic: Topic, person_id: int, **amounts: int) -> None:
    """Add to a member's figures what everyone may read of a topic: nothing of a closed place."""
    is_open = exists().where(Category.id == topic.category_id, Category.private.is_(False))
    if _is_counted(topic):
        _add(User, person_id, is_open, **amounts)


def _add(model: type, row_id: int, *where: ColumnElement[bool], **amounts: int) -> None:
    session.execute(
        update(model)
        .where(model.id == row_id, *where)  # type: ignore[attr-defined]
        .values({name: getattr(model, name) + amount for name, amount in amounts.items()})
    )
