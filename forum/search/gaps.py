"""Noting what is sought, and whether in vain: in memory first, into the tables twice a minute.

Nobody can be told from it. Words are kept without names, as stems and counts of a day; a person is
a digest that is another one for each thing that he seeks; what could name someone, such as an
address or a telephone number, is not kept at all.
"""

import hmac
import logging
import re
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, tuple_, update
from sqlalchemy.exc import SQLAlchemyError

from forum.categories.policies import Viewer
from forum.config import config
from forum.core import clock, jobs
from forum.core.database import session, take_turns, transaction
from forum.core.i18n import current_locale
from forum.search import analysis, settings
from forum.search.models import LONGEST_KEY, SearchAsker, SearchDay
from forum.search.service import Request, Results

log = logging.getLogger(__name__)

FLUSH_SECONDS = 30
MOST_WORDS = 8
LONGEST_WORD = 25  # keys and other secrets are longer
# Between two flushes: a flood neither fills the memory nor keeps the tables busy.
MOST_WAITING = 300
MOST_PEOPLE = 50

MOST_LINKS = 2
_LINK_WORDS = "a and au aux d de des du en et for in l la le les of the to"
_LINKS = frozenset(_LINK_WORDS.split())
_HYPHENS = {"-", "/", ".", "&"}
_WORDS_ONLY = re.compile(r"[\w\s\'\u2019]+")
_SPACE = re.compile(r"\s+")
# An address, a telephone or an account number, a long number.
_PERSONAL = re.compile(r"@|\d{6,}|\d(?:[\s.\-/()]*\d){7,}")


@dataclass(frozen=True)
class Sought:
    """What a search asked for: `key` to count it by, the words that carry it to show it."""

    key: str
    words: str
    lang: str
    in_vain: bool


@dataclass
class Tally:
    """How often something was sought since the last flush, and by whom in vain."""

    sought: Sought
    asked: int = 0
    found_none: int = 0
    people: set[str] = field(default_factory=set)


_lock = threading.Lock()
_waiting: dict[str, Tally] = {}
_flushed_at = time.monotonic()


def sought(request: Request, results: Results) -> Sought | None:
    """What a search says about its subject; None when it only turns a page, narrows or operates.

    Nothing is said while the index is being built, for then much is not found that is there.
    """
    reading = results.reading
    plain = request.page == 1 and not request.chosen and not reading.chips
    if not plain or not results.complete or _PERSONAL.search(reading.text):
        return None
    key, words = subject(reading.words)
    if not key or len(key) > LONGEST_KEY or len(words) > LONGEST_KEY:
        return None
    return Sought(key, words, current_locale(), in_vain=results.in_full == 0)


def note(found: Sought | None, viewer: Viewer, network: str) -> None:
    """Count a search of a member, or of the guests of a network."""
    if found is None:
        return
    with _lock:
        tally = _waiting.get(found.key)
        if tally is None and len(_waiting) < MOST_WAITING:
            tally = _waiting[found.key] = Tally(found)
        if tally is not None:
            tally.asked += 1
            tally.found_none += found.in_vain
            if found.in_vain and len(tally.people) < MOST_PEOPLE:
                tally.people.add(_digest(found.key, viewer, network))
        due = bool(_waiting) and time.monotonic() - _flushed_at > FLUSH_SECONDS
    if due:
        jobs.aside(flush)


def flush() -> None:
    """Write what was counted. A crash loses at most half a minute of it, a failure too."""
    global _flushed_at
    with _lock:
        tallies = dict(_waiting)
        _waiting.clear()
        _flushed_at = time.monotonic()
    if not tallies:
        return
    try:
        with transaction():
            take_turns("searches")
            _write(tallies, clock.now().date())
    except SQLAlchemyError:
        log.exception("What was sought could not be kept")


def purge() -> None:
    """Forget what was sought long ago."""
    oldest = clock.now().date() - timedelta(days=settings.LOG_DAYS())
    session.execute(delete(SearchDay).where(SearchDay.day < oldest))
    session.execute(delete(SearchAsker).where(SearchAsker.last_on < oldest))


def forget() -> None:
    """Count nothing that waits, as each test begins."""
    with _lock:
        _waiting.clear()


def subject(text: str) -> tuple[str, str]:
    """The stems of the words that carry a subject, in one order; and these words as written.

    Small words are left out of the first, and of the second but for those that link two words:
    how someone puts a question might tell who he is.
    """
    text = analysis.composed(text)
    spans = [span for span in analysis.spans(text) if not analysis.is_small(span[2])]
    if len(spans) > MOST_WORDS or any(len(word) > LONGEST_WORD for _start, _end, word in spans):
        return "", ""
    written, last = "", 0
    for start, end, _word in spans:
        written += (_link(text[last:start]) if written else "") + text[start:end].lower()
        last = end
    return " ".join(sorted({_stem(word) for _start, _end, word in spans})), written


def _link(between: str) -> str:
    """What stands between two words, if it only links them, as a hyphen or “of the” does."""
    small = analysis.words(between)
    links = 0 < len(small) <= MOST_LINKS and _LINKS.issuperset(small)
    if between in _HYPHENS or (links and _WORDS_ONLY.fullmatch(between)):
        return _SPACE.sub(" ", between.lower())
    return " "


def _stem(word: str) -> str:
    """One stem, whichever the language: of a single word nobody knows it."""
    for lang in analysis.LANGUAGES:
        word = analysis.stem(word, lang) or word
    return word


def _digest(key: str, viewer: Viewer, network: str) -> str:
    who = network if viewer.is_guest else f"member {viewer.id}"
    secret = config().signing_key.encode()
    return hmac.new(secret, f"search|{key}|{who}".encode(), "sha256").hexdigest()[:16]


def _write(tallies: dict[str, Tally], today: date) -> None:
    known = {row.key: row for row in session.scalars(_of(today, tallies))}
    room = settings.MOST_LOGGED() - _logged(today)
    fresh = [key for key in tallies if key not in known][: max(room, 0)]
    if fresh:
        session.execute(insert(SearchDay), [_row(tallies[key], today) for key in fresh])
    for key, row in known.items():
        row.asked += tallies[key].asked
        row.found_none += tallies[key].found_none
    _write_people({key: tallies[key].people for key in (*known, *fresh)}, today)


def _of(today: date, keys: Iterable[str]) -> Select[Any]:
    return select(SearchDay).where(SearchDay.day == today, SearchDay.key.in_(list(keys)))


def _logged(today: date) -> int:
    counted = select(func.count()).select_from(SearchDay).where(SearchDay.day == today)
    return session.scalar(counted) or 0


def _row(tally: Tally, today: date) -> dict[str, object]:
    return {
        "day": today,
        "key": tally.sought.key,
        "words": tally.sought.words,
        "lang": tally.sought.lang,
        "asked": tally.asked,
        "found_none": tally.found_none,
    }


def _write_people(people: dict[str, set[str]], today: date) -> None:
    pairs = {(key, who) for key, digests in people.items() for who in digests}
    if not pairs:
        return
    place = tuple_(SearchAsker.key, SearchAsker.who)
    rows = session.execute(select(SearchAsker.key, SearchAsker.who).where(place.in_(pairs)))
    known = {(row.key, row.who) for row in rows}
    if known:
        session.execute(
            update(SearchAsker).where(place.in_(known)).values(last_on=today),
            execution_options={"synchronize_session": False},
        )
    if pairs - known:
        session.execute(
            insert(SearchAsker),
            [{"key": key, "who": who, "last_on": today} for key, who in sorted(pairs - known)],
        )
