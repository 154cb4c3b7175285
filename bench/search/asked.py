"""What people type: words of titles, of any frequency, and titles letter by letter."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bench.search.words import said
from forum.core.database import session
from forum.search.analysis import is_small
from forum.topics.models.topic import Topic

SEED = 1968
MOST_TERMS = 3
SHORTEST_TERM, SHORTEST_TYPED, LONGEST_TYPED = 3, 2, 16


@dataclass(frozen=True)
class Asked:
    """Distinct queries, some of them to warm up with, and distinct beginnings of titles."""

    warming: Sequence[str]
    searched: Sequence[str]
    counted: Sequence[str]
    typed: Sequence[str]


def draw(many: int) -> Asked:
    """Queries of one to three terms, none twice; another run draws the same."""
    chance = random.Random(SEED)
    titles = session.scalars(select(Topic.title).order_by(Topic.id)).all()
    queries: dict[str, None] = {}
    for _try in range(many * 40):
        if query := _terms(chance.choice(titles), chance):
            queries.setdefault(query)
        if len(queries) == 2 * many + WARMING:
            break
    found = list(queries)
    return Asked(
        warming=found[:WARMING],
        searched=found[WARMING : WARMING + many],
        counted=found[WARMING + many :],
        typed=_typed(titles, many, chance),
    )


WARMING = 40


def _terms(title: str, chance: random.Random) -> str:
    """Some of the telling words of a title, in their order."""
    words = [word for word in said(title).split() if _is_term(word)]
    many = min(chance.randint(1, MOST_TERMS), len(words))
    return " ".join(words[place] for place in sorted(chance.sample(range(len(words)), many)))


def _is_term(word: str) -> bool:
    return len(word) >= SHORTEST_TERM and not is_small(word)


def _typed(titles: Sequence[str], many: int, chance: random.Random) -> list[str]:
    """Every beginning of some titles, as it is asked while one types."""
    typed: dict[str, None] = {}
    while len(typed) < many:
        title = said(chance.choice(titles))
        for end in range(SHORTEST_TYPED, min(len(title), LONGEST_TYPED) + 1):
            typed.setdefault(title[:end].rstrip())
    return list(typed)[:many]
