"""Lists of topics: latest, new, unread, top, by category, tag, author."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    UnaryExpression,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
)

from forum.accounts import faces
from forum.accounts.faces import Face
from forum.accounts.models.user import User
from forum.categories.models import Category
from forum.categories.policies import Viewer
from forum.core.database import session
from forum.core.paging import Page, page
from forum.tags.models import Tag
from forum.topics import settings
from forum.topics.models.reading import MUTED, TopicReading
from forum.topics.models.topic import Topic, TopicTag, TopTopic
from forum.topics.policies import MOST_KEPT, listed_in_order_to, listed_to
from forum.topics.queries import labels
from forum.topics.queries.unread import is_new, is_unread, since

PERIODS = ("day", "week", "month", "quarter", "year", "all")
MOST_PINNED = 10
_BY_LAST_REPLY = (Topic.bumped_at.desc(), Topic.id.desc())


@dataclass
class Row:
    """A topic as a list draws it."""

    topic: Topic
    mark: TopicReading | None
    new: bool
    participants: Sequence[Face]
    tags: Sequence[Tag]

    @property
    def unread_count(self) -> int:
        """How many posts came since the member's mark, in a topic he follows."""
        if self.mark is None or self.mark.level < 2:
            return 0
        return max(0, self.topic.highest_post_number - self.mark.last_read_number)

    @property
    def next_path(self) -> str:
        """Where a click leads: the first unread post."""
        if self.mark is None or self.mark.last_read_number == 0:
            return self.topic.path
        number = min(self.mark.last_read_number + 1, self.topic.highest_post_number)
        return f"{self.topic.path}/{number}" if number > 1 else self.topic.path


@dataclass
class TopicList:
    """A page of a list; `pinned` stand at its head, on the first page only."""

    pinned: list[Row]
    rows: list[Row]
    cursor: str | None

    def __len__(self) -> int:
        return len(self.pinned) + len(self.rows)


def latest(
    viewer: Viewer,
    *,
    after: str | None = None,
    category: Category | None = None,
    tag: Tag | None = None,
    children: Sequence[int] = (),
) -> TopicList:
    """Topics by their last reply."""
    places = () if category is None else (category.id, *children)
    rest, pinned = _latest(_topics(viewer), places, tag.id if tag else None)
    found = _page(viewer, rest, *_BY_LAST_REPLY, after=after)
    head = _rows(viewer, pinned) if after is None and tag is None else []
    return _list(viewer, head, found.items, found.cursor)


@lru_cache(maxsize=MOST_KEPT)
def _latest(
    topics: Select[Any], places: Sequence[int], tag_id: int | None
) -> tuple[Select[Any], Select[Any]]:
    """The topics that stand in their order, and those pinned above them."""
    if places:
        topics = topics.where(Topic.category_id.in_(places))
    if tag_id is not None:
        tagged = select(TopicTag.topic_id).where(TopicTag.tag_id == tag_id)
        return topics.where(Topic.id.in_(tagged)), topics.where(false())
    pinned: ColumnElement[bool] = Topic.pinned_at.is_not(None)
    if not places:
        pinned = and_(pinned, Topic.pinned_globally)
    above = topics.where(pinned).order_by(Topic.pinned_at.desc()).limit(MOST_PINNED)
    return topics.where(~pinned), above


def new(
    viewer: User,
    *,
    after: str | None = None,
    category: Category | None = None,
    children: Sequence[int] = (),
) -> TopicList:
    """Topics of the last days that the member never opened."""
    found = _page(
        viewer,
        _topics(viewer).where(is_new(viewer), *_within(category, children)),
        Topic.created_at.desc(),
        Topic.id.desc(),
        after=after,
    )
    return _list(viewer, [], found.items, found.cursor)


def unread(
    viewer: User,
    *,
    after: str | None = None,
    category: Category | None = None,
    children: Sequence[int] = (),
) -> TopicList:
    """Topics the member follows and has not read to the end."""
    found = _page(
        viewer,
        _topics(viewer).where(is_unread(), *_within(category, children)),
        Topic.bumped_at.desc(),
        Topic.id.desc(),
        after=after,
    )
    return _list(viewer, [], found.items, found.cursor)


def top(
    viewer: Viewer,
    period: str,
    *,
    after: str | None = None,
    category: Category | None = None,
    children: Sequence[int] = (),
) -> TopicList:
    """Topics by their score over a period."""
    statement = _topics(viewer).join(
        TopTopic, and_(TopTopic.topic_id == Topic.id, TopTopic.period == period)
    )
    found = _page(
        viewer,
        statement.where(*_within(category, children)),
        TopTopic.score.desc(),
        Topic.id.desc(),
        after=after,
    )
    return _list(viewer, [], found.items, found.cursor)


def by_author(viewer: Viewer, author: User, *, after: str | None = None) -> TopicList:
    """The topics someone began, latest first."""
    found = _page(
        viewer,
        _topics(viewer).where(Topic.author_id == author.id),
        Topic.created_at.desc(),
        Topic.id.desc(),
        after=after,
    )
    return _list(viewer, [], found.items, found.cursor)


def number_by(viewer: Viewer, author: User) -> Select[Any]:
    """How many they are, for a statement that names the viewer `viewer_id`."""
    found = _listed(listed_to(viewer)).where(Topic.author_id == author.id)
    return found.with_only_columns(func.count(), maintain_column_froms=True)


def by_ids(viewer: Viewer, topic_ids: Sequence[int]) -> list[Row]:
    """Some topics the viewer may see, in the order of the ids."""
    if not topic_ids:
        return []
    rows = _rows(viewer, _topics(viewer).where(Topic.id.in_(topic_ids)))
    found = {row.topic.id: row for row in _list(viewer, [], rows, None).rows}
    return [found[i] for i in topic_ids if i in found]


def suggested(viewer: Viewer, topic: Topic, most: int = 5) -> list[Row]:
    """What to read next: unread first, then new, then others; the same category first."""
    statement = _topics(viewer).where(Topic.id != topic.id, Topic.closed_at.is_(None))
    order: list[Any] = [(Topic.category_id == topic.category_id).desc(), Topic.bumped_at.desc()]
    if not viewer.is_guest:
        order.insert(0, is_unread().desc())
    rows = _rows(viewer, statement.order_by(*order).limit(most))
    return _list(viewer, [], rows, None).rows


def _page(
    viewer: Viewer, statement: Select[Any], *order: UnaryExpression[Any], after: str | None
) -> Page:
    size = settings.TOPICS_PER_PAGE()
    return page(statement, *order, after=after, size=size, given={"viewer_id": viewer.id or 0})


def _rows(viewer: Viewer, statement: Select[Any]) -> Sequence[Any]:
    return session.execute(statement, {"viewer_id": viewer.id or 0}).all()


def _topics(viewer: Viewer) -> Select[Any]:
    """Topics with the viewer's marks, muted ones left out; he is the parameter `viewer_id`."""
    return _listed(listed_in_order_to(viewer))


@lru_cache(maxsize=MOST_KEPT)
def _listed(listed: ColumnElement[bool]) -> Select[Any]:
    mine = TopicReading.user_id == bindparam("viewer_id")
    statement: Any = (
        select(Topic, TopicReading, labels.tag_ids())
        .outerjoin(TopicReading, and_(TopicReading.topic_id == Topic.id, mine))
        .where(listed, or_(TopicReading.level.is_(None), TopicReading.level != MUTED))
    )
    return statement


def _within(category: Category | None, children: Sequence[int]) -> list[ColumnElement[bool]]:
    return [] if category is None else [Topic.category_id.in_([category.id, *children])]


def _list(
    viewer: Viewer, head: Sequence[Any], rest: Sequence[Any], cursor: str | None
) -> TopicList:
    everyone = {i for row in [*head, *rest] for i in row[0].participant_ids}
    people = faces.by_ids(everyone)

    def draw(row: Any) -> Row:
        topic, mark, tag_ids = row[0], row[1], row[2]
        return Row(
            topic=topic,
            mark=mark,
            new=not viewer.is_guest and mark is None and topic.created_at > since(viewer),
            participants=[people[i] for i in topic.participant_ids if i in people],
            tags=labels.tags_of(tag_ids),
        )

    return TopicList([draw(r) for r in head], [draw(r) for r in rest], cursor)
