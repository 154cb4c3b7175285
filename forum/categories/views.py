"""The page of all categories, and the categories of the menu."""

from collections.abc import Iterable

from flask import Blueprint, render_template

from forum.categories import policies, queries, unread
from forum.categories.policies import Viewer
from forum.core.i18n import _
from forum.web.guards import viewer
from forum.web.kept_pages import kept_for_guests
from forum.web.navigation import Item

bp = Blueprint("categories", __name__)


@bp.get("/categories")
@kept_for_guests
def index() -> str:
    """Every category the viewer may see, on its two levels."""
    person = viewer()
    return render_template(
        "categories/list.html",
        branches=queries.branches(person),
        unread=unread.counts(person),
        can_manage=policies.can_manage(person),
    )


def menu(person: Viewer) -> Iterable[Item]:
    """The first level, for the sidebar; what is new below counts too."""
    known = queries.known(person)
    new = unread.counts(person)
    ids = {category.id for category in known}
    for category in known:
        if category.parent_id in ids:
            continue
        below = [other.id for other in known if other.parent_id == category.id]
        places = (category.id, *below)
        yield Item(
            label=category.name,
            path=category.path,
            hue=category.hue,
            count=sum(new.get(place, 0) for place in places),
            private=category.private,
            counter=" ".join(f"category:{place}" for place in places),
            covers=tuple(queries.by_id(place).path for place in below),
        )


def staff_menu(person: Viewer) -> Iterable[Item]:
    """The line beside every staff screen."""
    if policies.can_manage(person):
        path = "/admin/categories"
        yield Item(_("Categories"), path, icon="folder", covers=(f"{path}/",))
