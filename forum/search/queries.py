"""Reading what search speaks of, always as far as the viewer may see."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from forum.accounts.models.user import User
from forum.categories import queries as categories
from forum.categories.models import Category
from forum.categories.policies import Viewer
from forum.core.database import session
from forum.search.analysis import folded
from forum.tags import queries as tags
from forum.tags.models import Tag
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic, TopicTag
from forum.topics.policies import listed_to, post_visible_to

PART = 5_000


def posts(viewer: Viewer, post_ids: Collection[int]) -> dict[int, Post]:
    """Those of the posts that the viewer may find, with topic and author."""
    rows = session.scalars(
        select(Post)
        .join(Post.topic)
        .where(Post.id.in_(post_ids), listed_to(viewer), post_visible_to(viewer))
        .options(
            contains_eager(Post.topic).selectinload(Topic.tags),
            joinedload(Post.author),
        )
    )
    return {post.id: post for post in rows}


def by_views(topic_ids: Sequence[int]) -> list[int]:
    """The topics, the most read first."""
    views: dict[int, int] = {}
    for start in range(0, len(topic_ids), PART):
        part = topic_ids[start : start + PART]
        rows = session.execute(select(Topic.id, Topic.views).where(Topic.id.in_(part)))
        views.update({row.id: row.views for row in rows})
    return sorted(topic_ids, key=lambda topic_id: (-views.get(topic_id, 0), topic_id))


def author(viewer: Viewer, username: str) -> User | None:
    """A member by name; someone an import brought only where the viewer may read him."""
    return session.scalar(
        select(User).where(User.username_lower == username.lower(), _known_to(viewer))
    )


def authors(viewer: Viewer, user_ids: Collection[int]) -> list[User]:
    """Several members by id, as far as the viewer may know them."""
    return list(session.scalars(select(User).where(User.id.in_(user_ids), _known_to(viewer))))


def _known_to(viewer: Viewer) -> ColumnElement[bool]:
    readable = (
        exists()
        .where(Post.author_id == User.id, Post.topic_id == Topic.id)
        .where(listed_to(viewer), Post.deleted_at.is_(None))
    )
    return or_(User.staged.is_(False), readable)


def category_with_children(viewer: Viewer, slug: str) -> list[Category]:
    """A category by its slug or name, then those inside it; none when the viewer sees none."""
    wanted, known = folded(slug), categories.known(viewer)
    for category in known:
        names = {category.slug, folded(category.name_fr), folded(category.name_en)}
        if wanted in names:
            return [category, *(child for child in known if child.parent_id == category.id)]
    return []


def tag(viewer: Viewer, name: str) -> Tag | None:
    """A tag by any of its words, if the viewer may see a topic that has it."""
    found = tags.find(name)
    if found is None or not tags_in_sight(viewer, [found.id]):
        return None
    return found


def tags_in_sight(viewer: Viewer, tag_ids: Collection[int]) -> set[int]:
    """Those of the tags that a topic has which the viewer may see."""
    used = exists().where(
        TopicTag.tag_id == Tag.id, Topic.id == TopicTag.topic_id, listed_to(viewer)
    )
    return set(session.scalars(select(Tag.id).where(Tag.id.in_(tag_ids), used)))
