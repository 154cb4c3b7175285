"""Notifications as JSON, with Discourse's addresses and field names."""

from typing import Any

from flask import Blueprint, Response, jsonify

from forum.core.database import transaction
from forum.notifications import catalogue, service
from forum.notifications.queries import lines
from forum.web.guards import member, member_only
from forum.web.params import params

bp = Blueprint("notifications_api", __name__)

MOST = 60


@bp.get("/notifications.json")
@member_only
def index() -> Response:
    """The latest, or those that follow `after`; at most `limit`."""
    person, given = member(), params()
    size = given.integer("limit", 30, least=1, most=MOST)
    found = lines.listed(person, after=given.text("after", None) or None, size=size)
    counts = lines.counts(person)
    more = f"/notifications.json?limit={size}&after={found.cursor}" if found.cursor else None
    return jsonify(
        notifications=[shown(line) for line in found],
        total_rows_notifications=sum(every for every, _new in counts.values()),
        unread_notifications=sum(new for _all, new in counts.values()),
        load_more_notifications=more,
    )


@bp.put("/notifications/mark-read")
@bp.put("/notifications/mark-read.json")
@member_only
def mark_read() -> Response:
    """Mark one as read when `id` names it, else all."""
    person, one = member(), params().integer("id", None)
    with transaction():
        if one is None:
            service.mark_all_read(person)
        else:
            service.mark_read(person, one)
    return jsonify(success="OK")


def shown(line: lines.Line) -> dict[str, Any]:
    """A line in Discourse's words."""
    notification, kind = line.notification, catalogue.of(line)
    return {
        "id": notification.id,
        "user_id": notification.user_id,
        "notification_type": kind.number,
        "read": not notification.unread,
        "high_priority": False,
        "created_at": notification.created_at.isoformat(),
        "post_number": notification.post_number,
        "topic_id": notification.topic_id,
        "slug": line.topic.slug,
        "fancy_title": line.topic.title,
        "acting_user_name": line.actor.name,
        "data": {
            "topic_title": line.topic.title,
            "original_post_id": notification.post_id,
            "original_username": line.actor.username,
            "display_username": line.actor.username,
            "count": line.others + 1,
        },
    }
