"""The tags, terms and markets of topics: their ids come with the topics, their names from memory.

Read as relations they would be three statements more on each page of topics.
"""

from functools import cache
from typing import Any

from sqlalchemy import String, cast, func, select
from sqlalchemy.sql.elements import Label

from forum.tags import queries as tags
from forum.tags.models import Tag
from forum.topics.models.topic import Topic, TopicMarket, TopicTag, TopicTerm
from forum.vocabulary import queries as vocabulary
from forum.vocabulary.models import Term


@cache
def tag_ids() -> Label[str]:
    """To be selected with topics; for `tags_of`."""
    return _joined(TopicTag, TopicTag.tag_id).label("tag_ids")


@cache
def term_ids() -> Label[str]:
    """To be selected with topics; for `terms_of`."""
    return _joined(TopicTerm, TopicTerm.term_id).label("term_ids")


@cache
def markets() -> Label[str]:
    """To be selected with topics; for `markets_of`."""
    return _joined(TopicMarket, TopicMarket.country).label("markets")


def tags_of(ids: str | None) -> list[Tag]:
    """Tags by name."""
    return sorted(tags.known(_numbers(ids)), key=lambda tag: tag.name)


def terms_of(ids: str | None) -> list[Term]:
    """Terms in the order of the vocabulary."""
    return sorted(vocabulary.by_ids(_numbers(ids)), key=lambda term: term.position)


def markets_of(codes: str | None) -> list[str]:
    """Countries, as ISO 3166-1 alpha-2."""
    return sorted(codes.split(",")) if codes else []


def _joined(model: Any, column: Any) -> Any:
    values = select(func.aggregate_strings(cast(column, String), ","))
    return values.where(model.topic_id == Topic.id).scalar_subquery()


def _numbers(ids: str | None) -> list[int]:
    return [int(number) for number in ids.split(",")] if ids else []
