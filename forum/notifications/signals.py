"""What happens to notifications."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NotificationCreated:
    """A member has something new to know."""

    user_id: int
    notification_id: int


@dataclass(frozen=True)
class NotificationsRead:
    """A member has fewer unread notifications."""

    user_id: int
