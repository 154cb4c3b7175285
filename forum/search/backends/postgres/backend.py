"""Searching with PostgreSQL: the index is written in the same database, so it is never half written."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, select, text
from sqlalchemy.exc import ProgrammingError

from forum.core.database import session
from forum.search.backend import Counts, Damaged, Document, Hits
from forum.search.backends.postgres import counts, hits, neighbours, slips, writing
from forum.search.backends.postgres.tables import document, metadata
from forum.search.question import Question

# For one search: reading all rows is never the way, compiling takes longer than searching, and
# whoever asks too much gets the plain answer of the tables.
_SETTINGS = {
    "enable_seqscan": "off",
    "jit": "off",
    "work_mem": "32MB",
    "statement_timeout": "8s",
}
_SET = text("SELECT " + ", ".join(f"set_config('{k}', '{v}', true)" for k, v in _SETTINGS.items()))

_SIZE = text(
    "SELECT sum(pg_total_relation_size(oid)) FROM pg_class "
    "WHERE relnamespace = to_regnamespace(:schema) AND relkind = 'r'"
)


@dataclass(frozen=True)
class PostgresBackend:
    """One generation of the index, in its schema."""

    schema: str
    name: str
    # While it is filled, what makes it quick to search waits.
    unfinished: bool = field(default=False, compare=False)

    def search(self, question: Question) -> Hits:
        with self._reading() as connection:
            return hits.page(connection, slips.corrected(connection, question))

    def count(self, question: Question) -> Counts:
        with self._reading() as connection:
            return counts.counts(connection, slips.corrected(connection, question))

    def alike(self, word: str, most: int) -> Sequence[str]:
        with self._reading() as connection:
            return slips.alike(connection, word)[:most]

    def side_by_side(self, words: Sequence[str], post_ids: Collection[int]) -> Mapping[int, int]:
        with self._reading() as connection:
            return neighbours.side_by_side(connection, words, post_ids)

    def index(self, documents: Iterable[Document], *, gone: Collection[int] = ()) -> None:
        writing.replace(self.schema, [*documents], gone, at_once=not self.unfinished)

    def remove(self, ids: Collection[int]) -> None:
        self.index((), gone=ids)

    def tidy(self, most: int) -> None:
        """Rows have no parts."""

    def complete(self) -> None:
        writing.complete(self.schema)

    def size(self) -> int:
        return session.scalar(_SIZE, {"schema": self.schema}) or 0

    def ids(self) -> Iterator[int]:
        with self._reading() as connection:
            yield from connection.scalars(select(document.c.post_id)).all()

    def check(self) -> None:
        """Raises `Damaged` when a table is missing, or is not as we made it."""
        try:
            with self._reading() as connection:
                for table in metadata.sorted_tables:
                    connection.execute(select(table).limit(0))
        except ProgrammingError as error:
            raise Damaged(f"{self.schema}: {error.orig}") from error

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """The session's connection; what is set for a search, or goes wrong in it, ends with it.

        Only the generation in use is ever read.
        """
        connection = session.connection()
        with connection.begin_nested() as savepoint:
            connection.execute(_SET)
            yield connection
            savepoint.rollback()
