"""Reading categories and rights."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from forum.accounts.guest import Guest
from forum.accounts.models.user import User
from forum.categories.models import CREATE, REPLY, SEE, Category, CategoryGroup
from forum.categories.policies import Viewer, visible_to
from forum.core import versions
from forum.core.database import db, inside_transaction, session
from forum.core.errors import NotFound


@dataclass(frozen=True)
class Tree:
    """Every category and right, kept in memory until the version moves."""

    version: int
    categories: tuple[Category, ...]
    levels: dict[int, tuple[tuple[int, int], ...]]  # category id: (group id, level), …


_tree = Tree(-1, (), {})


def load_rights(viewer: User | Guest) -> None:
    """Tell the viewer, once per request, what he may see, reply and create in.

    Admins may do everything everywhere, as in Discourse.
    """
    version = viewer.categories_version
    known = tree(versions.read("categories") if version is None else version)
    groups, level = viewer.group_ids, {}
    for category in known.categories:
        granted = [lv for group, lv in known.levels.get(category.id, ()) if group in groups]
        level[category.id] = CREATE if viewer.is_admin else max(granted, default=0)
    viewer.visible_category_ids = frozenset(i for i, lv in level.items() if lv >= SEE)
    may_write = not viewer.is_guest
    viewer.reply_category_ids = frozenset(i for i, lv in level.items() if may_write and lv >= REPLY)
    viewer.create_category_ids = frozenset(
        i for i, lv in level.items() if may_write and lv >= CREATE
    )


def tree(version: int) -> Tree:
    """The categories as of a version; read again only when it moved."""
    global _tree
    if inside_transaction():
        return _read(session(), version)  # may see what is not kept yet, so it is not kept either
    if _tree.version != version:
        with Session(db.engine, expire_on_commit=False) as apart:  # outlives this request
            _tree = _read(apart, version)
            apart.expunge_all()
    return _tree


def _read(source: Session, version: int) -> Tree:
    everything = source.scalars(select(Category).order_by(Category.position, Category.id)).all()
    rights = source.execute(
        select(CategoryGroup.category_id, CategoryGroup.group_id, CategoryGroup.level)
    )
    levels: dict[int, tuple[tuple[int, int], ...]] = {}
    for category_id, group_id, level in rights:
        levels[category_id] = (*levels.get(category_id, ()), (group_id, level))
    return Tree(version, tuple(everything), levels)


def known(viewer: Viewer) -> list[Category]:
    """What `visible` gives, from memory: for menus and badges."""
    return [c for c in _tree.categories if c.id in viewer.visible_category_ids]


def below(viewer: Viewer, category: Category) -> list[Category]:
    """Its sub-categories that the viewer may see, from memory."""
    return [c for c in known(viewer) if c.parent_id == category.id]


def by_id(category_id: int) -> Category:
    """A category from memory, for a thing whose visibility was already asked."""
    for category in _tree.categories:
        if category.id == category_id:
            return category
    return session.get_one(Category, category_id)


def visible(viewer: Viewer) -> list[Category]:
    """Every category the viewer may see, in order."""
    return list(
        session.scalars(
            select(Category).where(visible_to(viewer)).order_by(Category.position, Category.id)
        )
    )


def find(viewer: Viewer, category_id: int) -> Category | None:
    return session.scalar(select(Category).where(Category.id == category_id, visible_to(viewer)))


def get(viewer: Viewer, category_id: int) -> Category:
    """The category, or `NotFound` when absent or invisible."""
    category = find(viewer, category_id)
    if category is None:
        raise NotFound
    return category


def find_by_slug(viewer: Viewer, slug: str) -> Category | None:
    return session.scalar(select(Category).where(Category.slug == slug, visible_to(viewer)))


def open_beside(category_id: int | None) -> frozenset[int]:
    """The categories that whoever reads this one may read: those open to all, and itself."""
    seen = or_(Category.private.is_(False), Category.id == category_id)
    return frozenset(session.scalars(select(Category.id).where(seen)))


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


def children_of(category_id: int) -> list[Category]:
    """The sub-categories of a category, whoever may see them."""
    return list(
        session.scalars(
            select(Category)
            .where(Category.parent_id == category_id)
            .order_by(Category.position, Category.id)
        )
    )


@dataclass(frozen=True)
class Branch:
    """A category and those of its sub-categories that the viewer may see."""

    category: Category
    children: tuple[Category, ...]

    @property
    def topic_count(self) -> int:
        """Topics here and below."""
        return sum(category.topic_count for category in (self.category, *self.children))

    def unread(self, counts: Mapping[int, int]) -> int:
        """What is new to the viewer here and below, of `unread.counts`."""
        return sum(counts.get(category.id, 0) for category in (self.category, *self.children))

    def named(self) -> Iterator[tuple[Category, str]]:
        """Each of its categories, with a name that says where it is."""
        yield self.category, self.category.name
        for child in self.children:
            yield child, f"{self.category.name} \u203a {child.name}"


def branches(viewer: Viewer) -> list[Branch]:
    """The two levels of categories as the viewer may see them, in order."""
    return _branches(visible(viewer))


def choices(viewer: Viewer, ids: Collection[int]) -> list[tuple[int, str]]:
    """Those of the ids that the viewer may see, from memory: each below the category it is in."""
    return [
        (category.id, name)
        for branch in _branches(known(viewer))
        for category, name in branch.named()
        if category.id in ids
    ]


def _branches(seen: list[Category]) -> list[Branch]:
    ids = {category.id for category in seen}
    children: dict[int | None, list[Category]] = {}
    for category in seen:
        above = category.parent_id if category.parent_id in ids else None
        children.setdefault(above, []).append(category)
    return [Branch(top, tuple(children.get(top.id, ()))) for top in children.get(None, [])]


def place_of(category: Category) -> int:
    """Its place among its neighbours, counted from 1."""
    neighbours = session.scalars(
        select(Category.id)
        .where(Category.parent_id.is_not_distinct_from(category.parent_id))
        .order_by(Category.position, Category.id)
    )
    return list(neighbours).index(category.id) + 1
