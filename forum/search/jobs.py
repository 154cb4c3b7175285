"""Work of search that nobody waits for."""

from forum.core.database import transaction
from forum.core.jobs import every
from forum.search import gaps


@every(minutes=720)
def forget_old_searches() -> None:
    """Forget what was sought more than a year ago."""
    with transaction():
        gaps.purge()


@every(minutes=10)
def keep_searches() -> None:
    """Write down what was sought, where nobody has come for a while to do it."""
    gaps.flush()
