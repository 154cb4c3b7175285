"""Work on topics that nobody waits for: how they score, what counts for whom."""

from forum.core.database import transaction
from forum.core.jobs import every, job
from forum.topics import counters
from forum.topics.service import scores, views


@every(minutes=15)
def score_topics() -> None:
    """Rebuild the lists of top topics."""
    views.flush()
    with transaction():
        scores.rebuild()


@job
def recount_people(category_id: int) -> None:
    """Recount the figures of those who wrote in a category that was opened or closed to some."""
    with transaction():
        counters.recount_people_in(category_id)
