"""Mails of what was found: one for everything that waits, and not too many.

A mail is written, which takes what waits, then claimed and sent. Killed between the two it is sent
later; killed while it is being sent, it is not sent again: the page of alerts has it all the same.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from forum.alerts import moments, settings
from forum.alerts.models import AlertLetter, SavedSearch, SearchHit
from forum.alerts.queries import letters as waiting_letters
from forum.alerts.queries.letters import Waiting
from forum.core import clock
from forum.core.database import session, take_turns

MOST_AT_ONCE = 100
KEPT = timedelta(days=30)
# A day of letters begins at the hour of the daily ones, so it is never longer than this.
LONGEST_DAY = timedelta(hours=26)


def write() -> list[int]:
    """Write the mails that may be sent now; gives their ids."""
    take_turns("alert letters")
    members = waiting_letters.waiting(MOST_AT_ONCE)
    written = waiting_letters.letters_since(
        [member.user_id for member in members], clock.now() - LONGEST_DAY
    )
    return [
        _write(member) for member in members if _may_write(member, written.get(member.user_id, []))
    ]


def claim(letter_id: int) -> AlertLetter | None:
    """Take a mail to send it; of two who try at once, one gets it."""
    taken = session.execute(
        update(AlertLetter)
        .where(AlertLetter.id == letter_id, AlertLetter.mailed_at.is_(None))
        .values(mailed_at=clock.now())
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        return None
    return session.get(AlertLetter, letter_id, populate_existing=True)


def give_back(letter_id: int) -> None:
    """Say that a mail could not be sent, so that it is tried again."""
    session.execute(update(AlertLetter).where(AlertLetter.id == letter_id).values(mailed_at=None))


def forget_old() -> None:
    """Remove what is known of mails a month ago."""
    session.execute(delete(AlertLetter).where(AlertLetter.created_at < clock.now() - KEPT))


def _may_write(member: Waiting, written: list[datetime]) -> bool:
    moment = clock.now()
    if written and moment - written[-1] < timedelta(minutes=settings.MINUTES_APART()):
        return False
    day = moments.day_began(member.time_zone, moment)
    return sum(at >= day for at in written) < settings.LETTERS_A_DAY()


def _write(member: Waiting) -> int:
    moment = clock.now()
    letter = AlertLetter(user_id=member.user_id, created_at=moment)
    session.add(letter)
    session.flush()
    own = select(SavedSearch.id).where(SavedSearch.user_id == member.user_id)
    told = (
        select(SearchHit.id)
        .join(SearchHit.saved_search)
        .where(waiting_letters.to_be_mailed(), SearchHit.saved_search_id.in_(own))
    )
    session.execute(
        update(SearchHit)
        .where(SearchHit.id.in_(told))
        .values(letter_id=letter.id, sent_at=moment)
        .execution_options(synchronize_session=False)
    )
    return letter.id
