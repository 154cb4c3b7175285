"""Who looks after search: its words, what it did not find, its index."""

from forum.categories.policies import Viewer


def can_manage(viewer: Viewer) -> bool:
    """Change the glossary, see what was not found and how the index is."""
    return viewer.is_staff


def can_rebuild(viewer: Viewer) -> bool:
    """Have the index built anew, which keeps the machine busy for a while."""
    return viewer.is_admin
