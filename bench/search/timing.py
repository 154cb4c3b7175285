"""How long searching takes: processor time of this process, and of the database's where it is another."""

import os
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import quantiles
from typing import Any

from sqlalchemy import text

from bench.search.asked import Asked
from forum.accounts.guest import Guest
from forum.categories import queries as categories
from forum.core.database import db, session
from forum.search import service, suggestions

Clock = Callable[[], float]


def searches(asked: Asked) -> dict[str, Any]:
    """The first page of hits with excerpts, facets apart, and suggestions, each of other queries."""
    viewer = Guest()
    categories.load_rights(viewer)

    def search(query: str) -> None:
        if not service.search(viewer, service.Request(query)).complete:
            raise SystemExit("The index could not be asked, only the database.")

    def facets(query: str) -> None:
        service.facets(viewer, service.Request(query))

    for query in asked.warming:
        search(query)
        facets(query)
        suggestions.suggest(viewer, query)
    return {
        "hits": timed(search, asked.searched),
        "facets": timed(facets, asked.counted),
        # A page asks for them right after its search, when much is still in memory.
        "facets after their search": timed(facets, asked.counted, before=search),
        "as you type": timed(lambda typed: suggestions.suggest(viewer, typed), asked.typed),
    }


def timed(
    act: Callable[[str], object],
    queries: Sequence[str],
    *,
    before: Callable[[str], object] = lambda _query: None,
) -> dict[str, float]:
    """Milliseconds of processor time, and of the clock on the wall, at the median and the 95th."""
    cpu, wall = [], []
    for query in queries:
        before(query)
        clocks = list(_clocks())
        began, at = sum(clock() for clock in clocks), time.perf_counter()
        act(query)
        wall.append(time.perf_counter() - at)
        cpu.append(sum(clock() for clock in clocks) - began)
        session.remove()
    return {
        "p50": _at(cpu, 50), "p95": _at(cpu, 95), "wall_p50": _at(wall, 50),
        "wall_p95": _at(wall, 95), "count": len(queries),
    }  # fmt: skip


def database_seconds() -> float:
    """Processor time of the whole database server so far; none where it is a file."""
    if db.engine.dialect.name != "postgresql":
        return 0.0
    one = session.scalar(text("SELECT pg_backend_pid()"))
    session.remove()
    server = int(_stat(f"{one}")[1])
    fields = [_stat(path.name) for path in Path("/proc").glob("[0-9]*")]
    living = sum(int(f[11]) + int(f[12]) for f in fields if f and int(f[1]) == server)
    ended = sum(int(field) for field in _stat(f"{server}")[13:15])
    return (living + ended) / os.sysconf("SC_CLK_TCK")


def _stat(process: str) -> list[str]:
    """What Linux tells of a process, from its state on; nothing of one that has just ended."""
    try:
        return (Path("/proc") / process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _clocks() -> Iterable[Clock]:
    """Of this process; and of the database's that serves this session, which it keeps for a query."""
    yield time.process_time
    if db.engine.dialect.name == "postgresql":
        backend = session.scalar(text("SELECT pg_backend_pid()"))
        clock = (~int(backend) << 3) | 2  # Linux' clock of another process
        yield lambda: time.clock_gettime(clock)


def _at(seconds: Sequence[float], percent: int) -> float:
    return round(quantiles(seconds, n=100, method="inclusive")[percent - 1] * 1000, 2)
