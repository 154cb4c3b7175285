"""The only code that touches stored counts; it can also rebuild them."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select, update

from forum.accounts.models.user import User
from forum.categories.models import Category
from forum.core.database import session
from forum.topics.models.post import Post
from forum.topics.models.reaction import Like
from forum.topics.models.topic import Topic

PARTICIPANTS_SHOWN = 5


def count_topic(topic: Topic, *, by: int = 1) -> None:
    """A topic came (or went, with -1), with all its posts."""
    _add(Category, topic.category_id, topic_count=by, post_count=by * topic.posts_count)
    _add(User, topic.author_id, topic_count=by)


def count_first_post(post: Post) -> None:
    """The first post counts for its author."""
    _add(User, post.author_id, post_count=1)


def count_reply(topic: Topic, post: Post) -> None:
    """A reply came: the topic moves up."""
    topic.posts_count += 1
    topic.last_posted_at = topic.bumped_at = post.created_at
    topic.last_poster_id = post.author_id
    topic.version += 1
    session.flush()
    see_participants(topic)
    _add(Category, topic.category_id, post_count=1)
    _add(User, post.author_id, post_count=1)
    count_reply_to(post, by=1)


def count_note(topic: Topic, post: Post) -> None:
    """A line about what was done came: it counts as a post but does not move the topic up."""
    topic.version += 1
    _add(Category, topic.category_id, post_count=1)
    _add(User, post.author_id, post_count=1)


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
    _add(Category, topic.category_id, post_count=by)
    _add(User, post.author_id, post_count=by)
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
    _add(User, giver_id, likes_given=by)
    _add(User, post.author_id, likes_received=by)


def count_move(topic: Topic, *, from_id: int, to_id: int) -> None:
    """A topic changed category."""
    _add(Category, from_id, topic_count=-1, post_count=-topic.posts_count)
    _add(Category, to_id, topic_count=1, post_count=topic.posts_count)


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
    alive = Post.deleted_at.is_(None)
    likes = select(func.count()).select_from(Like).where(Like.post_id == Post.id)
    posts = select(func.count()).select_from(Post).where(Post.topic_id == Topic.id, alive)
    topic_likes = select(func.coalesce(func.sum(Post.like_count), 0)).where(
        Post.topic_id == Topic.id, alive
    )
    highest = select(func.coalesce(func.max(Post.number), 1)).where(Post.topic_id == Topic.id)
    kept = Topic.deleted_at.is_(None)
    topics = select(func.count()).select_from(Topic)
    category_posts = select(func.coalesce(func.sum(Topic.posts_count), 0))
    of_category = (Topic.category_id == Category.id, kept)
    own_posts = (
        select(func.count())
        .select_from(Post)
        .join(Topic, Topic.id == Post.topic_id)
        .where(Post.author_id == User.id, alive, kept)
    )
    given = select(func.count()).select_from(Like).where(Like.user_id == User.id)
    received = select(func.coalesce(func.sum(Post.like_count), 0)).where(Post.author_id == User.id)
    return [
        _correct(Post, "like_count", likes),
        _correct(Topic, "posts_count", posts),
        _correct(Topic, "like_count", topic_likes),
        _correct(Topic, "highest_post_number", highest),
        _correct(Category, "topic_count", topics.where(*of_category)),
        _correct(Category, "post_count", category_posts.where(*of_category)),
        _correct(User, "topic_count", topics.where(Topic.author_id == User.id, kept)),
        _correct(User, "post_count", own_posts),
        _correct(User, "likes_given", given),
        _correct(User, "likes_received", received),
    ]


def _correct(model: type, column: str, truth: object) -> Correction:
    right = truth.scalar_subquery()  # type: ignore[attr-defined]
    done = session.execute(
        update(model)
        .where(getattr(model, column) != right)
        .values({column: right})
        .execution_options(synchronize_session=False)
    )
    return Correction(f"{model.__tablename__}.{column}", done.rowcount)  # type: ignore[attr-defined]


def _add(model: type, row_id: int, **amounts: int) -> None:
    session.execute(
        update(model)
        .where(model.id == row_id)  # type: ignore[attr-defined]
        .values({name: getattr(model, name) + amount for name, amount in amounts.items()})
    )
