"""One topic: reading it, and what staff and its author do to it."""

from flask import Blueprint, redirect, render_template, request, send_file
from werkzeug.wrappers import Response

from forum.categories import queries as categories
from forum.core import storage
from forum.core.database import transaction
from forum.core.errors import Invalid
from forum.core.i18n import _
from forum.topics import policies, rings
from forum.topics.queries import lists, thread
from forum.topics.queries.thread import Thread
from forum.topics.service import states, topics, views
from forum.web import kept_pages, navigation
from forum.web.guards import member, member_only, viewer
from forum.web.kept_pages import kept_for_guests
from forum.web.params import params

bp = Blueprint("thread", __name__)
Page = str | Response

STATES = {
    "closed": (states.close, states.reopen),
    "archived": (states.archive, states.unarchive),
    "visible": (states.relist, states.unlist),
    "pinned": (states.pin, states.unpin),
}


@bp.get("/t/<slug>/<int:topic_id>")
@bp.get("/t/<slug>/<int:topic_id>/<int:number>")
@bp.get("/t/<int:topic_id>", defaults={"slug": "-"})
@bp.get("/t/<int:topic_id>/<int:number>", defaults={"slug": "-"})
@kept_for_guests
def show(slug: str, topic_id: int, number: int | None = None) -> Page:
    """The topic, around a post."""
    heard = rings.number(topic_id)
    found = thread.open_at(viewer(), topic_id, number)
    if slug != found.topic.slug:
        return redirect(found.topic.path + (f"/{number}" if number else ""), 301)
    kept_pages.each_time(lambda: views.note(topic_id, viewer(), request.remote_addr or ""))
    place = categories.by_id(found.topic.category_id)
    navigation.stand_at(place.path)
    return render_template("topics/thread.html", target=number, heard=heard, **_drawing(found))


@bp.get("/t/<int:topic_id>/posts")
def posts(topic_id: int) -> Page:
    """The posts before or after a number, as the page asks for more."""
    given = params()
    after, before = given.integer("after", None), given.integer("before", None)
    if after is not None:
        found = thread.after(viewer(), topic_id, after)
    elif before is not None:
        found = thread.before(viewer(), topic_id, before)
    else:
        raise Invalid(_("This request could not be read."), "after")
    return render_template("topics/_posts.html", earlier=before is not None, **_drawing(found))


@bp.get("/posts/<int:post_id>/fragment")
def post_fragment(post_id: int) -> Page:
    """One post as this viewer sees it, for a page that heard of it."""
    return render_template(
        "topics/_posts.html", alone=True, **_drawing(thread.one(viewer(), post_id))
    )


@bp.get("/t/<int:topic_id>/suggested")
def suggested(topic_id: int) -> Page:
    """What to read next."""
    topic = thread.get(viewer(), topic_id)
    return render_template("topics/_suggested.html", rows=lists.suggested(viewer(), topic))


@bp.get("/p/<int:post_id>")
def post(post_id: int) -> Page:
    """A post's own short address."""
    return redirect(thread.get_post(viewer(), post_id).path)


@bp.get("/attachments/<int:attachment_id>")
def attachment(attachment_id: int) -> Response:
    """A file, to be kept, never to be shown as a page of ours."""
    found = thread.attachment(viewer(), attachment_id)
    response = send_file(
        storage.open_path(found.key),
        mimetype=found.mime,
        as_attachment=True,
        download_name=found.file_name,
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.post("/t/<int:topic_id>/status")
@member_only
def set_status(topic_id: int) -> Page:
    """Close, archive, unlist or pin, or the reverse: Discourse's `status` and `enabled`."""
    name = request.form.get("status", "")
    if name not in {*STATES, "pinned_globally"}:
        raise Invalid(_("There is no such state."), "status")
    enabled = request.form.get("enabled", "true") in ("true", "1", "on")
    topic = thread.get(viewer(), topic_id)
    with transaction():
        if name == "pinned_globally" and enabled:
            states.pin(topic, by=member(), everywhere=True)
        else:
            STATES["pinned" if name == "pinned_globally" else name][0 if enabled else 1](
                topic, by=member()
            )
    return redirect(topic.path)


@bp.post("/t/<int:topic_id>/deletion")
@member_only
def remove(topic_id: int) -> Page:
    """Delete a topic."""
    topic = thread.get(viewer(), topic_id)
    with transaction():
        topics.remove(topic, by=member())
    place = categories.by_id(topic.category_id)
    return redirect(topic.path if viewer().is_staff else place.path)


@bp.post("/t/<int:topic_id>/recovery")
@member_only
def recover(topic_id: int) -> Page:
    """Bring a topic back."""
    topic = thread.get(viewer(), topic_id)
    with transaction():
        topics.recover(topic, by=member())
    return redirect(topic.path)


def _drawing(found: Thread) -> dict[str, object]:
    return {
        "thread": found,
        "topic": found.topic,
        "place": categories.by_id(found.topic.category_id),
        "may_reply": policies.can_reply(viewer(), found.topic),
        "may_moderate": policies.can_moderate(viewer(), found.topic),
    }
