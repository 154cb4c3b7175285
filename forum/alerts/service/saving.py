"""Keeping a search, changing when and how it tells, giving it up."""

from datetime import timedelta

from sqlalchemy import delete, update

from forum.accounts.models.user import User
from forum.alerts import asked as addresses
from forum.alerts import moments, policies, settings
from forum.alerts.models import CHANNELS, FREQUENCIES, MAIL, PAGE, SavedSearch, SearchHit
from forum.alerts.queries import own
from forum.core import clock
from forum.core.database import session, take_turns
from forum.core.errors import Invalid, require
from forum.core.i18n import _, ngettext
from forum.core.text import squeeze
from forum.search.grammar import parser

MOST_PAUSED_DAYS = 365


def save(asked: str, *, by: User, name: str = "", frequency: str, channel: str) -> SavedSearch:
    """Keep a search; what is there already is no news. Asking the same again gives the one kept."""
    require(policies.can_save(by), _("Confirm your address first: then searches can be saved."))
    take_turns(f"saved searches of {by.id}")
    kept = own.same(by, asked)
    if kept is not None:
        return kept
    _refuse_what_asks_nothing(asked, by)
    _refuse_one_more(by)
    moment = clock.now()
    saved = SavedSearch(
        user_id=by.id,
        name=_checked_name(name) or suggested_name(asked, by),
        asked=asked,
        created_at=moment,
        last_run_at=moment,
        looked_at=moment,
    )
    _tell(saved, by, frequency=frequency, channel=channel)
    session.add(saved)
    session.flush()
    return saved


def change(saved: SavedSearch, *, by: User, name: str, frequency: str, channel: str) -> None:
    """Another name, or another way of telling."""
    require(policies.can_see(by, saved))
    name = _checked_name(name)
    if not name:
        raise Invalid(_("Give it a name."), "name")
    saved.name = name
    _tell(saved, by, frequency=frequency, channel=channel)


def pause(saved: SavedSearch, *, by: User, days: int) -> None:
    """Tell nothing for some days; what comes in the meantime is told after."""
    require(policies.can_see(by, saved))
    if not 1 <= days <= MOST_PAUSED_DAYS:
        raise Invalid(_("Choose between a day and a year."), "days")
    saved.paused_until = clock.now() + timedelta(days=days)
    _plan(saved, by)


def resume(saved: SavedSearch, *, by: User) -> None:
    """Tell again."""
    require(policies.can_see(by, saved))
    saved.paused_until = None
    _plan(saved, by)


def look_at(saved: SavedSearch, *, by: User) -> None:
    """Its owner has seen all that was found."""
    require(policies.can_see(by, saved))
    saved.looked_at = clock.now()


def remove(saved: SavedSearch, *, by: User) -> None:
    """Delete it; for a day it can be brought back."""
    require(policies.can_see(by, saved))
    saved.deleted_at, saved.due_at = clock.now(), None


def recover(saved: SavedSearch, *, by: User) -> None:
    """Bring back what was deleted."""
    require(policies.can_save(by) and saved.user_id == by.id)
    take_turns(f"saved searches of {by.id}")
    _refuse_one_more(by)
    saved.deleted_at = None
    _plan(saved, by)


def stop_mails(user_id: int, saved_search_id: int | None) -> None:
    """Send no more mails of one saved search, or of any; the page goes on telling."""
    which = [] if saved_search_id is None else [SavedSearch.id == saved_search_id]
    session.execute(
        update(SavedSearch)
        .where(SavedSearch.user_id == user_id, SavedSearch.channel == MAIL, *which)
        .values(channel=PAGE)
    )


def forget_old() -> None:
    """Remove what was deleted a day ago, and what was found long ago."""
    moment = clock.now()
    session.execute(delete(SavedSearch).where(SavedSearch.deleted_at < moment - settings.UNDO))
    kept_since = moment - timedelta(days=settings.KEEP_DAYS())
    session.execute(delete(SearchHit).where(SearchHit.first_seen_at < kept_since))


def suggested_name(asked: str, owner: User) -> str:
    """What a search is called unless its owner says otherwise: its own words."""
    text = addresses.request(asked).text
    return squeeze(parser.read(text, owner).words or text)[: settings.LONGEST_NAME]


def _tell(saved: SavedSearch, owner: User, *, frequency: str, channel: str) -> None:
    if frequency not in FREQUENCIES:
        raise Invalid(_("Choose when to be told."), "frequency")
    if channel not in CHANNELS:
        raise Invalid(_("Choose how to be told."), "channel")
    saved.frequency, saved.channel = frequency, channel
    _plan(saved, owner)


def _plan(saved: SavedSearch, owner: User) -> None:
    """Say when it is asked next."""
    after = max(clock.now(), saved.paused_until or clock.now())
    saved.due_at = moments.next_run(saved.frequency, owner.time_zone, after=after)


def _checked_name(name: str) -> str:
    name = squeeze(name)
    if len(name) > settings.LONGEST_NAME:
        text = _("Use at most %(count)s characters.", count=settings.LONGEST_NAME)
        raise Invalid(text, "name")
    return name


def _refuse_what_asks_nothing(asked: str, owner: User) -> None:
    if parser.read(addresses.request(asked).text, owner).empty:
        raise Invalid(_("There is nothing to look for."), "q")
    if len(asked) > settings.LONGEST_ADDRESS:
        raise Invalid(_("This search is too long to be saved."), "q")


def _refuse_one_more(owner: User) -> None:
    most = settings.MOST_SEARCHES()
    if own.count(owner) >= most:
        text = ngettext(
            "You may keep %(count)s search. Delete one first.",
            "You may keep %(count)s searches. Delete one first.",
            most,
        )
        raise Invalid(text)
