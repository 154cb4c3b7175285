"""The base: how many opportunities and threads speak of a know-how in a market."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select

from forum.categories.policies import Viewer
from forum.core.database import session
from forum.opportunities.models import LIVE, Opportunity
from forum.opportunities.service import KIND
from forum.topics.models.topic import Topic, TopicMarket, TopicTerm
from forum.topics.policies import listed_to
from forum.vocabulary.models import KNOWHOW, Term

MEASURES = ("all", "opportunities", "threads")
LEVELS = 5
COLUMNS = 12
# Behind a cell on its page; search has them all.
MOST_ENTRIES = 60


@dataclass
class Matrix:
    """Know-how by market: `cells[term id][country]` counts topics; totals count each topic once."""

    cells: dict[int, Counter[str]]
    row_totals: Counter[int]
    countries: Counter[str]
    highest: int

    def level(self, count: int) -> int:
        """How dark a count is drawn, 0 to 5."""
        return heat(count, self.highest)

    @property
    def columns(self) -> list[str]:
        """The markets most spoken of."""
        return [code for code, _ in self.countries.most_common(COLUMNS)]


def heat(count: int, highest: int) -> int:
    """A count as one of six grounds: small differences show among small numbers."""
    if count <= 0 or highest <= 0:
        return 0
    share = (count / highest) ** 0.6
    return max(1, min(LEVELS, round(share * LEVELS)))


def matrix(viewer: Viewer, measure: str, parent: Term | None = None) -> Matrix:
    """Roots by market, or the terms below one root, in two statements."""
    rows = session.execute(
        select(Topic.id, TopicMarket.country, Term.id, Term.parent_id)
        .join(TopicTerm, TopicTerm.topic_id == Topic.id)
        .join(Term, Term.id == TopicTerm.term_id)
        .join(TopicMarket, TopicMarket.topic_id == Topic.id)
        .where(listed_to(viewer), Term.vocabulary == KNOWHOW, *_measured(measure))
    ).all()
    seen: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    by_row: defaultdict[int, set[int]] = defaultdict(set)
    for topic_id, country, term_id, parent_id in rows:
        if parent is None:
            row = parent_id or term_id
        elif parent.id in (parent_id, term_id):
            row = term_id
        else:
            continue
        seen[row, country].add(topic_id)
        by_row[row].add(topic_id)
    cells: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for (row, country), topics in seen.items():
        cells[row][country] = len(topics)
    return Matrix(
        cells=cells,
        row_totals=Counter({row: len(topics) for row, topics in by_row.items()}),
        countries=_by_country(viewer, measure),
        highest=max((count for row in cells.values() for count in row.values()), default=0),
    )


def entries(
    viewer: Viewer, measure: str, *, terms: list[int] | None, countries: frozenset[str]
) -> list[int]:
    """The topics behind a cell, latest first; of very many the latest `MOST_ENTRIES`."""
    statement = select(Topic.id).where(listed_to(viewer), *_measured(measure))
    if terms is not None:
        about = select(TopicTerm.topic_id).where(TopicTerm.term_id.in_(terms))
        statement = statement.where(Topic.id.in_(about))
    if countries:
        there = select(TopicMarket.topic_id).where(TopicMarket.country.in_(countries))
        statement = statement.where(Topic.id.in_(there))
    return list(session.scalars(statement.order_by(Topic.bumped_at.desc()).limit(MOST_ENTRIES)))


def _by_country(viewer: Viewer, measure: str) -> Counter[str]:
    rows = session.execute(
        select(TopicMarket.country, func.count())
        .join(Topic, Topic.id == TopicMarket.topic_id)
        .where(listed_to(viewer), *_measured(measure))
        .group_by(TopicMarket.country)
    )
    return Counter({row[0]: row[1] for row in rows})


def _measured(measure: str) -> list[ColumnElement[bool]]:
    """What is measured; an opportunity counts as long as one may answer to it."""
    thread = Topic.kind != KIND
    live = Topic.id.in_(select(Opportunity.topic_id).where(Opportunity.status.in_(LIVE)))
    return [{"opportunities": live, "threads": thread}.get(measure, or_(thread, live))]
