"""Offers and requests from a table, read through a mapping."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select

from forum.categories.models import Category
from forum.config import config
from forum.core import clock
from forum.core.database import session
from forum.core.i18n import _
from forum.core.text import squeeze
from forum.importers import base, records
from forum.importers.mapping import (
    Choice,
    OpportunityMapping,
    Unusable,
    day_of,
    moment_of,
    text_of,
    word_of,
)
from forum.importers.plan import Entry, Thread, key_of
from forum.importers.records import Payload, RecordSettings, author_of, language
from forum.importers.report import Report
from forum.opportunities import settings as opportunity_settings
from forum.opportunities.models import EXPIRED, KINDS, OPEN, SIDES, STATUSES, Opportunity
from forum.topics.models.topic import TopicMarket, TopicTerm
from forum.vocabulary import markets
from forum.vocabulary.models import KNOWHOW, SECTOR, Term

KIND = "opportunity"
_LONGEST_FIELD = 1_000_000  # characters


@dataclass(frozen=True)
class Card:
    """What a row says besides title and text."""

    side: str
    kind: str
    company: str
    place: str
    countries: tuple[str, ...]
    valid_until: date
    status: str
    sector: str
    knowhow: str


def import_opportunities(
    lines: Iterable[str],
    category: Category,
    mapping: OpportunityMapping,
    report: Report,
    *,
    as_of: date | None = None,
    advance: Callable[[int], None] = lambda _count: None,
) -> None:
    """Bring in the opportunities of a table; what ended before the day `as_of` has expired."""
    day = as_of or clock.now().date()
    latest: dict[str, Thread] = {}
    for thread in _threads(lines, category, mapping, day, report):
        if thread.key in latest:
            report.count("updated")
        latest[thread.key] = thread
    there = base.known_topics(latest)
    report.count("already_there", len(there))
    terms = _terms(mapping)
    base.bring_in(
        [thread for key, thread in latest.items() if key not in there],
        render=records.render,
        settings=RecordSettings(mapping, config().base_url, config().locale),
        report=report,
        finish=lambda topics: _keep_cards(topics, terms, report),
        advance=advance,
    )


def _threads(
    lines: Iterable[str],
    category: Category,
    mapping: OpportunityMapping,
    day: date,
    report: Report,
) -> Iterator[Thread]:
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.DictReader(lines)
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            report.refuse(_("line %(number)s", number=reader.line_num), str(error))
            continue
        report.count("read")
        place = _("line %(number)s", number=reader.line_num)
        try:
            yield _thread(record, category, mapping, day, place)
        except Unusable as reason:
            report.refuse(place, str(reason))


def _thread(
    record: dict[str, Any], category: Category, mapping: OpportunityMapping, day: date, place: str
) -> Thread:
    if None in record:
        raise Unusable(_("It has more fields than the table has columns."))
    row_id, title = text_of(record, mapping.id), text_of(record, mapping.title)
    if not row_id:
        raise Unusable(_("It has no id."))
    if not title:
        raise Unusable(_("It has no title."))
    published = moment_of(record, mapping.published)
    if published is None:
        raise Unusable(_("Its date cannot be read."))
    card = _card(record, mapping, published.date(), day)
    author = author_of(mapping, record, mapping.author, "", mapping.author_email)
    key = key_of(f"{mapping.name}:{row_id}")
    payload = Payload(record, mapping.body, mapping.format, author)
    return Thread(
        key=key,
        title=title,
        category_id=category.id,
        entries=[Entry(key=key, created_at=published, payload=payload, place=place)],
        kind=KIND,
        lang=language(mapping, record),
        attributes={"card": card},
    )


def _card(record: dict[str, Any], mapping: OpportunityMapping, published: date, day: date) -> Card:
    side = _word(mapping, record, mapping.side, SIDES)
    kind = _word(mapping, record, mapping.kind, KINDS)
    status = _word(mapping, record, mapping.status, STATUSES) if mapping.status else OPEN
    countries = tuple(
        code
        for part in text_of(record, mapping.market).replace(",", ";").split(";")
        if (code := part.strip().upper())
    )
    if side not in SIDES:
        raise Unusable(_("It is neither an offer nor a request."))
    if kind not in KINDS:
        raise Unusable(_("Its kind is none of ours."))
    if status not in STATUSES:
        raise Unusable(_("Its state is none of ours."))
    if not countries or not all(markets.is_country(code) for code in countries):
        raise Unusable(_("It names no market that exists."))
    until = day_of(record, mapping.deadline)
    if until is None and text_of(record, mapping.deadline):
        raise Unusable(_("Its deadline cannot be read."))
    until = until or published + timedelta(days=opportunity_settings.DEFAULT_DAYS())
    return Card(
        side=side,
        kind=kind,
        company=squeeze(text_of(record, mapping.company))[:160],
        place=squeeze(text_of(record, mapping.place))[:120],
        countries=countries,
        valid_until=until,
        status=EXPIRED if status == OPEN and until < day else status,
        sector=_chosen(mapping.sector, record),
        knowhow=_chosen(mapping.knowhow, record),
    )


def _word(
    mapping: OpportunityMapping, record: dict[str, Any], name: str, allowed: Iterable[str]
) -> str:
    """A field put into our words; a word of ours stands for itself."""
    if name not in record:
        return name if name in allowed else ""
    return word_of(mapping, record, name)


def _chosen(choice: Choice | None, record: dict[str, Any]) -> str:
    """The code of the term that fits the first code of a field, or nothing."""
    if choice is None:
        return ""
    code = text_of(record, choice.field).replace(",", ";").split(";")[0].strip()
    fitting = [start for start in choice.begins if code and code.startswith(start)]
    return choice.begins[max(fitting, key=len)] if fitting else ""


def _terms(mapping: OpportunityMapping) -> dict[tuple[str, str], int]:
    """Ids of the terms the mapping names, by vocabulary and code; unknown codes are left out."""
    found = {}
    for vocabulary, choice in ((SECTOR, mapping.sector), (KNOWHOW, mapping.knowhow)):
        codes = set(choice.begins.values()) if choice else set()
        rows = session.execute(
            select(Term.code, Term.id).where(Term.vocabulary == vocabulary, Term.code.in_(codes))
        )
        found.update({(vocabulary, row.code): row.id for row in rows})
    return found


def _keep_cards(
    topics: list[tuple[Thread, int]], terms: dict[tuple[str, str], int], report: Report
) -> None:
    if not topics:
        return
    cards = [(topic_id, thread.attributes["card"]) for thread, topic_id in topics]
    session.execute(insert(Opportunity), [_row(topic_id, card, terms) for topic_id, card in cards])
    session.execute(
        insert(TopicMarket),
        [
            {"topic_id": topic_id, "country": country}
            for topic_id, card in cards
            for country in dict.fromkeys(card.countries)
        ],
    )
    known = [
        {"topic_id": topic_id, "term_id": terms[KNOWHOW, card.knowhow]}
        for topic_id, card in cards
        if (KNOWHOW, card.knowhow) in terms
    ]
    if known:
        session.execute(insert(TopicTerm), known)
    report.count("opportunities", len(cards))
    report.count("expired", sum(card.status == EXPIRED for _id, card in cards))


def _row(topic_id: int, card: Card, terms: dict[tuple[str, str], int]) -> dict[str, Any]:
    return {
        "topic_id": topic_id,
        "side": card.side,
        "kind": card.kind,
        "company": card.company,
        "place": card.place,
        "sector_id": terms.get((SECTOR, card.sector)),
        "valid_until": card.valid_until,
        "status": card.status,
    }
