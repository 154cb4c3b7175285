"""The visitor without an account, who answers every question a member answers."""

from datetime import datetime
from typing import Any

from forum.accounts.models.group import EVERYONE


class Guest:
    """Nobody in particular: sees what everyone may see, changes nothing."""

    id = None
    username = ""
    name = ""
    display_name = ""
    company = ""
    location = ""
    languages = ""
    email = None
    locale = "fr"
    theme = "auto"
    time_zone = "Europe/Paris"
    shortcuts = True
    trust_level = 0
    is_guest = True
    is_admin = is_moderator = is_animateur = is_staff = staged = False
    is_authenticated = is_active = False
    is_anonymous = True
    silenced_until: datetime | None = None
    suspended_until: datetime | None = None
    confirmed_at: datetime | None = None
    path = "/login"
    initials = "·"
    tone = 1
    avatar_path = None
    own_session = None
    categories_version: int | None = None
    # Moves with anything that pages of guests show; without it none may be kept.
    site_version: int | None = None
    unread_counts: Any = None
    made_group_ids: frozenset[int] = frozenset()
    group_ids = automatic_group_ids = frozenset({EVERYONE})
    visible_category_ids: frozenset[int] = frozenset()
    reply_category_ids: frozenset[int] = frozenset()
    create_category_ids: frozenset[int] = frozenset()

    def get_id(self) -> None:
        """Flask-Login's question; a guest has no session."""
