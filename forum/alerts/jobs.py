"""Asking what is due each minute, and sending what it found."""

import logging
import time

from forum.accounts.models.user import User
from forum.alerts import mailer, policies, settings
from forum.alerts.models import SavedSearch
from forum.alerts.queries import letters as waiting
from forum.alerts.queries import running as waiting_searches
from forum.alerts.service import letters, running, saving
from forum.core.database import end_reading, transaction
from forum.core.jobs import every, job
from forum.realtime.queries import viewer_of

log = logging.getLogger(__name__)

# So many are asked, then kept together: a wait for the disk serves them all.
TOGETHER = 25


@every(minutes=1)
def run_due() -> None:
    """Ask the saved searches whose time has come, then write and send mails."""
    if not waiting_searches.index_is_behind():
        _ask_all(until=time.monotonic() + settings.MOST_SECONDS())
    end_reading()
    with transaction():
        for letter_id in letters.write():
            mail_letter.later(letter_id=letter_id)
    for letter_id in waiting.lost_letters():
        mail_letter.later(letter_id=letter_id)


@job
def mail_letter(letter_id: int) -> None:
    """Send a mail that was written, with what its reader may see at this moment."""
    with transaction():
        letter = letters.claim(letter_id)
    if letter is None:
        return
    owner = viewer_of(letter.user_id)
    if not isinstance(owner, User) or not owner.email or not policies.may_be_told(owner):
        return
    try:
        hits = waiting.told_in(letter, owner)
        if hits:
            mailer.found(owner, hits)
    except Exception:
        log.exception("A mail of alerts could not be sent; it is tried again")
        with transaction():
            letters.give_back(letter_id)


@every(minutes=60)
def forget_old() -> None:
    """Remove what nobody will ask for."""
    with transaction():
        saving.forget_old()
        letters.forget_old()


def _ask_all(*, until: float) -> None:
    owners: dict[int, User] = {}
    due = waiting_searches.due(settings.PER_MINUTE())
    for start in range(0, len(due), TOGETHER):
        runs = [
            running.ask(saved, owner)
            for saved in due[start : start + TOGETHER]
            if (owner := _owner(saved, owners)) is not None
        ]
        with transaction():
            running.keep(runs)
        if time.monotonic() > until or not all(run.complete for run in runs):
            return


def _owner(saved: SavedSearch, known: dict[int, User]) -> User | None:
    """Who is told, with the rights of this moment."""
    if saved.user_id not in known:
        owner = viewer_of(saved.user_id)
        if not isinstance(owner, User):
            return None
        known[saved.user_id] = owner
    return known[saved.user_id]
