"""A question as the index takes it: lexemes that are looked up, and what rows must be besides.

What is looked up comes first, by itself: PostgreSQL would sometimes begin with the rest, and then read
the words of every row that is left.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Double,
    FromClause,
    Integer,
    Select,
    Text,
    cast,
    column,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY

from forum.search.backends.postgres import worth
from forum.search.backends.postgres.conditions import (
    all_of,
    condition,
    has_lexemes,
    in_time,
    looked_up,
)
from forum.search.backends.postgres.rarity import Rarity
from forum.search.backends.postgres.tables import document
from forum.search.backends.postgres.worth import Part
from forum.search.insisting import flat, insisted_on
from forum.search.question import Every, Has, Most, Node, Question, Word, Written

# What conditions on rows are made of.
KNOWN = (document.c.post_id, document.c.topic_id, document.c.created)


@dataclass(frozen=True)
class Sought:
    """What is sought, with the boxes that are ticked and the rights of who asks."""

    node: Every
    rarity: Rarity
    query: str
    # What is plain to see of a row, and what else is asked of it.
    tests: Sequence[ColumnElement[bool]]
    asked: Sequence[Node]

    @classmethod
    def read(cls, connection: Connection, question: Question, *, but: str = "") -> "Sought":
        """As it is asked; one of the facets may be left out."""
        boxes = [
            Has(facet, tuple(sorted(map(str, values))))
            for facet, values in question.chosen.items()
            if values and facet != but
        ]
        node = Every((*flat([question.node]), *boxes))
        categories = question.visible_category_ids
        rarity = Rarity.read(connection, worth.words_of(node), categories)
        query, asked = looked_up(node)
        times = [in_time(one) for one in asked if isinstance(one, Written)]
        rest = [one for one in asked if not isinstance(one, Written)]
        return cls(node, rarity, query, [*_rights(question), *times], rest)

    def rows(self, *columns: ColumnElement[Any]) -> Select[Any]:
        """What is known of the rows that fit, beside `KNOWN`."""
        looked = select(*KNOWN, *columns).where(*self.tests)
        if self.query:
            looked = looked.where(has_lexemes(self.query))
        return self.among(looked, enough=self._enough())

    def among(self, looked: Select[Any], *, enough: Select[Any] | None = None) -> Select[Any]:
        """Those of the rows that were looked up which are all that is asked."""
        if not self.asked and enough is None:
            return looked
        rows = looked.cte().prefix_with("MATERIALIZED")
        found = select(rows).where(*(condition(one, rows) for one in self.asked))
        return found if enough is None else found.where(rows.c.post_id.in_(enough))

    @property
    def long_part(self) -> Most | None:
        """The words most of which will do."""
        return next((part for part in self.node.nodes if isinstance(part, Most)), None)

    @property
    def covered(self) -> bool:
        """Whether looking up what posts earn by finds all of them."""
        return worth.covered(self.node)

    def parts(self) -> list[Part]:
        """What posts that fit earn, and by what; nothing if no word is sought."""
        titles = worth.whole_titles(self.said, self.rarity)
        found = [*worth.earned(self.node, self.rarity), *titles]
        if not self.query:
            return found
        return [replace(one, query=all_of([one.query, self.query])) for one in found]

    @property
    def said(self) -> list[str]:
        """The words that were typed, as a title would be made of them."""
        parts = self.long_part.nodes if self.long_part else self.node.nodes
        return [part.text for part in insisted_on(parts) if isinstance(part, Word)]

    def _enough(self) -> Select[Any] | None:
        """The posts that have enough of a long question."""
        if self.long_part is None:
            return None
        part = table_of(worth.shares(self.long_part, self.rarity))
        other = document.alias("other")
        return (
            select(other.c.post_id)
            .join(part, other.c.words.bool_op("@@")(part.c.query))
            .group_by(other.c.post_id)
            .having(func.sum(part.c.share) >= worth.least_share(self.long_part, self.rarity))
        )


def table_of(parts: Sequence[Part]) -> FromClause:
    """Parts as rows, so that one statement looks all of them up."""
    queries = literal([part.query for part in parts], ARRAY(Text))
    columns = {
        "query": (TSQUERY, cast(queries, ARRAY(TSQUERY))),
        "worth": (Double, _numbers(part.worth for part in parts)),
        "share": (Double, _numbers(part.share for part in parts)),
        "word": (Integer, literal(numbered(parts), ARRAY(Integer))),
        "often": (Double, _numbers(part.often for part in parts)),
        "weight": (Double, _numbers(part.weight for part in parts)),
    }
    names: list[Any] = [column(name, kind) for name, (kind, _values) in columns.items()]
    values = [values for _kind, values in columns.values()]
    return func.unnest(*values).table_valued(*names).render_derived(name="part")


def numbered(parts: Sequence[Part]) -> list[int]:
    """A number for the word of each part."""
    words = {part.word: number for number, part in enumerate(parts)}
    return [words[part.word] for part in parts]


def _numbers(values: Iterable[float]) -> ColumnElement[Any]:
    return literal([*values], ARRAY(Double))


def _rights(question: Question) -> list[ColumnElement[bool]]:
    visible = document.c.category_id.in_(sorted(question.visible_category_ids))
    return [visible] if question.sees_unlisted else [visible, document.c.listed]
