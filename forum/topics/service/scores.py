"""Rebuilding the lists of top topics from views, likes and posts of each period."""

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select

from forum.core import clock
from forum.core.database import session
from forum.topics.models.post import Post
from forum.topics.models.reaction import Like
from forum.topics.models.reading import TopicDay
from forum.topics.models.topic import Topic, TopTopic
from forum.topics.ranking import top_score

DAYS = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}
MOST = 1_000  # topics kept a period


def rebuild() -> None:
    """Score every period anew."""
    session.execute(delete(TopTopic))
    for period, days in DAYS.items():
        _keep(period, _scores_since(clock.now() - timedelta(days=days)))
    _keep("all", _scores_of_all())


def _scores_since(start: datetime) -> dict[int, float]:
    views = _counted(
        select(TopicDay.topic_id, func.sum(TopicDay.views))
        .where(TopicDay.day >= start.date())
        .group_by(TopicDay.topic_id)
    )
    posts = _counted(
        select(Post.topic_id, func.count())
        .where(Post.created_at >= start, Post.deleted_at.is_(None))
        .group_by(Post.topic_id)
    )
    likes = _counted(
        select(Post.topic_id, func.count())
        .join(Like, Like.post_id == Post.id)
        .where(Like.created_at >= start)
        .group_by(Post.topic_id)
    )
    firsts = _counted(
        select(Post.topic_id, func.count())
        .join(Like, Like.post_id == Post.id)
        .where(Like.created_at >= start, Post.number == 1)
        .group_by(Post.topic_id)
    )
    return {
        topic_id: top_score(
            views=views[topic_id],
            first_post_likes=firsts[topic_id],
            likes=likes[topic_id],
            posts=posts[topic_id],
        )
        for topic_id in {*views, *posts, *likes}
    }


def _scores_of_all() -> dict[int, float]:
    rows = session.execute(
        select(Topic.id, Topic.views, Topic.like_count, Topic.posts_count, Post.like_count)
        .join(Post, (Post.topic_id == Topic.id) & (Post.number == 1))
        .where(Topic.deleted_at.is_(None))
    )
    return {
        topic_id: top_score(views=views, first_post_likes=first, likes=likes, posts=posts)
        for topic_id, views, likes, posts, first in rows
    }


def _keep(period: str, scores: dict[int, float]) -> None:
    best = sorted(scores.items(), key=lambda item: (-item[1], -item[0]))[:MOST]
    rows = [{"topic_id": t, "period": period, "score": s} for t, s in best if s > 0]
    if rows:
        session.execute(insert(TopTopic), rows)


def _counted(statement: object) -> Counter[int]:
    rows = session.execute(statement)  # type: ignore[call-overload]
    return Counter({topic_id: int(number) for topic_id, number in rows})
