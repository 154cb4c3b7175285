"""Liking, reading, following."""

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from forum.core.database import transaction
from forum.topics.queries import lists, thread
from forum.topics.service import reactions, reading
from forum.web.guards import member, member_only, viewer, wants_json
from forum.web.params import params

bp = Blueprint("reactions", __name__)
MOST_TIMINGS = 500


@bp.post("/posts/<int:post_id>/like")
@member_only
def like(post_id: int) -> BaseResponse:
    """Like a post."""
    return _react(post_id, liked=True)


@bp.delete("/posts/<int:post_id>/like")
@member_only
def take_back(post_id: int) -> BaseResponse:
    """Take a like back, for scripts."""
    return _react(post_id, liked=False)


@bp.post("/posts/<int:post_id>/unlike")
@member_only
def unlike(post_id: int) -> BaseResponse:
    """Take a like back, for forms."""
    return _react(post_id, liked=False)


@bp.post("/topics/timings")
@member_only
def timings() -> Response:
    """What was on screen and for how long, as Discourse's client reports it.

    `topic_id`, `topic_time` and `timings` (post number to time), times in milliseconds.
    """
    given = params()
    seen = given.mapping("timings", most=MOST_TIMINGS)
    numbers = [int(number) for number in seen if number.isdecimal() and len(number) < 9]
    milliseconds = given.integer("topic_time", 0)
    topic = thread.get(viewer(), given.integer("topic_id"))
    with transaction():
        reading.read(
            topic, by=member(), number=max(numbers, default=0), seconds=milliseconds // 1000
        )
    return jsonify(success="OK")


@bp.post("/t/<int:topic_id>/notifications")
@member_only
def follow(topic_id: int) -> BaseResponse:
    """Choose how closely to follow a topic: 0 muted to 3 watching."""
    topic = thread.get(viewer(), topic_id)
    level = request.form.get("notification_level", type=int)
    with transaction():
        reading.follow(topic, by=member(), level=-1 if level is None else level)
    if wants_json():
        return jsonify(success="OK", notification_level=level)
    return redirect(topic.path)


@bp.post("/topics/read-all")
@member_only
def read_all() -> BaseResponse:
    """Mark what is unread as read."""
    rows = lists.unread(member()).rows
    with transaction():
        reading.read_everything(member(), [row.topic.id for row in rows])
    return redirect("/unread")


def _react(post_id: int, *, liked: bool) -> BaseResponse:
    post = thread.get_post(viewer(), post_id)
    act, path = reactions.like if liked else reactions.unlike, f"{post.path}#{post.anchor}"
    with transaction():
        act(post, post.topic, by=member())
    if wants_json():
        return jsonify(id=post.id, like_count=post.like_count, liked=liked)
    return redirect(path, 303)
