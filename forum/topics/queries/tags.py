"""Tags as a viewer knows them: counted over the topics he may see.

A tag is known to whoever may list a topic with it, or when it is on no topic at all: words of a
closed category are told to nobody outside.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import selectinload

from forum.categories.policies import Viewer
from forum.core.database import session
from forum.core.errors import NotFound
from forum.core.text import fold
from forum.tags import queries as tags
from forum.tags.models import Tag
from forum.topics.models.topic import Topic, TopicTag
from forum.topics.policies import listed_to

SUGGESTED = 8


@dataclass(frozen=True)
class Counted:
    """A tag and the number of topics with it that the viewer may list."""

    tag: Tag
    count: int


def used(viewer: Viewer) -> list[Counted]:
    """The tags of the topics the viewer may list, by label."""
    rows = session.execute(
        select(Tag, func.count())
        .join(TopicTag, TopicTag.tag_id == Tag.id)
        .join(Topic, Topic.id == TopicTag.topic_id)
        .where(listed_to(viewer))
        .group_by(Tag.id)
    )
    return sorted((Counted(tag, count) for tag, count in rows), key=_by_label)


def counts(viewer: Viewer) -> dict[int, int]:
    """Tag id to the number of topics with it that the viewer may list."""
    return {counted.tag.id: counted.count for counted in used(viewer)}


def suggest(viewer: Viewer, typed: str, most: int = SUGGESTED) -> list[Tag]:
    """The known tags that a beginning may mean, the best first."""
    ids = tags.beginning_with(typed)
    # Most candidates are known, so a few more than wanted are enough to choose from.
    for start in range(0, len(ids), 100):
        batch = ids[start : start + 100]
        rows = session.scalars(select(Tag).where(Tag.id.in_(batch), known_to(viewer)))
        found = {tag.id: tag for tag in rows}
        if found:
            return [found[tag_id] for tag_id in batch if tag_id in found][:most]
    return []


def find(viewer: Viewer, typed: str) -> Tag | None:
    """A known tag by any of its words."""
    tag_id = tags.lexicon().find(typed)
    if tag_id is None:
        return None
    return session.scalar(select(Tag).where(Tag.id == tag_id, known_to(viewer)))


def known(viewer: Viewer) -> list[Tag]:
    """Every tag the viewer may be told of, used or not, with its synonyms, by name."""
    rows = select(Tag).where(known_to(viewer)).options(selectinload(Tag.synonyms))
    return list(session.scalars(rows.order_by(Tag.name)))


def get_known(viewer: Viewer, tag_id: int) -> Tag:
    """One of them by id."""
    rows = select(Tag).where(Tag.id == tag_id, known_to(viewer))
    tag = session.scalar(rows.options(selectinload(Tag.synonyms)))
    if tag is None:
        raise NotFound
    return tag


def known_to(viewer: Viewer) -> ColumnElement[bool]:
    """Whether a viewer may be told of a tag."""
    tagged = select(TopicTag.topic_id).where(TopicTag.tag_id == Tag.id)
    listed = tagged.join(Topic, Topic.id == TopicTag.topic_id).where(listed_to(viewer))
    return or_(exists(listed), ~exists(tagged))


def _by_label(counted: Counted) -> str:
    return fold(counted.tag.label)
