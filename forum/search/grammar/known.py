"""What operators look up, always as far as the viewer may know: what he may not is not there."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select

from forum.accounts import policies as people
from forum.accounts import queries as accounts
from forum.accounts.models.group import Group
from forum.accounts.models.user import User
from forum.categories import queries as categories
from forum.categories.models import Category
from forum.categories.policies import Viewer
from forum.core.database import session
from forum.core.i18n import LOCALES, use_locale
from forum.search import queries
from forum.search.analysis import folded
from forum.search.grammar.values import compared
from forum.tags import queries as tags
from forum.tags.models import Tag
from forum.topics.models.topic import Topic
from forum.topics.policies import listed_to


def members(viewer: Viewer, usernames: Collection[str]) -> dict[str, User]:
    """Members by name in small letters."""
    wanted = [name.lower() for name in usernames]
    found = session.scalars(
        select(User).where(User.username_lower.in_(wanted), queries.known_to(viewer))
    )
    return {user.username_lower: user for user in found}


def group(viewer: Viewer, name: str) -> Group | None:
    """A group whose members the viewer may know, by its name or by what it is called."""
    wanted = compared(name)
    for found in accounts.visible_groups(viewer):
        if wanted in _group_names(found):
            return found if people.can_see_members(viewer, found) else None
    return None


def category(viewer: Viewer, name: str) -> Category | None:
    """A category by its slug, by its name in either language, or as `parent:child`."""
    above, _colon, wanted = folded(name).rpartition(":")
    for found in categories.known(viewer):
        if wanted in _names(found) and (not above or above in _names_above(viewer, found)):
            return found
    return None


def categories_like(viewer: Viewer, beginning: str) -> list[Category]:
    """Categories with a name that begins so."""
    wanted = folded(beginning)
    seen = categories.known(viewer)
    return [c for c in seen if any(name.startswith(wanted) for name in _names(c))]


def tags_by_words(viewer: Viewer, words: Iterable[str]) -> dict[str, Tag]:
    """Tags by any of their words, of topics that the viewer may see."""
    lexicon = tags.lexicon()
    ids = {word: tag_id for word in words if (tag_id := lexicon.find(word)) is not None}
    seen = queries.tags_in_sight(viewer, set(ids.values())) if ids else set()
    known = {tag.id: tag for tag in tags.known(seen)}
    return {word: known[tag_id] for word, tag_id in ids.items() if tag_id in known}


def topics(viewer: Viewer, topic_ids: Collection[int]) -> dict[int, str]:
    """The titles of topics, by id."""
    rows = session.execute(
        select(Topic.id, Topic.title).where(Topic.id.in_(topic_ids), listed_to(viewer))
    )
    return {row.id: row.title for row in rows}


def open_category_ids(viewer: Viewer) -> Sequence[int]:
    """The categories that everyone may see."""
    return [category.id for category in categories.known(viewer) if not category.private]


def _group_names(group: Group) -> set[str]:
    names = {compared(group.name)}
    for locale in LOCALES:
        with use_locale(locale):
            names.add(compared(group.label))
    return names


def _names(category: Category) -> set[str]:
    return {category.slug, folded(category.name_fr), folded(category.name_en)}


def _names_above(viewer: Viewer, category: Category) -> set[str]:
    above = (other for other in categories.known(viewer) if other.id == category.parent_id)
    return {name for other in above for name in _names(other)}
