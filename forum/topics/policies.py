"""Who may do what to topics and posts: each question beside the filter that agrees with it."""

from datetime import timedelta
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, bindparam, or_, true

from forum.accounts.models.user import User
from forum.categories.policies import Viewer, can_create_in, can_reply_in
from forum.core import clock
from forum.topics import settings
from forum.topics.models.post import REGULAR, Post
from forum.topics.models.topic import Topic

# Conditions are built once for all who see the same, and so are the statements that have them:
# building a statement takes longer than asking it.
MOST_KEPT = 256
_POST_SEEN_BY_STAFF = true()
_POST_SEEN = or_(Post.deleted_at.is_(None), Post.author_id == bindparam("viewer_id"))


def can_see(viewer: Viewer, topic: Topic) -> bool:
    """An unlisted topic is seen by whoever has its address; a deleted one only by staff."""
    if topic.category_id not in viewer.visible_category_ids:
        return False
    return topic.deleted_at is None or viewer.is_staff


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    return _visible(viewer.visible_category_ids, staff=viewer.is_staff)


@lru_cache(maxsize=MOST_KEPT)
def _visible(category_ids: frozenset[int], *, staff: bool) -> ColumnElement[bool]:
    seen = Topic.category_id.in_(category_ids)
    return seen if staff else and_(seen, Topic.deleted_at.is_(None))


def can_list(viewer: Viewer, topic: Topic) -> bool:
    """Lists, search and counts leave out what is deleted, and what is unlisted but to staff."""
    return can_see(viewer, topic) and not topic.deleted and (topic.listed or viewer.is_staff)


def listed_to(viewer: Viewer) -> ColumnElement[bool]:
    return _listed(viewer.visible_category_ids, staff=viewer.is_staff)


@lru_cache(maxsize=MOST_KEPT)
def _listed(category_ids: frozenset[int], *, staff: bool) -> ColumnElement[bool]:
    seen = and_(Topic.category_id.in_(category_ids), Topic.deleted_at.is_(None))
    return seen if staff else and_(seen, Topic.listed)


def listed_in_order_to(viewer: Viewer) -> ColumnElement[bool]:
    """`listed_to`, for lists in the order of an index: they walk it and stop at a page.

    Adding nothing hides the category from SQLite's planner, which would else gather and sort the
    topics of every category the viewer sees, all of them, to show thirty.
    """
    return _listed_in_order(viewer.visible_category_ids, staff=viewer.is_staff)


@lru_cache(maxsize=MOST_KEPT)
def _listed_in_order(category_ids: frozenset[int], *, staff: bool) -> ColumnElement[bool]:
    seen = and_((Topic.category_id + 0).in_(category_ids), Topic.deleted_at.is_(None))
    return seen if staff else and_(seen, Topic.listed)


def can_see_post(viewer: Viewer, post: Post) -> bool:
    """Asked of a post whose topic the viewer may see."""
    return post.deleted_at is None or viewer.is_staff or post.author_id == viewer.id


def post_visible_to(viewer: Viewer) -> ColumnElement[bool]:
    if viewer.is_staff:
        return true()
    if viewer.is_guest:
        return Post.deleted_at.is_(None)
    return or_(Post.deleted_at.is_(None), Post.author_id == viewer.id)


def post_visible_to_asker(viewer: Viewer) -> ColumnElement[bool]:
    """The same in a statement that is kept: who asks is its parameter `viewer_id`."""
    return _POST_SEEN_BY_STAFF if viewer.is_staff else _POST_SEEN


def may_write(viewer: Viewer) -> bool:
    """Confirmed, and neither silenced nor suspended."""
    if viewer.is_guest or viewer.confirmed_at is None:
        return False
    return not _until(viewer.silenced_until) and not _until(viewer.suspended_until)


def can_create(viewer: Viewer, category_id: int) -> bool:
    return may_write(viewer) and can_create_in(viewer, category_id)


def can_create_anywhere(viewer: Viewer) -> bool:
    return may_write(viewer) and bool(viewer.create_category_ids)


def can_reply(viewer: Viewer, topic: Topic) -> bool:
    """Closed and archived topics take replies from staff only, archived ones from nobody."""
    if not (may_write(viewer) and can_see(viewer, topic) and topic.deleted_at is None):
        return False
    if topic.archived_at is not None or not can_reply_in(viewer, topic.category_id):
        return False
    return topic.closed_at is None or viewer.is_staff


def can_edit_post(viewer: Viewer, post: Post, topic: Topic) -> bool:
    """One's own for a day, thirty days from trust level 2 (Discourse); staff always."""
    if not may_write(viewer) or topic.archived_at is not None:
        return False
    if viewer.is_staff or viewer.trust_level >= 4:
        return can_see(viewer, topic) and can_see_post(viewer, post)
    if post.author_id != viewer.id or post.deleted_at is not None or not can_see(viewer, topic):
        return False
    if viewer.trust_level >= 2:
        window = timedelta(days=settings.EDIT_DAYS_TRUSTED())
    else:
        window = timedelta(hours=settings.EDIT_HOURS_NEW())
    return clock.now() - post.created_at < window


def can_edit_topic(viewer: Viewer, topic: Topic, first_post: Post) -> bool:
    """Title, category and tags: the author as with his post, regulars, and staff."""
    if viewer.is_guest or topic.archived_at is not None or not can_see(viewer, topic):
        return False
    if viewer.is_staff or viewer.trust_level >= 3:
        return may_write(viewer)
    return can_edit_post(viewer, first_post, topic)


def can_delete_post(viewer: Viewer, post: Post, topic: Topic) -> bool:
    """One's own reply while the topic is open; staff any. The first post goes with its topic."""
    if not may_write(viewer) or post.deleted_at is not None or not can_see(viewer, topic):
        return False
    if post.number == 1:
        return can_delete(viewer, topic)
    if viewer.is_staff:
        return True
    return post.author_id == viewer.id and topic.archived_at is None and topic.closed_at is None


def can_recover_post(viewer: Viewer, post: Post, topic: Topic) -> bool:
    """Staff any; one's own when one deleted it oneself."""
    if post.deleted_at is None or not may_write(viewer) or not can_see(viewer, topic):
        return False
    return viewer.is_staff or (post.author_id == viewer.id == post.deleted_by_id)


def can_delete(viewer: Viewer, topic: Topic) -> bool:
    """Staff; or its author while nobody has answered."""
    if not may_write(viewer) or topic.deleted_at is not None or not can_see(viewer, topic):
        return False
    return viewer.is_staff or (topic.author_id == viewer.id and topic.posts_count <= 1)


def can_recover(viewer: Viewer, topic: Topic) -> bool:
    return viewer.is_staff and topic.deleted_at is not None and can_see(viewer, topic)


def can_like(viewer: Viewer, post: Post, topic: Topic) -> bool:
    """Anyone else's post in a topic that is not archived; not a line about what was done."""
    if not may_write(viewer) or topic.archived_at is not None or post.kind != REGULAR:
        return False
    return post.author_id != viewer.id and post.deleted_at is None and can_see(viewer, topic)


def can_accept_answer(viewer: Viewer, post: Post, topic: Topic) -> bool:
    """In a question: the one who asked, or staff; never the question itself."""
    if topic.kind != "question" or post.number == 1 or post.deleted_at is not None:
        return False
    if post.kind != REGULAR:
        return False
    if not may_write(viewer) or not can_see(viewer, topic):
        return False
    return viewer.is_staff or topic.author_id == viewer.id


def can_see_revisions(viewer: Viewer, post: Post) -> bool:
    """Public, as in Discourse, to whoever sees the post."""
    return can_see_post(viewer, post)


def can_moderate(viewer: Viewer, topic: Topic) -> bool:
    """Close, pin, archive, unlist."""
    if not may_write(viewer) or not can_see(viewer, topic):
        return False
    return viewer.is_staff or viewer.trust_level >= 4


def can_create_tags(viewer: Viewer) -> bool:
    """From trust level 3 (Discourse's default)."""
    return isinstance(viewer, User) and (viewer.is_staff or viewer.trust_level >= 3)


def _until(moment: object) -> bool:
    return moment is not None and moment > clock.now()  # type: ignore[operator]
