"""Reading categories and rights."""

from collections.abc import Iterable

from sqlalchemy import select

from forum.accounts.guest import Guest
from forum.accounts.models.user import User
from forum.categories.models import CREATE, REPLY, SEE, Category, CategoryGroup
from forum.categories.policies import Viewer, visible_to
from forum.core.database import session
from forum.core.errors import NotFound


def load_rights(viewer: User | Guest) -> None:
    """Tell the viewer, once per request, what he may see, reply and create in.

    Admins may do everything everywhere, as in Discourse.
    """
    if viewer.is_admin:
        every = frozenset(session.scalars(select(Category.id)))
        viewer.visible_category_ids = every
        viewer.reply_category_ids = viewer.create_category_ids = every
        return
    rows = session.execute(
        select(CategoryGroup.category_id, CategoryGroup.level).where(
            CategoryGroup.group_id.in_(viewer.group_ids)
        )
    ).all()
    viewer.visible_category_ids = frozenset(row[0] for row in rows if row[1] >= SEE)
    may_write = not viewer.is_guest
    viewer.reply_category_ids = frozenset(r[0] for r in rows if may_write and r[1] >= REPLY)
    viewer.create_category_ids = frozenset(r[0] for r in rows if may_write and r[1] >= CREATE)


def visible(viewer: Viewer) -> list[Category]:
    """Every category the viewer may see, in order."""
    return list(
        session.scalars(
            select(Category)
            .where(visible_to(viewer))
            .order_by(Category.position, Category.id)
        )
    )


def find(viewer: Viewer, category_id: int) -> Category | None:
    return session.scalar(
        select(Category).where(Category.id == category_id, visible_to(viewer))
    )


def get(viewer: Viewer, category_id: int) -> Category:
    """The category, or `NotFound` when absent or invisible."""
    category = find(viewer, category_id)
    if category is None:
        raise NotFound
    return category


def find_by_slug(viewer: Viewer, slug: str) -> Category | None:
    return session.scalar(select(Category).where(Category.slug == slug, visible_to(viewer)))


def by_slugs(slugs: Iterable[str]) -> dict[str, Category]:
    """Categories that a text links to; a link tells only what the writer typed."""
    wanted = set(slugs)
    if not wanted:
        return {}
    rows = session.scalars(
        select(Category).where(Category.slug.in_(wanted), Category.private.is_(False))
    )
    return {category.slug: category for category in rows}


def rights_of(category_id: int) -> dict[int, int]:
    """Group id to level, for one category."""
    rows = session.execute(
        select(CategoryGroup.group_id, CategoryGroup.level).where(
            CategoryGroup.category_id == category_id
        )
    )
    return {row.group_id: row.level for row in rows}
