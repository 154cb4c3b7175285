"""Every change to categories and to the rights in them."""

import re
from collections.abc import Collection
from dataclasses import dataclass, fields

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from forum.accounts import queries as accounts
from forum.categories import policies, queries, rights
from forum.categories.hues import NAMES as HUES
from forum.categories.hues import SLATE
from forum.categories.models import CREATE, LANGUAGES, SEE, Category, CategoryGroup
from forum.categories.policies import Viewer
from forum.categories.rights import Rights
from forum.categories.signals import CategoryRightsChanged
from forum.core import clock, text, versions
from forum.core.database import session
from forum.core.errors import Invalid, require
from forum.core.i18n import _
from forum.core.signals import announce

LONGEST_NAME = 80
LONGEST_DESCRIPTION = 2_000
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Details:
    """What a category says of itself. An empty slug is made from the name."""

    name_fr: str
    name_en: str
    slug: str = ""
    description_fr: str = ""
    description_en: str = ""
    hue: int = SLATE
    lang: str = "both"
    kind: str = "discussion"

    @classmethod
    def of(cls, category: Category) -> "Details":
        """What a category says now."""
        return cls(**{field.name: getattr(category, field.name) for field in fields(cls)})


def create(
    details: Details, *, by: Viewer, parent: Category | None = None, granted: Rights | None = None
) -> Category:
    """Open a category, last among its neighbours.

    Without rights, a sub-category takes its parent's and any other is open to all.
    """
    _begin(by)
    if parent is not None:
        _refuse_third_level(parent)
    if granted is None:
        granted = rights.OPEN if parent is None else queries.rights_of(parent.id)
    category = Category(
        parent_id=parent.id if parent else None, position=_last(parent) + 1, created_at=clock.now()
    )
    _write(category, details)
    session.add(category)
    session.flush()
    _grant(category, granted)
    return category


def change(category: Category, details: Details, *, by: Viewer) -> None:
    """Another name, address, description, colour, language or kind."""
    _begin(by)
    _write(category, details)


def set_rights(category: Category, granted: Rights, *, by: Viewer) -> None:
    """Say anew which groups may see, reply and create; a group that is not named may nothing."""
    _begin(by)
    if granted == queries.rights_of(category.id):
        return
    _grant(category, granted)
    announce(CategoryRightsChanged(category.id))


def move(category: Category, *, under: Category | None, by: Viewer) -> None:
    """Put a category under another, or on the first level; it comes last there."""
    _begin(by)
    if category.parent_id == (under.id if under else None):
        return
    if under is not None:
        _refuse_third_level(under)
        if under.id == category.id or queries.children_of(category.id):
            raise Invalid(
                _("This category has sub-categories: it cannot become one itself."), "parent_id"
            )
        _refuse_wider(queries.rights_of(under.id), queries.rights_of(category.id))
    category.parent_id = under.id if under else None
    category.position = _last(under) + 1


def shift(category: Category, steps: int, *, by: Viewer) -> None:
    """Move a category up (negative) or down among its neighbours."""
    _begin(by)
    neighbours = _neighbours(category.parent_id)
    place = next(n for n, other in enumerate(neighbours) if other.id == category.id)
    moved = neighbours.pop(place)
    neighbours.insert(max(0, place + steps), moved)
    _number(neighbours)


def arrange(category_ids: Collection[int], *, by: Viewer) -> None:
    """Give neighbours the order of the ids; those not named follow in their old order."""
    _begin(by)
    order = {category_id: n for n, category_id in enumerate(category_ids)}
    first = session.get(Category, next(iter(category_ids), 0))
    if first is None:
        raise Invalid(_("There is no such category."), "category_ids")
    neighbours = _neighbours(first.parent_id)
    if not order.keys() <= {category.id for category in neighbours}:
        raise Invalid(_("Only categories of one level can be put in order."), "category_ids")
    _number(sorted(neighbours, key=lambda category: order.get(category.id, len(order))))


def remove(category: Category, *, by: Viewer) -> None:
    """Delete a category that holds nothing."""
    _begin(by)
    if queries.children_of(category.id):
        raise Invalid(_("This category has sub-categories: move or delete them first."))
    try:
        # Topics live above and are not ours to ask; deleted ones keep the category too.
        with session.begin_nested():
            session.execute(delete(Category).where(Category.id == category.id))
    except IntegrityError as error:
        message = _("This category still holds topics, perhaps deleted ones: move them first.")
        raise Invalid(message) from error
    announce(CategoryRightsChanged(category.id))


def _begin(by: Viewer) -> None:
    require(policies.can_manage(by), _("Only administrators change categories."))
    # Whoever keeps the tree reads it again; and two changes wait for one another here.
    versions.step("categories")


def _write(category: Category, details: Details) -> None:
    for name in ("name_fr", "name_en"):
        value = text.squeeze(getattr(details, name))
        if not 0 < len(value) <= LONGEST_NAME:
            message = _("A name has 1 to %(most)s characters.", most=LONGEST_NAME)
            raise Invalid(message, name)
        setattr(category, name, value)
    for name in ("description_fr", "description_en"):
        value = getattr(details, name).strip()
        if len(value) > LONGEST_DESCRIPTION:
            message = _("A description has at most %(most)s characters.", most=LONGEST_DESCRIPTION)
            raise Invalid(message, name)
        setattr(category, name, value)
    if details.hue not in HUES:
        raise Invalid(_("Choose one of the eight colours."), "hue")
    if details.lang not in LANGUAGES:
        raise Invalid(_("Choose French, English or both."), "lang")
    category.hue, category.lang, category.kind = details.hue, details.lang, details.kind
    category.slug = _free_slug(category, details)


def _free_slug(category: Category, details: Details) -> str:
    """The slug that was asked for, or one made from the name and not yet taken."""
    wanted = details.slug.strip().lower()
    if not wanted:
        plain = text.slug(category.name_fr, fallback="category")
        plain = plain if not plain.isdigit() else f"category-{plain}"
        return next(slug for slug in _tries(plain) if not _is_taken(slug, category))
    if len(wanted) > LONGEST_NAME or not _SLUG.fullmatch(wanted) or wanted.isdigit():
        message = _("An address has small letters, digits and hyphens, and at least one letter.")
        raise Invalid(message, "slug")
    if _is_taken(wanted, category):
        raise Invalid(_("Another category has this address."), "slug")
    return wanted


def _tries(plain: str) -> list[str]:
    return [plain, *(f"{plain[: LONGEST_NAME - 4]}-{n}" for n in range(2, 200))]


def _is_taken(slug: str, category: Category) -> bool:
    with session.no_autoflush:
        owner = session.scalar(select(Category.id).where(Category.slug == slug))
    return owner is not None and owner != category.id


def _refuse_third_level(parent: Category) -> None:
    if parent.parent_id is not None:
        raise Invalid(_("Categories have two levels: a sub-category has none below."), "parent_id")


def _grant(category: Category, granted: Rights) -> None:
    known = {group.id for group in accounts.groups()}
    if not granted.keys() <= known:
        raise Invalid(_("There is no such group."), "permissions")
    if not all(SEE <= level <= CREATE for level in granted.values()):
        raise Invalid(_("A right is to see, to reply or to create."), "permissions")
    if category.parent_id is not None:
        _refuse_wider(queries.rights_of(category.parent_id), granted)
    for child in queries.children_of(category.id):
        _refuse_wider(granted, queries.rights_of(child.id))
    category.private = rights.is_private(granted)
    session.execute(delete(CategoryGroup).where(CategoryGroup.category_id == category.id))
    session.add_all(
        CategoryGroup(category_id=category.id, group_id=group_id, level=level)
        for group_id, level in granted.items()
    )
    session.flush()


def _refuse_wider(parent: Rights, child: Rights) -> None:
    unseen = set(rights.unseen_by(parent, child))
    if not unseen:
        return
    names = [group.name for group in accounts.groups() if group.id in unseen]
    raise Invalid(
        _(
            "Whoever sees a sub-category must see the category above it. Not so for: %(groups)s.",
            groups=", ".join(names),
        ),
        "permissions",
    )


def _last(parent: Category | None) -> int:
    beside = Category.parent_id == parent.id if parent else Category.parent_id.is_(None)
    return session.scalar(select(func.max(Category.position)).where(beside)) or 0


def _neighbours(parent_id: int | None) -> list[Category]:
    rows = select(Category).order_by(Category.position, Category.id)
    return list(session.scalars(rows.where(Category.parent_id.is_not_distinct_from(parent_id))))


def _number(neighbours: Collection[Category]) -> None:
    for position, category in enumerate(neighbours, start=1):
        category.position = position
