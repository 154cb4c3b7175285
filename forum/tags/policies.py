"""Who may look after tags. Who may make one in passing is asked by what is tagged."""

from forum.accounts.guest import Guest
from forum.accounts.models.user import User

Viewer = User | Guest


def can_manage(viewer: Viewer) -> bool:
    """Label, merge and delete tags."""
    return viewer.is_staff
