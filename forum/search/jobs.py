"""Work of search that nobody waits for."""

import logging

from forum.core.database import transaction
from forum.core.jobs import every, job
from forum.search import gaps, rebuild

log = logging.getLogger(__name__)


@job
def rebuild_index() -> None:
    """Build the index anew, as staff asked for; `progress` tells them how it goes."""
    try:
        rebuild.rebuild()
    except rebuild.Busy:
        log.info("The search index is being built already")
    except Exception:  # not tried again by itself: the screen tells why, and staff decide
        log.exception("The search index could not be built")


@every(minutes=720)
def forget_old_searches() -> None:
    """Forget what was sought more than a year ago."""
    with transaction():
        gaps.purge()


@every(minutes=10)
def keep_searches() -> None:
    """Write down what was sought, where nobody has come for a while to do it."""
    gaps.flush()
