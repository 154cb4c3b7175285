"""How well the forum finds past threads: judged queries on real archives, beside two baselines.

    python -m bench.search_quality [--rows subjects,fr_titles] [--quick] [--failing] [--alone]

The archives lie in the folder that FORUM_SAMPLE_DATA names. No text of theirs is written anywhere
but in the folder of work, which git ignores. A whole run is written into bench/results/.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from bench import report
from bench.community import WORK
from bench.search import engines, moving, quality_page, trial
from bench.search.engines import BASELINES, POSTGRES, WHOOSH
from bench.search.judged import Judged
from bench.search.metrics import Figures, Ranks
from bench.search.trial import Trial
from forum.search import rebuild

QUICK = 60
LOW = 10  # what stands lower counts as not found when failing queries are shown
Rows = dict[str, list[Judged]]
Figured = dict[str, dict[str, Any]]


def main() -> None:
    """Measure, print, and write a whole run down."""
    options = _options()
    found = trial.prepare(options.work.resolve())
    ours = options.engines.split(",")
    run = {"ours": ours, "baselines": [] if options.alone else ["fts5", "bm25"]}
    with found.app.app_context():
        rows = _rows(found.queries, options.rows, QUICK if options.quick else None)
        run["conditions"] = _conditions(found, quick=options.quick)
        measured = {name: _Row(name, queries) for name, queries in rows.items()}
        if WHOOSH in ours:
            found.index(anew=options.rebuild)
            _ours(WHOOSH, measured, failing=options.failing)
        if not options.alone:
            _baselines(found, measured)
    if POSTGRES in ours:
        with moving.on_postgres(found.folder, found.folder / "on-postgres"):
            rebuild.rebuild()
            run["conditions"]["postgres"] = f", PostgreSQL {moving.version()}"
            _ours(POSTGRES, measured, failing=options.failing)
    run["rows"] = [row.as_json() for row in measured.values()]
    if not (options.quick or options.rows or options.alone):
        print(f"Written: bench/results/{_write(run).name}")
    for line in quality_page.shortfalls(run) if run["baselines"] else ():
        print(line)


class _Row:
    """A row of queries, and what each engine is worth in it."""

    def __init__(self, name: str, queries: Sequence[Judged]) -> None:
        self.name, self.queries = name, queries
        # The same questions as they were, where these are variants.
        self.plain = [one.as_plain() for one in queries if one.plain]
        self.figures: Figured = {}
        self.plain_figures: Figured = {}

    def measure(self, engine: str, ranks: Callable[[Sequence[Judged]], Ranks]) -> Ranks:
        """What an engine does with the queries."""
        began = time.process_time()
        found = ranks(self.queries)
        each = (time.process_time() - began) / len(self.queries) * 1000
        self.figures[engine] = _printed(self.name, engine, found, f"{each:8.1f} ms")
        return found

    def measure_plain(self, engine: str, ranks: Callable[[Sequence[Judged]], Ranks]) -> None:
        """What it does with the same questions as they were."""
        if self.plain:
            self.plain_figures[engine] = _printed("  as it was", engine, ranks(self.plain))

    def as_json(self) -> dict[str, Any]:
        """As it is written down."""
        return {
            "row": self.name,
            "queries": len(self.queries),
            "figures": self.figures,
            "plain": self.plain_figures,
        }


def _ours(engine: str, rows: dict[str, _Row], *, failing: bool) -> None:
    def ranks(queries: Sequence[Judged]) -> Ranks:
        return engines.ranks(engines.ours, queries)

    for row in rows.values():
        found = row.measure(engine, ranks)
        if failing:
            _print_failing(row.queries, found)
        row.measure_plain(engine, ranks)


def _baselines(found: Trial, rows: dict[str, _Row]) -> None:
    remembered = engines.Remembered(found)
    for row in rows.values():
        for baseline in BASELINES:
            row.measure(baseline, lambda queries, name=baseline: remembered.ranks(name, queries))


def _rows(queries: Iterable[Judged], names: str | None, most: int | None) -> Rows:
    rows: Rows = {}
    for one in queries:
        rows.setdefault(one.row, []).append(one)
    wanted = names.split(",") if names else list(rows)
    if unknown := set(wanted) - set(rows):
        raise SystemExit(f"There is no row {', '.join(unknown)}. There are: {', '.join(rows)}")
    return {name: rows[name][:most] for name in wanted}


def _printed(row: str, engine: str, ranks: Ranks, more: str = "") -> dict[str, Any]:
    found = Figures.of(ranks)
    print(
        f"{row:<15}{engine:<13} MRR {found.mrr:.3f}  nDCG@10 {found.ndcg:.3f}  "
        f"recall@50 {found.recall:.3f}{more}",
        flush=True,
    )
    return found.as_json()


def _print_failing(queries: Sequence[Judged], ranks: Ranks) -> None:
    for one, rank in zip(queries, ranks, strict=True):
        if rank is None or rank > LOW:
            was = f"   ({one.plain})" if one.plain else ""
            print(f"    {rank or '-':>3}  /t/{one.topic_id:<6} {one.query}{was}")


def _conditions(found: Trial, *, quick: bool) -> dict[str, Any]:
    return report.conditions(len(found.documents), quick=quick) | {"postgres": ""}


def _write(run: dict[str, Any]) -> Path:
    path = report.RESULTS / f"{run['conditions']['date']}-search-quality.json"
    path.write_text(json.dumps(run, indent=1) + "\n")
    path.with_suffix(".md").write_text(quality_page.as_page(run))
    return path


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench.search_quality",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rows", help="names of rows, with commas between; all if absent")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} queries a row")
    parser.add_argument("--failing", action="store_true", help=f"show what stands below {LOW}")
    parser.add_argument("--alone", action="store_true", help="without the baselines")
    parser.add_argument("--rebuild", action="store_true", help="build our index anew")
    parser.add_argument("--engines", default=WHOOSH, help=f"{WHOOSH},{POSTGRES} or one of them")
    parser.add_argument("--work", type=Path, default=WORK, help="folder of work, for sharing it")
    return parser.parse_args()


if __name__ == "__main__":
    main()
