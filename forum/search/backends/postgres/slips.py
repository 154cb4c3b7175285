"""Words of the index that are written much like another."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from forum.search.backends.postgres import trigrams
from forum.search.backends.postgres.tables import word as table


def alike(connection: Connection, word: str, most: int) -> Sequence[str]:
    """The most similar first, of equals the most frequent."""
    if not trigrams.known():
        return []
    likeness = func.similarity(table.c.word, word)
    found = (
        select(table.c.word)
        .where(
            table.c.word.bool_op("%")(word),
            table.c.word != word,
            table.c.word.not_like("~%"),  # a stem
        )
        .group_by(table.c.word)
        .having(func.sum(table.c.posts) > 0)
        .order_by(likeness.desc(), func.sum(table.c.posts).desc(), table.c.word)
        .limit(most)
    )
    return connection.scalars(found).all()
