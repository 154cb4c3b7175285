"""Saying that what others see of a member, or what decides his rights, has changed."""

from forum.accounts.models.user import User
from forum.accounts.signals import UserChanged
from forum.core import versions
from forum.core.signals import announce


def tell(user: User) -> None:
    """Have faces read anew, and whoever listens hear of it."""
    versions.step("people")
    announce(UserChanged(user_id=user.id))
