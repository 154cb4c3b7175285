"""Reading opportunities: one card, the filtered list, and what each filter would leave."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from forum.categories.policies import Viewer
from forum.core import clock
from forum.core.database import session
from forum.core.errors import NotFound
from forum.opportunities.models import OPEN, Opportunity
from forum.topics.models.topic import Topic, TopicMarket, TopicTerm
from forum.topics.policies import listed_to, visible_to
from forum.vocabulary import markets as known_markets
from forum.vocabulary.models import Term

PAGE = 40
DUE_DAYS = {"soon": 15, "quarter": 91}


@dataclass(frozen=True)
class Filters:
    """What the reader chose; several values of one facet mean any of them."""

    kind: str = ""
    side: str = ""
    markets: tuple[str, ...] = ()  # ISO codes and zone codes
    sectors: tuple[str, ...] = ()
    knowhow: tuple[str, ...] = ()
    statuses: tuple[str, ...] = (OPEN,)
    due: str = ""

    @property
    def chosen(self) -> int:
        """How many filters differ from the ordinary view."""
        plain = (self.kind, self.side, self.due)
        several = len(self.markets) + len(self.sectors) + len(self.knowhow)
        return sum(map(bool, plain)) + several + (self.statuses != (OPEN,))


@dataclass(frozen=True)
class Entry:
    """An opportunity as the filters see it; `knowhow` and `sector` are terms' codes."""

    topic_id: int
    side: str
    kind: str
    status: str
    sector: str
    valid_until: date
    markets: frozenset[str]
    knowhow: frozenset[str]


@dataclass
class Found:
    """The entries that pass, and what each facet counts under the other filters."""

    filters: Filters
    entries: list[Entry]
    passing: list[Entry] = field(init=False)

    def __post_init__(self) -> None:
        self.passing = [e for e in self.entries if passes(e, self.filters)]

    def side(self, side: str) -> int:
        return sum(entry.side == side for entry in self.passing)

    @cached_property
    def kinds(self) -> Counter[str]:
        return Counter(e.kind for e in self._without(kind=""))

    @cached_property
    def statuses(self) -> Counter[str]:
        return Counter(e.status for e in self._without(statuses=()))

    @cached_property
    def countries(self) -> Counter[str]:
        return Counter(code for e in self._without(markets=()) for code in e.markets)

    @cached_property
    def zones(self) -> dict[str, int]:
        entries = self._without(markets=())
        return {
            zone.code: sum(bool(e.markets & zone.countries) for e in entries)
            for zone in known_markets.zones()
        }

    @cached_property
    def sectors(self) -> Counter[str]:
        return Counter(e.sector for e in self._without(sectors=()) if e.sector)

    @cached_property
    def knowhow(self) -> Counter[str]:
        """By root and by term: a root counts what is below it once."""
        counted: Counter[str] = Counter()
        for entry in self._without(knowhow=()):
            counted.update(entry.knowhow | {code.split("/")[0] for code in entry.knowhow})
        return counted

    @cached_property
    def due(self) -> dict[str, int]:
        entries = self._without(due="")
        return {name: sum(_is_due(e, name) for e in entries) for name in DUE_DAYS}

    def _without(self, **loosened: object) -> list[Entry]:
        filters = replace(self.filters, **loosened)  # type: ignore[arg-type]
        return [entry for entry in self.entries if passes(entry, filters)]


def search(viewer: Viewer, filters: Filters) -> Found:
    """Every opportunity the viewer may see, weighed by the filters, in three statements."""
    rows = session.execute(
        select(
            Opportunity.topic_id,
            Opportunity.side,
            Opportunity.kind,
            Opportunity.status,
            Opportunity.valid_until,
            Term.code.label("sector"),
        )
        .join(Topic, Topic.id == Opportunity.topic_id)
        .outerjoin(Term, Term.id == Opportunity.sector_id)
        .where(listed_to(viewer))
        .order_by(Topic.created_at.desc(), Topic.id.desc())
    ).all()
    countries = _gather(
        select(TopicMarket.topic_id, TopicMarket.country).join(
            Opportunity, Opportunity.topic_id == TopicMarket.topic_id
        )
    )
    terms = _gather(
        select(TopicTerm.topic_id, Term.code)
        .join(Term, Term.id == TopicTerm.term_id)
        .join(Opportunity, Opportunity.topic_id == TopicTerm.topic_id)
    )
    entries = [
        Entry(
            topic_id=row.topic_id,
            side=row.side,
            kind=row.kind,
            status=row.status,
            sector=row.sector or "",
            valid_until=row.valid_until,
            markets=frozenset(countries[row.topic_id]),
            knowhow=frozenset(terms[row.topic_id]),
        )
        for row in rows
    ]
    return Found(filters, entries)


def passes(entry: Entry, filters: Filters) -> bool:
    """Whether an entry meets every filter."""
    return (
        (not filters.kind or entry.kind == filters.kind)
        and (not filters.side or entry.side == filters.side)
        and (not filters.statuses or entry.status in filters.statuses)
        and (not filters.sectors or entry.sector in filters.sectors)
        and (not filters.markets or bool(entry.markets & known_markets.expand(filters.markets)))
        and (not filters.knowhow or _knows(entry.knowhow, filters.knowhow))
        and (not filters.due or _is_due(entry, filters.due))
    )


def cards(viewer: Viewer, topic_ids: Sequence[int]) -> list[Opportunity]:
    """Some opportunities with what a card draws, in the order of the ids."""
    if not topic_ids:
        return []
    found = session.scalars(
        select(Opportunity)
        .join(Opportunity.topic)
        .where(Opportunity.topic_id.in_(topic_ids), listed_to(viewer))
        .options(
            contains_eager(Opportunity.topic).joinedload(Topic.author),
            contains_eager(Opportunity.topic).selectinload(Topic.markets),
            contains_eager(Opportunity.topic).selectinload(Topic.terms),
            contains_eager(Opportunity.topic).selectinload(Topic.tags),
            joinedload(Opportunity.sector),
        )
    )
    by_id = {card.topic_id: card for card in found}
    return [by_id[i] for i in topic_ids if i in by_id]


def closing_next(viewer: Viewer, most: int) -> list[Opportunity]:
    """The open ones that end first, with no more than a title needs."""
    return list(
        session.scalars(
            select(Opportunity)
            .join(Opportunity.topic)
            .where(Opportunity.status == OPEN, listed_to(viewer))
            .options(contains_eager(Opportunity.topic))
            .order_by(Opportunity.valid_until, Opportunity.topic_id)
            .limit(most)
        )
    )


def count_open(viewer: Viewer) -> int:
    """How many are open to the viewer's interest."""
    found = (
        select(func.count())
        .select_from(Opportunity)
        .join(Opportunity.topic)
        .where(Opportunity.status == OPEN, listed_to(viewer))
    )
    return session.scalar(found) or 0


def sides(topic_ids: Sequence[int]) -> dict[int, str]:
    """Offer or request, of topics whose visibility was already asked."""
    rows = session.execute(
        select(Opportunity.topic_id, Opportunity.side).where(Opportunity.topic_id.in_(topic_ids))
    )
    return {row.topic_id: row.side for row in rows}


def of_topic(topic_id: int) -> Opportunity | None:
    """The card of a topic whose visibility was already asked."""
    return session.scalar(
        select(Opportunity)
        .join(Opportunity.topic)
        .where(Opportunity.topic_id == topic_id)
        .options(
            contains_eager(Opportunity.topic).selectinload(Topic.markets),
            contains_eager(Opportunity.topic).selectinload(Topic.terms),
            joinedload(Opportunity.sector),
        )
    )


def get(viewer: Viewer, topic_id: int) -> Opportunity:
    """An opportunity the viewer may see, with its topic, to be changed."""
    found = session.scalar(
        select(Opportunity)
        .join(Opportunity.topic)
        .where(Opportunity.topic_id == topic_id, visible_to(viewer))
        .options(
            contains_eager(Opportunity.topic).joinedload(Topic.author),
            contains_eager(Opportunity.topic).selectinload(Topic.markets),
            contains_eager(Opportunity.topic).selectinload(Topic.terms),
            contains_eager(Opportunity.topic).selectinload(Topic.tags),
            joinedload(Opportunity.sector),
        )
    )
    if found is None:
        raise NotFound
    return found


def _gather(statement: Select[int, str]) -> defaultdict[int, set[str]]:
    gathered: defaultdict[int, set[str]] = defaultdict(set)
    for topic_id, code in session.execute(statement):
        gathered[topic_id].add(code)
    return gathered


def _knows(codes: frozenset[str], wanted: Sequence[str]) -> bool:
    return any(code == want or code.startswith(f"{want}/") for code in codes for want in wanted)


def _is_due(entry: Entry, name: str) -> bool:
    today = clock.now().date()
    return today <= entry.valid_until <= today + timedelta(days=DUE_DAYS[name])
