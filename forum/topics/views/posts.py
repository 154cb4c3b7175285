"""What is done to one post: delete, recover, accept, its history."""

from flask import Blueprint, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response

from forum.core.database import transaction
from forum.core.errors import require
from forum.topics import policies
from forum.topics.models.post import Post
from forum.topics.queries import thread
from forum.topics.service import posts, states, topics
from forum.web.guards import member, member_only, viewer, wants_json

bp = Blueprint("posts", __name__)
Page = str | Response


@bp.post("/posts/<int:post_id>/deletion")
@member_only
def remove(post_id: int) -> Page:
    """Delete a post; the first one goes with its topic."""
    post = thread.get_post(viewer(), post_id)
    topic, path = post.topic, _path(post)
    with transaction():
        if post.number == 1:
            topics.remove(topic, by=member())
        else:
            posts.remove(post, topic, by=member())
    return _done("/latest" if post.number == 1 else path)


@bp.post("/posts/<int:post_id>/recovery")
@member_only
def recover(post_id: int) -> Page:
    """Bring a deleted post back."""
    post = thread.get_post(viewer(), post_id)
    path = _path(post)
    with transaction():
        posts.recover(post, post.topic, by=member())
    return _done(path)


@bp.post("/posts/<int:post_id>/acceptance")
@member_only
def accept(post_id: int) -> Page:
    """Say that this post answers the question, or no longer does."""
    post = thread.get_post(viewer(), post_id)
    path = _path(post)
    with transaction():
        if request.form.get("accepted", "true") == "true":
            states.accept(post, post.topic, by=member())
        else:
            states.unaccept(post.topic, by=member())
    return _done(path)


@bp.get("/posts/<int:post_id>/revisions")
def revisions(post_id: int) -> Page:
    """How a post came to say what it says."""
    post = thread.get_post(viewer(), post_id)
    require(policies.can_see_revisions(viewer(), post))
    return render_template(
        "topics/revisions.html", post=post, topic=post.topic, revisions=thread.revisions(post)
    )


@bp.get("/posts/<int:post_id>/raw")
def raw(post_id: int) -> Response:
    """The post as typed."""
    post = thread.get_post(viewer(), post_id)
    return Response(post.raw, mimetype="text/plain; charset=utf-8")


def _path(post: Post) -> str:
    """Where a browser without scripts goes on."""
    return f"{post.path}#{post.anchor}"


def _done(path: str) -> Page:
    """Back to the post; a page that is still open draws it anew by itself."""
    if wants_json():
        return jsonify(success="OK")
    return redirect(path, 303)
