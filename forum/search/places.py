"""Places that a beginning may mean: topics, members, companies, categories, tags.

All from the tables, never from the index, and as far as the viewer may see.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select, union

from forum.accounts.models.user import User
from forum.categories import queries as categories
from forum.categories.models import Category
from forum.categories.policies import Viewer
from forum.core.database import session
from forum.opportunities.models import Opportunity
from forum.search import queries
from forum.search.analysis import folded, words
from forum.tags import queries as known_tags
from forum.tags.models import Tag
from forum.topics.models.topic import Topic
from forum.topics.policies import listed_in_order_to

LONG_WORD = 4
TAGS_LOOKED_AT = 10


def topics(viewer: Viewer, typed: str, most: int) -> Sequence[Any]:
    """Topics whose title holds every word, or its beginning; the liveliest first."""
    fits = [_in_title(word) for word in words(typed)]
    if not fits:
        return ()
    return session.execute(
        select(Topic.id, Topic.title, Topic.slug, Topic.category_id)
        .where(listed_in_order_to(viewer), *fits)
        .order_by(Topic.bumped_at.desc(), Topic.id.desc())
        .limit(most)
    ).all()


def members(typed: str, most: int) -> Sequence[User]:
    """Members whose name or a word of it begins so; the one of exactly that name first."""
    beginning = typed.lower()
    rows = session.scalars(
        select(User)
        .where(
            User.staged.is_(False),
            User.confirmed_at.is_not(None),
            or_(
                User.username_lower.startswith(beginning, autoescape=True),
                _begins_a_word(User.name, beginning),
            ),
        )
        .order_by(case((User.username_lower == beginning, 0), else_=1), User.post_count.desc())
        .order_by(User.id)
        .limit(most)
    )
    return rows.all()


def companies(viewer: Viewer, typed: str, most: int) -> Sequence[str]:
    """Companies of members, and of opportunities that the viewer may list.

    The opportunities are walked, not the topics, of which there may be a hundred times as many.
    """
    beginning = typed.lower()
    of_members = select(User.company).where(
        User.company != "",
        User.staged.is_(False),
        User.confirmed_at.is_not(None),
        _begins_a_word(User.company, beginning),
    )
    of_opportunities = (
        select(Opportunity.company)
        .join(Topic, Topic.id == Opportunity.topic_id)
        .where(
            Opportunity.company != "",
            listed_in_order_to(viewer),
            _begins_a_word(Opportunity.company, beginning),
        )
    )
    name = union(of_members, of_opportunities).subquery().c[0]
    return session.scalars(select(name).order_by(name).limit(most)).all()


def fitting_categories(viewer: Viewer, typed: str) -> Iterator[Category]:
    """Categories a word of whose name begins so."""
    beginning = folded(typed)
    for category in categories.known(viewer):
        names = (category.slug, folded(category.name_fr), folded(category.name_en))
        if any(f" {name}".find(f" {beginning}") >= 0 for name in names):
            yield category


def tags(viewer: Viewer, typed: str) -> list[Tag]:
    """Tags of topics the viewer may see; the name of any other is none of his business."""
    fitting = known_tags.beginning_with(typed)[:TAGS_LOOKED_AT]
    in_sight = queries.tags_in_sight(viewer, fitting) if fitting else set()
    return known_tags.known(tag_id for tag_id in fitting if tag_id in in_sight)


def _in_title(word: str) -> ColumnElement[bool]:
    """By the slug, which is the title without accents, cut to a length, and stands in an index.

    A short word begins a word of it. A longer one may stand inside: in a slug the article stands
    before énergie without an apostrophe.
    """
    if len(word) >= LONG_WORD:
        return Topic.slug.contains(word, autoescape=True)
    return or_(
        Topic.slug.startswith(word, autoescape=True),
        Topic.slug.contains(f"-{word}", autoescape=True),
    )


def _begins_a_word(column: Any, beginning: str) -> ColumnElement[bool]:
    name = func.lower(column)
    return or_(
        name.startswith(beginning, autoescape=True),
        name.contains(f" {beginning}", autoescape=True),
    )
