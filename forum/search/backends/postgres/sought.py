"""A question as the index takes it: lexemes that are looked up, and what rows must be besides."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, true

from forum.search.backends.postgres import worth
from forum.search.backends.postgres.conditions import all_of, has_lexemes, looked_up, meant
from forum.search.backends.postgres.rarity import Rarity
from forum.search.backends.postgres.tables import document
from forum.search.backends.postgres.worth import Part
from forum.search.question import Every, Has, Most, Node, Question, Word


@dataclass(frozen=True)
class Sought:
    """What is sought, with the boxes that are ticked and the rights of who asks."""

    node: Every
    query: str
    conditions: Sequence[ColumnElement[bool]]

    @classmethod
    def of(cls, question: Question, *, but: str = "") -> "Sought":
        """As it is asked; one of the facets may be left out."""
        boxes = [
            Has(facet, tuple(sorted(map(str, values))))
            for facet, values in question.chosen.items()
            if values and facet != but
        ]
        node = Every((*_flat(question.node), *boxes))
        query, conditions = looked_up(node)
        return cls(node, query, [*_rights(question), *conditions])

    @property
    def rows(self) -> ColumnElement[bool]:
        """What a row must be."""
        return and_(has_lexemes(self.query) if self.query else true(), *self.conditions)

    @property
    def long_part(self) -> Most | None:
        """The words most of which will do."""
        return next((part for part in self.node.nodes if isinstance(part, Most)), None)

    @property
    def covered(self) -> bool:
        """Whether looking up what posts earn by finds all of them."""
        return worth.covered(self.node)

    def parts(self, rarity: Rarity) -> list[Part]:
        """What posts that fit earn, and by what; nothing if no word is sought."""
        found = [*worth.earned(self.node, rarity), *worth.whole_titles(self._words, rarity)]
        if not self.query:
            return found
        return [Part(all_of([one.query, self.query]), one.worth, one.share) for one in found]

    @property
    def _words(self) -> list[str]:
        """The words that a title would be made of."""
        parts = self.long_part.nodes if self.long_part else self.node.nodes
        return [part.text for part in meant(parts) if isinstance(part, Word)]


def _flat(node: Node) -> Sequence[Node]:
    if not isinstance(node, Every):
        return [node]
    return [inner for part in node.nodes for inner in _flat(part)]


def _rights(question: Question) -> list[ColumnElement[bool]]:
    visible = document.c.category_id.in_(sorted(question.visible_category_ids))
    return [visible] if question.sees_unlisted else [visible, document.c.listed]
