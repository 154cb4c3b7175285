"""What searching costs, as a page and a plot."""

from collections.abc import Iterator
from typing import Any

from bench import plot, tables
from bench.tables import table

Run = dict[str, Any]
PLOT = "search-growth.svg"
# Milliseconds of processor time at the median and the 95th, at the size that a target names.
WHOOSH_POSTS, POSTGRES_POSTS = 100_000, 1_000_000
WHOOSH_TARGETS = {"hits": (40, 120), "facets": (None, 150), "as you type": (None, 50)}
POSTGRES_TARGETS = {"hits": (None, 60)}
INDEXED_A_CPU_SECOND, FOUND_SECONDS = 250, 2.0
ABOUT = """\
Milliseconds of processor time: of the process that answers, and on PostgreSQL of the one that serves its session too.
*Hits* are the first page of twenty topics with excerpts, through the service as a page asks for it, for one to three
terms drawn from titles, none twice, after a warm-up with others. *Facets* are asked for other queries than the hits,
so nothing is in memory for them; *after their search* they follow it, as on the page. *As you type* is every
beginning of titles, letter by letter."""


def as_page(run: Run) -> str:
    """The page."""
    missed = list(shortfalls(run))
    parts = [
        "# What searching costs",
        "Written by `python -m bench.search_speed`.",
        "## Targets missed",
        "\n".join(f"- {line}" for line in missed) or "Every target that was measured is met.",
        ABOUT,
    ]
    for engine, label in (("whoosh", "Whoosh"), ("postgresql", "PostgreSQL")):
        for posts, found in run[engine].items():
            parts += [f"## {label}, {int(posts):,} posts", _table(found)]
    if "newcomer" in run:
        waits = ", ".join(f"{seconds:g}" for seconds in run["newcomer"])
        told = (
            f"Found after {waits} seconds (target {FOUND_SECONDS:g}), in the community of "
            f"{WHOOSH_POSTS:,} posts, with the import and the server sharing the machine."
        )
        parts += ["## A new post while an import runs", told]
    if growth(run):
        parts += ["## Cost against size", f"![Hits, median]({PLOT})"]
    return "\n\n".join([*parts, *_conditions(run["conditions"])]) + "\n"


def shortfalls(run: Run) -> Iterator[str]:
    """Every target that is not met, in words."""
    for engine, size, targets in (
        ("whoosh", WHOOSH_POSTS, WHOOSH_TARGETS),
        ("postgresql", POSTGRES_POSTS, POSTGRES_TARGETS),
    ):
        found = run[engine].get(size)
        for name, limits in targets.items() if found else ():
            for figure, limit in zip(("p50", "p95"), limits, strict=True):
                if limit and found[name][figure] > limit:
                    yield f"{engine}, {name}: {figure} {found[name][figure]} ms, the target is {limit}"
        if (
            found
            and engine == "whoosh"
            and found["indexing"]["a_cpu_second"] < INDEXED_A_CPU_SECOND
        ):
            yield (
                f"{engine}: {found['indexing']['a_cpu_second']} posts indexed a CPU second, the target "
                f"is {INDEXED_A_CPU_SECOND}"
            )
    if max(run.get("newcomer", [0])) > FOUND_SECONDS:
        yield f"a new post: found after {max(run['newcomer'])} s, the target is {FOUND_SECONDS:g}"


def growth(run: Run) -> str:
    """The median of hits over the number of posts; nothing where only one size was measured."""
    sizes = sorted({*run["whoosh"], *run["postgresql"]})
    lines = {
        f"{label}, {figure}": [
            run[engine][size]["hits"][figure] if size in run[engine] else None for size in sizes
        ]
        for engine, label in (("whoosh", "Whoosh"), ("postgresql", "PostgreSQL"))
        for figure in ("p50", "p95")
        if len(run[engine]) > 1
    }
    return plot.draw("Milliseconds of CPU for a page of hits", sizes, lines) if lines else ""


def _table(found: dict[str, Any]) -> str:
    indexing = found["indexing"]
    drawn = table(
        ["", "CPU p50", "CPU p95", "clock p50", "clock p95", "queries"],
        [
            [name, *(figures[key] for key in ("p50", "p95", "wall_p50", "wall_p95", "count"))]
            for name, figures in found.items()
            if name != "indexing"
        ],
    )
    return (
        f"{drawn}\n\nIndexing: {indexing['posts']:,} posts in {indexing['cpu_seconds']:g} s of CPU, "
        f"**{indexing['a_cpu_second']} a second**."
    )


def _conditions(found: dict[str, Any]) -> list[str]:
    told = (
        f"{found['queries']} queries of each sort. Communities are whole threads of three real "
        "archives, drawn again under other ids, days and authors."
    )
    database = f"PostgreSQL {found['postgres']}" if "postgres" in found else ""
    return tables.conditions(found, told, database=database)
