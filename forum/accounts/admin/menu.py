"""Where the staff screens stand in the menus."""

from collections.abc import Iterator

from forum.accounts.policies import Viewer, can_manage_groups, can_manage_users
from forum.config import config
from forum.core.i18n import _
from forum.web.navigation import Item


def beside_every_page(viewer: Viewer) -> Iterator[Item]:
    """The line of the side bar."""
    if can_manage_users(viewer):
        yield Item(_("Administration"), "/admin", "chart", covers=("/admin",))


def beside_staff_screens(viewer: Viewer) -> Iterator[Item]:
    """The lines beside the screens themselves."""
    if can_manage_users(viewer):
        yield Item(_("Members"), "/admin/users", "users", covers=("/admin/users",))
    if can_manage_groups(viewer):
        yield Item(_("Groups"), "/admin/groups", "lock", covers=("/admin/groups",))
        if not config().mail_url:
            yield Item(_("Mails not sent"), "/admin/outbox", "mail", covers=("/admin/outbox",))
