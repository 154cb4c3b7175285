"""Changes to tags that reach the topics with them."""

from sqlalchemy import delete, insert, select, update

from forum.accounts.models.user import User
from forum.core.database import session
from forum.core.errors import require
from forum.core.signals import announce
from forum.tags import service as tags
from forum.tags.models import Tag
from forum.tags.policies import can_manage
from forum.topics.models.topic import Topic, TopicTag
from forum.topics.signals import TopicChanged


def merge(tag: Tag, *, into: Tag, by: User) -> None:
    """Put another tag on every topic with this one, which becomes its synonym."""
    require(can_manage(by))
    touched = _touch(tag, by=by)
    already = set(session.scalars(select(TopicTag.topic_id).where(TopicTag.tag_id == into.id)))
    rows = [{"topic_id": i, "tag_id": into.id} for i in touched if i not in already]
    session.execute(delete(TopicTag).where(TopicTag.tag_id == tag.id))
    if rows and tag.id != into.id:
        session.execute(insert(TopicTag), rows)
    tags.absorb(tag, into=into, by=by)


def remove(tag: Tag, *, by: User) -> None:
    """Take a tag off every topic, and delete it."""
    require(can_manage(by))
    _touch(tag, by=by)
    tags.remove(tag, by=by)


def relabel(tag: Tag, *, by: User, label_fr: str, label_en: str, synonyms: list[str]) -> None:
    """Other labels and synonyms; the topics with it are drawn and found anew."""
    tags.change(tag, by=by, label_fr=label_fr, label_en=label_en, synonyms=synonyms)
    _touch(tag, by=by)


def _touch(tag: Tag, *, by: User) -> list[int]:
    """Say of every topic with the tag that it changed; gives their ids."""
    tagged = select(TopicTag.topic_id).where(TopicTag.tag_id == tag.id)
    touched = session.execute(select(Topic.id, Topic.category_id).where(Topic.id.in_(tagged))).all()
    session.execute(update(Topic).where(Topic.id.in_(tagged)).values(version=Topic.version + 1))
    for topic_id, category_id in touched:
        announce(TopicChanged(topic_id, category_id, by.id))
    return [topic_id for topic_id, _category in touched]
