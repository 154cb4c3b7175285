"""Writing: new topics, replies, edits, previews, drafts."""

from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse
from wtforms.fields.choices import SelectChoice

from forum.categories import queries as categories
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid, Refusal, require
from forum.core.i18n import _
from forum.topics import kinds, policies, settings
from forum.topics.forms import EditForm, ReplyForm, TopicForm
from forum.topics.models.post import Post
from forum.topics.queries import drafts as draft_queries
from forum.topics.queries import thread
from forum.topics.service import drafts, posts, topics
from forum.topics.service.cooking import cook_post
from forum.web.guards import member, member_only, viewer, wants_json
from forum.web.params import params

bp = Blueprint("composer", __name__)
Answer = str | BaseResponse | tuple[str, int]


@bp.get("/new-topic")
@member_only
def new_topic() -> Answer:
    """A page to begin a topic; the docked composer shows the same form."""
    category_id = request.args.get("category", type=int)
    if elsewhere := _form_elsewhere(category_id):
        return redirect(f"{elsewhere}?{request.query_string.decode()}")
    require(policies.can_create_anywhere(viewer()), _why_not_yet())
    form = _topic_form()
    form.category_id.data = category_id or form.category_id.data
    form.title.data = request.args.get("title", "")[:255]
    form.raw.data = request.args.get("body", "")[:10_000]
    form.tags.data = request.args.get("tags", "")[:200]
    return render_template("topics/compose.html", form=form)


@bp.post("/new-topic")
@member_only
def create_topic() -> Answer:
    """Begin a topic."""
    form = _topic_form()
    if not form.validate():
        return _ask_again(form, "topics/compose.html")
    try:
        with transaction():
            topic = topics.create(
                author=member(),
                category_id=form.category_id.data,
                title=form.title.data or "",
                raw=form.raw.data or "",
                kind=form.kind.data,
                tag_names=_names(form.tags.data),
                lang=form.lang.data or None,
                key=_key(form.key.data),
            )
            drafts.discard(by=member(), key="new_topic")
    except Refusal as refusal:
        return _say_in(form, refusal, "topics/compose.html")
    return _made(topic.path)


@bp.post("/t/<int:topic_id>/reply")
@member_only
def reply(topic_id: int) -> Answer:
    """Answer a topic: a redirect for a plain form, the new post's HTML for the composer."""
    topic = thread.get(viewer(), topic_id)
    form = ReplyForm()
    if not form.validate():
        return _ask_again(form, "topics/reply.html", topic=topic)
    try:
        with transaction():
            post = posts.reply(
                topic,
                author=member(),
                raw=form.raw.data or "",
                reply_to=form.reply_to_post_number.data,
                key=_key(form.key.data),
                lang=form.lang.data if form.lang.data in ("fr", "en") else None,
            )
            drafts.discard(by=member(), key=f"topic_{topic.id}")
    except Refusal as refusal:
        return _say_in(form, refusal, "topics/reply.html", topic=topic)
    return _made(f"{topic.path}/{post.number}#{post.anchor}", post=post)


@bp.get("/t/<int:topic_id>/reply")
@member_only
def reply_page(topic_id: int) -> Answer:
    """A page to answer on, for browsers without scripts."""
    topic = thread.get(viewer(), topic_id)
    require(policies.can_reply(viewer(), topic), _why_not_yet())
    form = ReplyForm()
    number = params().integer("to", None)
    form.reply_to_post_number.data = number
    if number and request.args.get("quote"):
        post = thread.post_by_number(viewer(), topic.id, number)
        name = f"{post.author.username}, post:{post.number}, topic:{topic.id}"
        form.raw.data = f'[quote="{name}"]\n{post.raw}\n[/quote]\n\n'
    return render_template("topics/reply.html", form=form, topic=topic)


@bp.get("/posts/<int:post_id>/edit")
@member_only
def edit_page(post_id: int) -> Answer:
    """The post as typed, to be changed."""
    post = thread.get_post(viewer(), post_id)
    require(policies.can_edit_post(viewer(), post, post.topic))
    form = _edit_form(post)
    if wants_json():
        return jsonify(id=post.id, raw=post.raw, version=post.version, title=post.topic.title)
    return render_template("topics/edit.html", form=form, post=post, topic=post.topic)


@bp.post("/posts/<int:post_id>/edit")
@member_only
def edit(post_id: int) -> Answer:
    """Say it better; the title, category and tags too, on the first post."""
    post = thread.get_post(viewer(), post_id)
    topic = post.topic
    form = _edit_form(post)
    if not form.validate():
        return _ask_again(form, "topics/edit.html", post=post, topic=topic)
    try:
        with transaction():
            posts.edit(
                post,
                topic,
                by=member(),
                raw=form.raw.data or "",
                version=form.version.data,
                reason=form.edit_reason.data or "",
            )
            if post.number == 1 and form.title.data:
                topics.change(
                    topic,
                    by=member(),
                    title=form.title.data,
                    category_id=form.category_id.data,
                    tag_names=_names(form.tags.data),
                )
            drafts.discard(by=member(), key=f"post_{post.id}")
    except Refusal as refusal:
        theirs = None
        if isinstance(refusal, Conflict):
            post = thread.get_post(viewer(), post_id)
            theirs = post.raw
        return _say_in(form, refusal, "topics/edit.html", post=post, topic=topic, theirs=theirs)
    return _made(f"{topic.path}/{post.number}#{post.anchor}", post=post)


@bp.post("/preview")
@member_only
def preview() -> Answer:
    """The post as it would look, cooked by the same pipeline."""
    settings.PREVIEW.spend(viewer().id)
    raw = request.form.get("raw", "")
    if len(raw.encode()) > settings.MAX_BODY_BYTES():
        raise Invalid(_("This text is too long."), "raw")
    category_id = request.form.get("category_id", type=int)
    if category_id not in viewer().visible_category_ids:
        category_id = None
    return cook_post(raw, category_id=category_id).html


def _made(path: str, post: Post | None = None) -> Answer:
    """To the new place; a composer hears where it is instead of being sent there."""
    if wants_json():
        return jsonify(path=path, post=post.id if post else None)
    return redirect(path, 303)


def _ask_again(form: Any, template: str, **more: Any) -> Answer:
    """What is missing, beside its field; a composer hears the first of it."""
    if wants_json():
        field = next(field for field in form if field.errors)
        raise Invalid(str(field.errors[0]), field.name)
    return render_template(template, form=form, **more), 422


def _say_in(form: Any, refusal: Refusal, template: str, **more: Any) -> Answer:
    """The page again with the text still there, and what is wrong beside its field."""
    if wants_json():
        raise refusal
    field = getattr(form, getattr(refusal, "field", None) or "raw", form.raw)
    message = refusal.message or _("You are not permitted to do that.")
    field.errors = [*field.errors, message]
    return render_template(template, form=form, **more), 422


def _form_elsewhere(category_id: int | None) -> str | None:
    """Where the topics of a category are begun, when not in the composer."""
    place = next((c for c in categories.known(viewer()) if c.id == category_id), None)
    return kinds.find(place.kind).form_path if place else None


def _topic_form() -> TopicForm:
    form = TopicForm()
    may = viewer().create_category_ids
    places = {
        c.id
        for c in categories.known(viewer())
        if c.id in may and kinds.find(c.kind).form_path is None
    }
    form.category_id.choices = categories.choices(viewer(), places)
    form.kind.choices = [SelectChoice(kind.name, kind.label) for kind in kinds.composed()]
    return form


def _edit_form(post: Post) -> EditForm:
    topic = post.topic
    form = EditForm()
    may = viewer().create_category_ids | {topic.category_id}
    form.category_id.choices = categories.choices(viewer(), may)
    if request.method == "GET":
        form.raw.data, form.version.data = post.raw, post.version
        form.title.data, form.category_id.data = topic.title, topic.category_id
        form.tags.data = ", ".join(draft_queries.tag_names(topic.id))
    elif form.category_id.data is None:
        form.category_id.data = topic.category_id
    return form


def _names(text: str | None) -> list[str]:
    return [name.strip().lstrip("#") for name in (text or "").split(",") if name.strip(" #")]


def _key(text: str | None) -> str | None:
    return text[:64] if text else None


def _why_not_yet() -> str:
    if viewer().confirmed_at is None:
        return _("Confirm your e-mail address first: the link is in your mailbox.")
    return ""
