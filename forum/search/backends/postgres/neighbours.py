"""How many neighbouring words of a question are neighbours in a few posts."""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from sqlalchemy import Connection, Integer, cast, literal, select

from forum.search.backends.postgres.conditions import any_of, has_lexemes
from forum.search.backends.postgres.lexemes import quoted, titled
from forum.search.backends.postgres.tables import document


def side_by_side(
    connection: Connection, words: Sequence[str], post_ids: Collection[int]
) -> Mapping[int, int]:
    """For each of the posts; only their words are read."""
    near = [cast(has_lexemes(_following(*pair)), Integer) for pair in pairwise(words)]
    counted = sum(near, start=literal(0))
    rows = connection.execute(
        select(document.c.post_id, counted).where(document.c.post_id.in_(post_ids))
    )
    return {post_id: count for post_id, count in rows if count}


def _following(first: str, second: str) -> str:
    in_title = f"{quoted(titled(first))} <-> {quoted(titled(second))}"
    return any_of([f"({quoted(first)} <-> {quoted(second)})", f"({in_title})"])
