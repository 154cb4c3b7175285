"""Who looks after search: its words, what it did not find, its index."""

from forum.categories.policies import Viewer


def can_manage(viewer: Viewer) -> bool:
    """Change the glossary, see how the index is."""
    return viewer.is_staff


def can_see_gaps(viewer: Viewer) -> bool:
    """See what was sought in vain: whoever brings people together works with it."""
    return viewer.is_staff or viewer.is_animateur


def can_rebuild(viewer: Viewer) -> bool:
    """Have the index built anew, which keeps the machine busy for a while."""
    return viewer.is_admin
