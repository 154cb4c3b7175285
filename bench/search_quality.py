"""How well the forum finds past threads: judged queries on real archives, beside two baselines.

    python -m bench.search_quality [--rows subjects,fr_titles] [--quick] [--failing] [--alone]

The archives lie in the folder that FORUM_SAMPLE_DATA names. No text of theirs is written anywhere
but in the folder of work, which git ignores.
"""

import argparse
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.community import WORK
from bench.search import engines, trial
from bench.search.judged import Judged
from bench.search.metrics import Figures, Ranks

QUICK = 60
LOW = 10  # what stands lower counts as not found when failing queries are shown


def main() -> None:
    """Measure and print."""
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
    parser.add_argument("--work", type=Path, default=WORK, help="folder of work, for sharing it")
    options = parser.parse_args()
    found = trial.prepare(options.work.resolve())
    with found.app.app_context():
        found.index(anew=options.rebuild)
        remembered = engines.Remembered(found)
        rows = _rows(found.queries, options.rows, QUICK if options.quick else None)
        print(f"{'':<14} {'':<14}   MRR  nDCG@10 recall@50  ms a query")
        for name, queries in rows.items():
            ranks = _ours(name, queries)
            if not options.alone:
                for baseline in engines.BASELINES:
                    _print(name, baseline, remembered.ranks(baseline, queries))
            if options.failing:
                _print_failing(queries, ranks)


def _rows(
    queries: Iterable[Judged], names: str | None, most: int | None
) -> dict[str, list[Judged]]:
    rows: dict[str, list[Judged]] = {}
    for one in queries:
        rows.setdefault(one.row, []).append(one)
    wanted = names.split(",") if names else list(rows)
    if unknown := set(wanted) - set(rows):
        raise SystemExit(f"There is no row {', '.join(unknown)}. There are: {', '.join(rows)}")
    return {name: rows[name][:most] for name in wanted}


def _ours(row: str, queries: Sequence[Judged]) -> Ranks:
    began = time.process_time()
    ranks = engines.ranks(engines.ours, queries)
    milliseconds = (time.process_time() - began) / len(queries) * 1000
    _print(row, engines.WHOOSH, ranks, f"{milliseconds:10.1f}")
    return ranks


def _print(row: str, engine: str, ranks: Ranks, more: str = "") -> None:
    found = Figures.of(ranks)
    print(
        f"{row:<14} {engine:<14} {found.mrr:.3f}    {found.ndcg:.3f}     {found.recall:.3f}{more}",
        flush=True,
    )


def _print_failing(queries: Sequence[Judged], ranks: Ranks) -> None:
    for one, rank in zip(queries, ranks, strict=True):
        if rank is None or rank > LOW:
            print(f"    {rank or '-':>3}  /t/{one.topic_id:<6} {one.query}")


if __name__ == "__main__":
    main()
