"""What ranks are worth. Each query has one topic that it is for; `None`: not among the first fifty."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2
from typing import Any

DEPTH = 50
Ranks = Sequence[int | None]


@dataclass(frozen=True)
class Figures:
    """The quality of an engine in a row of queries."""

    mrr: float
    ndcg: float
    recall: float

    @classmethod
    def of(cls, ranks: Ranks) -> "Figures":
        """Means over the queries."""
        found = [rank for rank in ranks if rank is not None and rank <= DEPTH]
        many = len(ranks) or 1
        return cls(
            mrr=sum(1 / rank for rank in found) / many,
            ndcg=sum(1 / log2(1 + rank) for rank in found if rank <= 10) / many,
            recall=len(found) / many,
        )

    def as_json(self) -> dict[str, Any]:
        """Rounded, as they are written down."""
        return {name: round(value, 4) for name, value in vars(self).items()}
