"""Every change to the glossary, and the list of its entries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import String, func, select
from sqlalchemy.orm import joinedload

from forum.accounts.models.user import User
from forum.core import clock, text, versions
from forum.core.database import session, take_turns
from forum.core.errors import Conflict, Invalid, NotFound, require
from forum.core.i18n import _
from forum.core.paging import Page, page
from forum.search import analysis, glossary, policies
from forum.search.models import SEPARATOR, GlossaryEntry

LONGEST_NAME = 80
MOST_NAMES = 6  # on one side
MOST_ENTRIES = 5_000

_LIST_KEY = func.substr(GlossaryEntry.folded, 1, 200, type_=String)


@dataclass
class Imported:
    """What became of the lines of a file."""

    added: int = 0
    known: int = 0
    refused: dict[int, str] = field(default_factory=dict)  # why, by the number of the line


def listed(typed: str = "", *, removed: bool = False, after: str | None = None) -> Page:
    """The entries in the order of the French words, those with all the words that were typed."""
    is_removed = GlossaryEntry.removed_at.is_not(None)
    statement = select(GlossaryEntry).where(is_removed if removed else ~is_removed)
    for word in analysis.words(typed):
        statement = statement.where(GlossaryEntry.folded.contains(f" {word}", autoescape=True))
    statement = statement.options(joinedload(GlossaryEntry.changed_by))
    return page(statement, _LIST_KEY.asc(), GlossaryEntry.id.asc(), after=after)


def count(*, removed: bool = False) -> int:
    """How many entries there are, or were removed."""
    is_removed = GlossaryEntry.removed_at.is_not(None)
    statement = select(func.count()).select_from(GlossaryEntry)
    return session.scalar(statement.where(is_removed if removed else ~is_removed)) or 0


def get(entry_id: int) -> GlossaryEntry:
    """An entry, removed or not, with who changed it last."""
    entry = session.get(GlossaryEntry, entry_id, options=[joinedload(GlossaryEntry.changed_by)])
    if entry is None:
        raise NotFound
    return entry


def in_use() -> list[GlossaryEntry]:
    """All entries that are not removed, as they are exported."""
    rows = select(GlossaryEntry).where(GlossaryEntry.removed_at.is_(None)).order_by(_LIST_KEY)
    return list(session.scalars(rows))


def add(words_fr: Iterable[str], words_en: Iterable[str], *, by: User) -> GlossaryEntry:
    """A new entry: what a thing is called in French and in English."""
    require(policies.can_manage(by))
    _take_turn()
    if count() >= MOST_ENTRIES:
        raise Invalid(_("The glossary is full: it holds %(most)s entries.", most=MOST_ENTRIES))
    entry = GlossaryEntry()
    _write(entry, words_fr, words_en)
    _sign(entry, by)
    session.add(entry)
    session.flush()
    return entry


def change(
    entry: GlossaryEntry, words_fr: Iterable[str], words_en: Iterable[str], *, by: User
) -> None:
    """Other words for the same thing."""
    require(policies.can_manage(by))
    _take_turn()
    if entry.removed_at is not None:
        raise Conflict(_("This entry was removed meanwhile."))
    _write(entry, words_fr, words_en)
    _sign(entry, by)


def remove(entry: GlossaryEntry, *, by: User) -> None:
    """Use an entry no more; it can be brought back."""
    require(policies.can_manage(by))
    _take_turn()
    if entry.removed_at is None:
        entry.removed_at = clock.now()
        _sign(entry, by)


def restore(entry: GlossaryEntry, *, by: User) -> None:
    """Bring back an entry, unless its words were written anew meanwhile."""
    require(policies.can_manage(by))
    _take_turn()
    if entry.removed_at is not None:
        _refuse_known(entry)
        entry.removed_at = None
        _sign(entry, by)


def add_all(rows: Iterable[Mapping[str, str]], *, by: User) -> Imported:
    """Add the lines of a file; what is known already or cannot be taken is left out and told."""
    require(policies.can_manage(by))
    _take_turn()
    done, taken, room = Imported(), _taken(), MOST_ENTRIES - count()
    for line, row in enumerate(rows, 2):  # the first line is the head
        entry = GlossaryEntry()
        try:
            _fill(entry, *(row.get(side, "").split(SEPARATOR) for side in ("words_fr", "words_en")))
            if done.added >= room:
                raise Invalid(
                    _("The glossary is full: it holds %(most)s entries.", most=MOST_ENTRIES)
                )
        except Invalid as refusal:
            done.refused[line] = refusal.message
            continue
        pairs = glossary.pairs(entry)
        if pairs & taken:
            done.known += 1
            continue
        taken |= pairs
        _sign(entry, by)
        session.add(entry)
        done.added += 1
    session.flush()
    return done


def _take_turn() -> None:
    """One after the other, so that two cannot write the same; what is kept is out of date."""
    take_turns("glossary")
    versions.step("glossary")


def _write(entry: GlossaryEntry, words_fr: Iterable[str], words_en: Iterable[str]) -> None:
    _fill(entry, words_fr, words_en)
    _refuse_known(entry)


def _fill(entry: GlossaryEntry, words_fr: Iterable[str], words_en: Iterable[str]) -> None:
    entry.words_fr = _sound(words_fr, "fr")
    entry.words_en = _sound(words_en, "en")
    entry.folded = glossary.folded(entry.words_fr, entry.words_en)


def _sound(words: Iterable[str], lang: str) -> str:
    """The names of a side, each once, as they are kept."""
    side = f"words_{lang}"
    names: dict[glossary.Words, str] = {}
    for written in (text.squeeze(one) for one in words):
        if not written:
            continue
        if len(written) > LONGEST_NAME:
            raise Invalid(
                _("“%(name)s…” is too long: an equivalent has at most %(most)s characters.",
                  name=written[:20], most=LONGEST_NAME), side)  # fmt: skip
        name = glossary.name(0, lang, written)
        if not name.key:
            raise Invalid(
                _("“%(name)s” holds no word that is searched for, only small ones.", name=written),
                side,
            )
        names.setdefault(name.key, written)
    if not names:
        raise Invalid(_("Write at least one word or expression."), side)
    if len(names) > MOST_NAMES:
        raise Invalid(_("At most %(most)s equivalents in a language.", most=MOST_NAMES), side)
    return SEPARATOR.join(names.values())


def _refuse_known(entry: GlossaryEntry) -> None:
    """No French word may be with the same English one twice."""
    again = glossary.pairs(entry) & _taken(but=entry)
    if again:
        fr, en = min(again)
        said = {
            lang: next(one for one in entry.names(lang) if glossary.name(0, lang, one).key == key)
            for lang, key in (("fr", fr), ("en", en))
        }
        raise Invalid(
            _("“%(fr)s” and “%(en)s” are already equivalents in the glossary.", **said), "words_fr"
        )


def _taken(*, but: GlossaryEntry | None = None) -> set[glossary.Pair]:
    return {pair for other in in_use() if other is not but for pair in glossary.pairs(other)}


def _sign(entry: GlossaryEntry, by: User) -> None:
    entry.changed_at, entry.changed_by_id = clock.now(), by.id
