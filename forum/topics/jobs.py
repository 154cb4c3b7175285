"""Recurring work on topics: how they score."""

from forum.core.database import transaction
from forum.core.jobs import every
from forum.topics.service import scores, views


@every(minutes=15)
def score_topics() -> None:
    """Rebuild the lists of top topics."""
    views.flush()
    with transaction():
        scores.rebuild()
