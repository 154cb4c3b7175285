"""What happens to notifications."""

from dataclasses import dataclass

from forum.core.signals import Personal


@dataclass(frozen=True)
class NotificationCreated(Personal):
    """A member has something new to know."""

    user_id: int
    notification_id: int


@dataclass(frozen=True)
class NotificationsRead(Personal):
    """A member has fewer unread notifications."""

    user_id: int
