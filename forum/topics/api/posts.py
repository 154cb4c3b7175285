"""Topics and posts as JSON: reading and writing them."""

from flask import Blueprint, Response, jsonify

from forum.categories import queries as categories
from forum.core.database import transaction
from forum.core.errors import Invalid, NotFound
from forum.core.i18n import _
from forum.topics import kinds
from forum.topics.api import shapes
from forum.topics.models.post import Post
from forum.topics.queries import activity, thread
from forum.topics.service import drafts, posts, reactions, reading, states, topics
from forum.web.guards import member, member_only, viewer
from forum.web.params import Params, params

bp = Blueprint("posts_api", __name__)
LONGEST_RAW = 200_000  # a longer one is refused unread; the rules say what is too long
MOST_IDS, DIGITS = 50, 10
STATES = {
    "closed": (states.close, states.reopen),
    "archived": (states.archive, states.unarchive),
    "visible": (states.relist, states.unlist),
    "pinned": (states.pin, states.unpin),
}


@bp.get("/t/<int:topic_id>.json")
@bp.get("/t/<int:topic_id>/<int:number>.json")
@bp.get("/t/<slug>/<int:topic_id>.json")
@bp.get("/t/<slug>/<int:topic_id>/<int:number>.json")
def topic(topic_id: int, number: int | None = None, **_slug: str) -> Response:
    """A topic around a post, with the ids of all its posts."""
    found = thread.open_at(viewer(), topic_id, number)
    return jsonify(shapes.topic(found, viewer(), thread.stream(viewer(), found.topic)))


@bp.get("/t/<int:topic_id>/posts.json")
def some(topic_id: int) -> Response:
    """Posts of a topic by `post_ids[]`."""
    sent = params().texts("post_ids", most=MOST_IDS)
    ids = [int(text) for text in sent if text.isdecimal() and len(text) < DIGITS]
    found = thread.some(viewer(), topic_id, ids)
    drawn = [shapes.post(post, found, viewer()) for post in found.posts]
    return jsonify(post_stream={"posts": drawn}, id=topic_id)


@bp.get("/posts/<int:post_id>.json")
def show(post_id: int) -> Response:
    """One post."""
    return _answer(post_id)


@bp.get("/posts.json")
def latest() -> Response:
    """The latest posts everywhere."""
    found = activity.latest(viewer(), after=params().text("after", "") or None)
    shown = [
        {
            "id": post.id,
            "username": post.author.username,
            "created_at": post.created_at.isoformat(),
            "cooked": post.cooked,
            "post_number": post.number,
            "topic_id": post.topic_id,
            "topic_slug": post.topic.slug,
            "topic_title": post.topic.title,
            "category_id": post.topic.category_id,
        }
        for post in found
    ]
    return jsonify(latest_posts=shown, after=found.cursor)


@bp.post("/posts.json")
@member_only
def create() -> Response:
    """A reply when `topic_id` is given, else a topic."""
    given = params()
    raw, key = given.text("raw", "", longest=LONGEST_RAW), given.text("key", "", longest=64) or None
    topic_id = given.integer("topic_id", None)
    with transaction():
        if topic_id is not None:
            post = posts.reply(
                thread.get(viewer(), topic_id),
                author=member(),
                raw=raw,
                reply_to=given.integer("reply_to_post_number", None),
                key=key,
                lang=_lang(given),
            )
            drafts.discard(by=member(), key=f"topic_{topic_id}")
        else:
            post = _begin(given, raw, key)
    return _answer(post.id)


@bp.put("/posts/<int:post_id>.json")
@member_only
def update(post_id: int) -> Response:
    """Another text: `post[raw]`, `post[edit_reason]`, and `post[version]` against lost edits."""
    given = params()
    post = thread.get_post(viewer(), post_id)
    with transaction():
        posts.edit(
            post,
            post.topic,
            by=member(),
            raw=given.text("post[raw]", longest=LONGEST_RAW),
            version=given.integer("post[version]", None),
            reason=given.text("post[edit_reason]", ""),
        )
    found = thread.one(viewer(), post_id)
    return jsonify(post=shapes.post(found.posts[0], found, viewer()))


@bp.delete("/posts/<int:post_id>.json")
@member_only
def remove(post_id: int) -> Response:
    """Delete a post; the first one goes with its topic."""
    post = thread.get_post(viewer(), post_id)
    with transaction():
        if post.number == 1:
            topics.remove(post.topic, by=member())
        else:
            posts.remove(post, post.topic, by=member())
    return jsonify(success="OK")


@bp.put("/posts/<int:post_id>/recover.json")
@member_only
def recover(post_id: int) -> Response:
    """Bring a deleted post back."""
    post = thread.get_post(viewer(), post_id)
    with transaction():
        posts.recover(post, post.topic, by=member())
    return _answer(post_id)


@bp.put("/t/<int:topic_id>.json")
@bp.put("/t/<slug>/<int:topic_id>.json")
@member_only
def change_topic(topic_id: int, **_slug: str) -> Response:
    """Another title, category or tags; what is not given stays."""
    given = params()
    found = thread.get(viewer(), topic_id)
    with transaction():
        topics.change(
            found,
            by=member(),
            title=given.text("title", None),
            category_id=given.integer("category_id", None),
            lang=_lang(given),
            tag_names=given.texts("tags") if given.given("tags") else None,
        )
    basic = {"id": found.id, "title": found.title, "slug": found.slug}
    return jsonify(basic_topic={**basic, "posts_count": found.posts_count})


@bp.delete("/t/<int:topic_id>.json")
@member_only
def remove_topic(topic_id: int) -> Response:
    """Delete a topic."""
    found = thread.get(viewer(), topic_id)
    with transaction():
        topics.remove(found, by=member())
    return jsonify(success="OK")


@bp.put("/t/<int:topic_id>/recover.json")
@member_only
def recover_topic(topic_id: int) -> Response:
    """Bring a topic back."""
    found = thread.get(viewer(), topic_id)
    with transaction():
        topics.recover(found, by=member())
    return jsonify(success="OK")


@bp.put("/t/<int:topic_id>/status.json")
@member_only
def set_status(topic_id: int) -> Response:
    """`status` closed, archived, visible, pinned or pinned_globally; `enabled` true or false."""
    given = params()
    name, enabled = given.text("status"), given.truth("enabled")
    found = thread.get(viewer(), topic_id)
    with transaction():
        if name == "pinned_globally" and enabled:
            states.pin(found, by=member(), everywhere=True)
        elif name.removesuffix("_globally") in STATES:
            STATES[name.removesuffix("_globally")][0 if enabled else 1](found, by=member())
        else:
            raise Invalid(_("There is no such state."), "status")
    return jsonify(success="OK", topic_status_update=None)


@bp.post("/t/<int:topic_id>/notifications.json")
@member_only
def follow(topic_id: int) -> Response:
    """`notification_level` 0 muted, 1 normal, 2 tracking, 3 watching."""
    found = thread.get(viewer(), topic_id)
    with transaction():
        reading.follow(found, by=member(), level=params().integer("notification_level"))
    return jsonify(success="OK")


@bp.post("/post_actions.json")
@member_only
def like() -> Response:
    """Like post `id`; the only `post_action_type_id` is 2."""
    given = params()
    if given.integer("post_action_type_id", shapes.LIKE) != shapes.LIKE:
        raise Invalid(_("There is no such action."), "post_action_type_id")
    return _react(given.integer("id"), liked=True)


@bp.delete("/post_actions/<int:post_id>.json")
@member_only
def unlike(post_id: int) -> Response:
    """Take a like back."""
    return _react(post_id, liked=False)


def _begin(given: Params, raw: str, key: str | None) -> Post:
    category_id = given.integer("category", None)
    if category_id is None:
        raise Invalid(_("Choose a category."), "category")
    if categories.find(viewer(), category_id) is None:
        raise NotFound
    made = topics.create(
        author=member(),
        category_id=category_id,
        title=given.text("title", ""),
        raw=raw,
        kind=kinds.of_the_composer(given.text("kind", kinds.DISCUSSION.name)).name,
        tag_names=given.texts("tags"),
        lang=_lang(given),
        key=key,
    )
    return topics.first_post(made)


def _react(post_id: int, *, liked: bool) -> Response:
    post = thread.get_post(viewer(), post_id)
    with transaction():
        (reactions.like if liked else reactions.unlike)(post, post.topic, by=member())
    return _answer(post_id)


def _answer(post_id: int) -> Response:
    found = thread.one(viewer(), post_id)
    return jsonify(shapes.post(found.posts[0], found, viewer()))


def _lang(given: Params) -> str | None:
    lang = given.text("locale", "")
    return lang if lang in ("fr", "en") else None
