"""What to offer while someone types: from the tables, never from the index."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import ColumnElement, case, func, literal, or_, select

from forum.accounts.models.user import User
from forum.categories import queries as categories
from forum.categories.policies import Viewer
from forum.core import text as texts
from forum.core.database import session
from forum.search import queries, settings
from forum.search.analysis import folded, words
from forum.tags import queries as tags
from forum.topics.models.topic import Topic
from forum.topics.policies import listed_to

SHORTEST, LONG_WORD = 2, 4
TOPICS, MEMBERS, CATEGORIES, TAGS, MOST = 5, 2, 2, 2, 8


@dataclass(frozen=True)
class Suggestion:
    """A place to go: a topic, member, category or tag."""

    kind: str
    id: int
    label: str
    detail: str
    path: str
    hue: int | None = None


def spend(viewer: Viewer, network: str) -> None:
    """Count one question; people ask as often as they type."""
    if viewer.is_guest:
        settings.SUGGEST_GUEST.spend(network)
    else:
        settings.SUGGEST_MEMBER.spend(viewer.id)


def suggest(viewer: Viewer, typed: str) -> list[Suggestion]:
    """At most eight places the viewer may go, that what he types may mean."""
    typed = texts.squeeze(typed)[:100]
    if len("".join(words(typed))) < SHORTEST:
        return []
    if typed.startswith("@"):
        return list(_members(typed[1:], MOST))
    if typed.startswith("#"):
        places = [*_categories(viewer, typed[1:]), *_tags(viewer, typed[1:])]
        return places[:MOST]
    others = [
        *islice(_categories(viewer, typed), CATEGORIES),
        *islice(_tags(viewer, typed), TAGS),
        *_members(typed, MEMBERS),
    ]
    topics = _topics(viewer, typed, max(TOPICS, MOST - len(others)))
    return [*topics, *others][:MOST]


def _topics(viewer: Viewer, typed: str, most: int) -> list[Suggestion]:
    """Titles that hold every word, or its beginning."""
    fits = [_in_title(word) for word in words(typed)]
    if not fits:
        return []
    rows = session.execute(
        select(Topic.id, Topic.title, Topic.slug, Topic.category_id)
        .where(listed_to(viewer), *fits)
        .order_by(Topic.bumped_at.desc(), Topic.id.desc())
        .limit(most)
    )
    return [
        Suggestion(
            "topic",
            row.id,
            row.title,
            categories.by_id(row.category_id).name,
            f"/t/{row.slug}/{row.id}",
            categories.by_id(row.category_id).hue,
        )
        for row in rows
    ]


def _in_title(word: str) -> ColumnElement[bool]:
    """The slug is the title without accents, and without the apostrophe of l'énergie."""
    slug = literal("-") + Topic.slug
    inside = word if len(word) >= LONG_WORD else f"-{word}"
    return or_(
        slug.contains(inside, autoescape=True), Topic.title.istartswith(word, autoescape=True)
    )


def _members(typed: str, most: int) -> Iterator[Suggestion]:
    beginning = typed.lower()
    rows = session.scalars(
        select(User)
        .where(
            User.staged.is_(False),
            User.confirmed_at.is_not(None),
            or_(
                User.username_lower.startswith(beginning, autoescape=True),
                func.lower(User.name).startswith(beginning, autoescape=True),
                func.lower(User.name).contains(f" {beginning}", autoescape=True),
            ),
        )
        .order_by(case((User.username_lower == beginning, 0), else_=1), User.post_count.desc())
        .order_by(User.id)
        .limit(most)
    )
    for user in rows:
        detail = user.company or f"@{user.username}"
        yield Suggestion("member", user.id, user.display_name, detail, user.path)


def _categories(viewer: Viewer, typed: str) -> Iterator[Suggestion]:
    beginning = folded(typed)
    for category in categories.known(viewer):
        names = (category.slug, folded(category.name_fr), folded(category.name_en))
        if any(f" {name}".find(f" {beginning}") >= 0 for name in names):
            yield Suggestion(
                "category", category.id, category.name, "", category.path, category.hue
            )


def _tags(viewer: Viewer, typed: str) -> Iterator[Suggestion]:
    """Tags of topics the viewer may see; the name of any other is none of his business."""
    fitting = tags.beginning_with(typed)[: TAGS * 5]
    in_sight = queries.tags_in_sight(viewer, fitting) if fitting else set()
    known = tags.by_ids(in_sight)
    for tag_id in fitting:
        if tag_id in known:
            tag = known[tag_id]
            yield Suggestion("tag", tag.id, tag.label, "", tag.path)
