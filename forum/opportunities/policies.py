"""Who may publish and change opportunities. Who sees one follows from its topic."""

from forum.categories.policies import Viewer
from forum.topics import policies as topics
from forum.topics.models.topic import Topic


def can_publish(viewer: Viewer, category_ids: frozenset[int]) -> bool:
    """Whoever may begin a topic in a category of opportunities."""
    return topics.may_write(viewer) and bool(category_ids & viewer.create_category_ids)


def can_change(viewer: Viewer, topic: Topic) -> bool:
    """The author as long as he may write, and staff; the card has no time limit."""
    if not topics.may_write(viewer) or not topics.can_see(viewer, topic) or topic.archived:
        return False
    return viewer.is_staff or topic.author_id == viewer.id
