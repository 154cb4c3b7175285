"""What programs ask of the forum as a whole, with Discourse's addresses and field names."""

from typing import Any

from flask import Blueprint, Response, jsonify

from forum.accounts import queries as accounts
from forum.accounts.models.user import User
from forum.categories import hues
from forum.categories import queries as categories
from forum.config import config
from forum.core.i18n import LOCALES
from forum.notifications.catalogue import KINDS
from forum.pages import queries
from forum.topics import kinds
from forum.topics.models.topic import Topic
from forum.topics.queries import activity, lists
from forum.topics.queries.lists import PERIODS
from forum.web.guards import viewer

bp = Blueprint("pages_api", __name__)

SHOWN = 6
TRUST_LEVELS = ("newuser", "basic", "member", "regular", "leader")


@bp.get("/site.json")
def site() -> Response:
    """What the numbers and names in other answers mean, as far as the viewer may know."""
    person = viewer()
    places = [
        {
            "id": category.id,
            "name": category.name,
            "slug": category.slug,
            "color": hues.COLORS[category.hue],
            "text_color": hues.TEXT_COLOR,
            "parent_category_id": category.parent_id,
            "read_restricted": category.private,
        }
        for category in categories.known(person)
    ]
    groups = [{"id": group.id, "name": group.name} for group in accounts.visible_groups(person)]
    return jsonify(
        title=config().site_name,
        default_locale=config().locale,
        available_locales=list(LOCALES),
        categories=places,
        groups=groups,
        kinds=[kind.name for kind in kinds.all_kinds()],
        notification_types={name: kind.number for name, kind in KINDS.items()},
        periods=list(PERIODS),
        trust_levels={name: level for level, name in enumerate(TRUST_LEVELS)},
    )


@bp.get("/about.json")
def about() -> Response:
    """What this place is, who keeps it, how lively it is."""
    found, team = queries.figures(viewer()), queries.team()
    return jsonify(
        about={
            "title": config().site_name,
            "locale": config().locale,
            "stats": {
                "users_count": found.members,
                "topics_count": found.topics,
                "posts_count": found.posts,
                "topics_7_days": found.topics_this_week,
            },
            "admins": [_person(user) for user in team if user.is_admin],
            "moderators": [_person(user) for user in team if user.is_moderator],
        }
    )


@bp.get("/u/<username>/summary.json")
def summary(username: str) -> Response:
    """A member's figures, and the latest of what he began and answered."""
    person = viewer()
    user = accounts.visible(person, username)
    begun = lists.by_author(person, user).rows[:SHOWN]
    replies = activity.posts_by(person, user).items[:SHOWN]
    topics = {
        topic.id: topic for topic in [row.topic for row in begun] + [r.topic for r in replies]
    }
    return jsonify(
        topics=[_topic(topic) for topic in topics.values()],
        user_summary={
            "topic_count": user.topic_count,
            "post_count": user.post_count,
            "likes_given": user.likes_given,
            "likes_received": user.likes_received,
            "topic_ids": [row.topic.id for row in begun],
            "replies": [
                {
                    "post_number": reply.number,
                    "like_count": reply.like_count,
                    "created_at": reply.created_at.isoformat(),
                    "topic_id": reply.topic_id,
                }
                for reply in replies
            ],
        },
    )


def _person(user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "username": user.username,
        "name": user.name,
        "avatar_template": user.avatar_path or "",
    }


def _topic(topic: Topic) -> dict[str, Any]:
    return {
        "id": topic.id,
        "title": topic.title,
        "slug": topic.slug,
        "created_at": topic.created_at.isoformat(),
        "like_count": topic.like_count,
        "posts_count": topic.posts_count,
        "category_id": topic.category_id,
    }
