"""One topic and its posts, in a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, select
from sqlalchemy.orm import contains_eager, joinedload

from forum.accounts import faces
from forum.accounts.faces import Face
from forum.accounts.models.user import User
from forum.categories.policies import Viewer
from forum.core.database import session
from forum.core.errors import NotFound
from forum.tags.models import Tag
from forum.topics import settings
from forum.topics.models.draft import Draft
from forum.topics.models.post import Attachment, Post, Revision
from forum.topics.models.reaction import Like
from forum.topics.models.reading import TopicReading
from forum.topics.models.topic import Topic
from forum.topics.policies import MOST_KEPT, post_visible_to, visible_to
from forum.topics.queries import labels
from forum.topics.queries.posts import chosen_posts, posts_before, posts_from
from forum.vocabulary.models import Term


def find(viewer: Viewer, topic_id: int) -> Topic | None:
    """A topic the viewer may see, with its author."""
    return session.scalar(
        select(Topic)
        .where(Topic.id == topic_id, visible_to(viewer))
        .options(joinedload(Topic.author))
    )


def get(viewer: Viewer, topic_id: int) -> Topic:
    """The same, insisting: invisible and absent look alike."""
    topic = find(viewer, topic_id)
    if topic is None:
        raise NotFound
    return topic


def find_post(viewer: Viewer, post_id: int) -> Post | None:
    """A post the viewer may see, with its topic and author."""
    return session.scalar(
        select(Post)
        .join(Post.topic)
        .where(Post.id == post_id, visible_to(viewer), post_visible_to(viewer))
        .options(contains_eager(Post.topic), joinedload(Post.author))
    )


def get_post(viewer: Viewer, post_id: int) -> Post:
    """The same, insisting."""
    post = find_post(viewer, post_id)
    if post is None:
        raise NotFound
    return post


def post_by_number(viewer: Viewer, topic_id: int, number: int) -> Post:
    """A post by its place in a topic."""
    post_id = session.scalar(
        select(Post.id).where(Post.topic_id == topic_id, Post.number == number)
    )
    return get_post(viewer, post_id or 0)


@dataclass
class Head:
    """A topic with what stands beside its title, the viewer's mark, and whether he began a reply."""

    topic: Topic
    mark: TopicReading | None
    has_draft: bool
    tags: Sequence[Tag]
    terms: Sequence[Term]
    markets: Sequence[str]


@dataclass
class Thread(Head):
    """What a topic page draws; `has_later` says whether visible posts follow the last one."""

    posts: Sequence[Post]
    liked_ids: frozenset[int]
    accepted: Post | None
    faces: dict[int, Face]  # of all who stand on the page, by id
    has_later: bool = False

    @property
    def participants(self) -> list[Face]:
        return [self.faces[i] for i in self.topic.participant_ids if i in self.faces]

    @property
    def first_number(self) -> int:
        return self.posts[0].number if self.posts else 1

    @property
    def last_number(self) -> int:
        return self.posts[-1].number if self.posts else 1

    @property
    def last_read(self) -> int:
        return self.mark.last_read_number if self.mark else 0

    @property
    def has_earlier(self) -> bool:
        """The first post is seen by whoever sees the topic, so only numbers count."""
        return bool(self.posts) and self.posts[0].number > 1


def open_at(viewer: Viewer, topic_id: int, number: int | None = None) -> Thread:
    """A topic around a post number: without one, its beginning."""
    head = _head(viewer, topic_id)
    size = settings.POSTS_PER_PAGE()
    number = max(1, min(number or 1, head.topic.highest_post_number))
    start = 1 if number <= size // 2 else number - size // 4
    start = max(1, min(start, head.topic.highest_post_number - size + 1))
    posts, liked = posts_from(viewer, topic_id, start, size + 1)
    return _thread(head, posts[:size], liked, has_later=len(posts) > size)


def after(viewer: Viewer, topic_id: int, number: int) -> Thread:
    """The posts that follow a number."""
    head = _head(viewer, topic_id)
    size = settings.POSTS_PER_PAGE()
    posts, liked = posts_from(viewer, topic_id, number + 1, size + 1)
    return _thread(head, posts[:size], liked, has_later=len(posts) > size)


def before(viewer: Viewer, topic_id: int, number: int) -> Thread:
    """The posts that come before a number."""
    head = _head(viewer, topic_id)
    posts, liked = posts_before(viewer, topic_id, number, settings.POSTS_PER_PAGE())
    return _thread(head, posts, liked)


def one(viewer: Viewer, post_id: int) -> Thread:
    """A single post with what its drawing needs, for the page that heard of it."""
    post = get_post(viewer, post_id)
    head = _head(viewer, post.topic_id)
    posts, liked = posts_from(viewer, post.topic_id, post.number, 1)
    return _thread(head, posts, liked)


def some(viewer: Viewer, topic_id: int, post_ids: Sequence[int]) -> Thread:
    """Chosen posts of a topic, as far as the viewer may see them."""
    head = _head(viewer, topic_id)
    numbers = session.scalars(
        select(Post.number).where(Post.topic_id == topic_id, Post.id.in_(post_ids))
    ).all()
    posts, liked = chosen_posts(viewer, topic_id, numbers)
    return _thread(head, posts, liked)


def stream(viewer: Viewer, topic: Topic) -> list[int]:
    """The ids of all posts the viewer may see, in order."""
    return list(
        session.scalars(
            select(Post.id)
            .where(Post.topic_id == topic.id, post_visible_to(viewer))
            .order_by(Post.number)
        )
    )


def revisions(post: Post) -> list[Revision]:
    """The earlier versions of a post, oldest first."""
    return list(
        session.scalars(
            select(Revision)
            .where(Revision.post_id == post.id)
            .options(joinedload(Revision.editor))
            .order_by(Revision.version)
        )
    )


def attachment(viewer: Viewer, attachment_id: int) -> Attachment:
    """A file, for whoever may see its post."""
    found = session.scalar(
        select(Attachment)
        .join(Post, Post.id == Attachment.post_id)
        .join(Topic, Topic.id == Post.topic_id)
        .where(Attachment.id == attachment_id, visible_to(viewer), post_visible_to(viewer))
    )
    if found is None:
        raise NotFound
    return found


def authors_liking(post: Post, most: int = 20) -> list[User]:
    """Who liked a post, latest first."""
    return list(
        session.scalars(
            select(User)
            .join(Like, Like.user_id == User.id)
            .where(Like.post_id == post.id)
            .order_by(Like.created_at.desc())
            .limit(most)
        )
    )


def _head(viewer: Viewer, topic_id: int) -> Head:
    row = session.execute(
        _of_topic(visible_to(viewer)),
        {"topic_id": topic_id, "viewer_id": viewer.id or 0, "draft_key": f"topic_{topic_id}"},
    ).first()
    if row is None:
        raise NotFound
    return Head(
        topic=row.Topic,
        mark=row.TopicReading,
        has_draft=row.has_draft,
        tags=labels.tags_of(row.tag_ids),
        terms=labels.terms_of(row.term_ids),
        markets=labels.markets_of(row.markets),
    )


@lru_cache(maxsize=MOST_KEPT)
def _of_topic(seen: ColumnElement[bool]) -> Select[Any]:
    marks = and_(TopicReading.topic_id == Topic.id, TopicReading.user_id == bindparam("viewer_id"))
    begun = exists().where(
        Draft.user_id == bindparam("viewer_id"), Draft.key == bindparam("draft_key")
    )
    statement: Any = (
        select(
            Topic,
            TopicReading,
            begun.label("has_draft"),
            labels.tag_ids(),
            labels.term_ids(),
            labels.markets(),
        )
        .outerjoin(TopicReading, marks)
        .where(Topic.id == bindparam("topic_id"), seen)
    )
    return statement


def _thread(
    head: Head, posts: list[Post], liked: frozenset[int], *, has_later: bool = False
) -> Thread:
    topic = head.topic
    accepted = _accepted(topic, posts)
    people = {*topic.participant_ids, topic.author_id, *(post.author_id for post in posts)}
    if accepted is not None:
        people.add(accepted.author_id)
    return Thread(
        **vars(head),
        posts=posts,
        liked_ids=liked,
        accepted=accepted,
        faces=faces.by_ids(people),
        has_later=has_later,
    )


def _accepted(topic: Topic, posts: list[Post]) -> Post | None:
    """The answer, drawn below the question: read apart only when it is not on the page."""
    if topic.accepted_post_id is None or not posts or posts[0].number != 1:
        return None
    for post in posts:
        if post.id == topic.accepted_post_id:
            return post
    return session.scalar(
        select(Post).where(Post.id == topic.accepted_post_id, Post.deleted_at.is_(None))
    )
