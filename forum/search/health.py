"""How the index is: what it holds and lacks, how far it is behind, and what to do about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from forum.config import config
from forum.core import clock
from forum.search import documents, engine, progress, queueing, rebuild, writer
from forum.search.progress import Progress

# Longer than this a change does not wait, unless an import brought very many.
LONG_LAG = timedelta(minutes=10)
ENGINES = {"whoosh": "Whoosh", "postgres": "PostgreSQL"}


@dataclass(frozen=True)
class Health:
    """What is known of the index at this moment."""

    engine: str
    readable: bool  # else only the database is asked, and finds less
    documents: int
    searchable: int
    size: int  # in bytes
    waiting: int
    oldest_at: datetime | None
    is_written: bool
    building: Progress | None

    @property
    def lag(self) -> timedelta:
        """For how long the oldest change has waited."""
        return clock.now() - self.oldest_at if self.oldest_at else timedelta()

    @property
    def is_late(self) -> bool:
        return self.lag > LONG_LAG

    @property
    def difference(self) -> int:
        """Documents too few (or, negative, too many) that nothing on its way explains."""
        return 0 if self.waiting else self.searchable - self.documents


def examine() -> Health:
    """Look at everything; reads the whole index once."""
    state, index = rebuild.state(), engine.current()
    return Health(
        engine=ENGINES[config().search_by],
        readable=state.readable,
        documents=state.documents,
        searchable=documents.count(),
        size=index.size() if index is not None else 0,
        waiting=queueing.waiting(),
        oldest_at=queueing.oldest_at(),
        is_written=writer.is_running(),
        building=progress.read(),
    )
