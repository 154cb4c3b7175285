"""Who may do what in a category. A viewer carries his rights as three sets of ids."""

from sqlalchemy import ColumnElement

from forum.accounts.guest import Guest
from forum.accounts.models.user import User
from forum.categories.models import Category

Viewer = User | Guest


def can_see(viewer: Viewer, category: Category) -> bool:
    return category.id in viewer.visible_category_ids


def can_reply_in(viewer: Viewer, category_id: int) -> bool:
    return category_id in viewer.reply_category_ids


def can_create_in(viewer: Viewer, category_id: int) -> bool:
    return category_id in viewer.create_category_ids


def can_manage(viewer: Viewer) -> bool:
    """Change categories and rights."""
    return viewer.is_admin


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    return Category.id.in_(viewer.visible_category_ids)
