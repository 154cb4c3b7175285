"""What searching costs in communities of any size, made of the threads of real archives.

    python -m bench.search_speed --posts 20000 --quick
    python -m bench.search_speed --postgres 1000000 --growth --newcomer

Each part can be run alone: --posts 0 leaves Whoosh out. A run that is not quick is written into
bench/results/.
"""

import argparse
import json
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import report
from bench.community import WORK
from bench.search import archive, asked, enlarging, moving, newcomer, speed_page, timing
from bench.search.trial import indexed_by
from forum.core.database import session
from forum.search import rebuild

POSTS = 100_000
QUERIES, QUICK = 600, 120
WHOOSH_SIZES, POSTGRES_SIZES = (1_000, 10_000, 100_000), (1_000, 10_000, 100_000, 1_000_000)
KEPT = "indexing.json"


def main() -> None:
    """Measure, print, and write it down."""
    options = _options()
    work, many = options.work.resolve(), QUICK if options.quick else QUERIES
    run: dict[str, Any] = {
        "conditions": report.conditions(options.posts, quick=options.quick) | {"queries": many},
        "whoosh": {},
        "postgresql": {},
    }
    sizes = {options.posts} | (set(WHOOSH_SIZES) if options.growth else set())
    for posts in sorted(sizes - {0}):
        run["whoosh"][posts] = _on_whoosh(work, posts, many)
    if options.newcomer:
        run["newcomer"] = _newcomer(work, options.posts or POSTS)
        print(f"new posts found after {run['newcomer']} s", flush=True)
    sizes = {options.postgres} | (set(POSTGRES_SIZES) if options.growth else set())
    for posts in sorted(size for size in sizes if 0 < size <= options.postgres):
        run["postgresql"][posts] = _on_postgres(work, posts, many, run["conditions"])
    if not options.quick:
        print(f"Written: bench/results/{_write(run).name}")
    for line in speed_page.shortfalls(run):
        print(line)


def _on_whoosh(work: Path, posts: int, many: int) -> dict[str, Any]:
    folder = enlarging.folder(work, posts)
    app = archive.open_app(folder)
    with app.app_context():
        found = {"indexing": _indexing(folder)} | timing.searches(asked.draw(many))
        session.remove()
    _print("whoosh", posts, found)
    return found


def _indexing(folder: Path) -> dict[str, Any]:
    """Of the index as it is, which is built when the code that writes it has changed."""
    kept, now = folder / KEPT, indexed_by()
    found: dict[str, Any] = json.loads(kept.read_text()) if kept.exists() else {}
    if found.get("by") != now or not rebuild.state().readable:
        found = _built() | {"by": now}
        kept.write_text(json.dumps(found))
    return found


def _built() -> dict[str, Any]:
    began, cpu = time.perf_counter(), _cpu_seconds()
    made = rebuild.rebuild()
    spent = _cpu_seconds() - cpu
    return {
        "posts": made.documents,
        "cpu_seconds": round(spent, 1),
        "seconds": round(time.perf_counter() - began, 1),
        "a_cpu_second": round(made.documents / spent),
    }


def _cpu_seconds() -> float:
    return time.process_time() + timing.database_seconds()


def _on_postgres(work: Path, posts: int, many: int, conditions: dict[str, Any]) -> dict[str, Any]:
    folder = work / "on-postgres"
    with moving.on_postgres(archive.folder(work), folder):
        conditions["postgres"] = moving.version()
        enlarging.resize(posts)
        moving.analyse()
        indexing = _built()
        moving.analyse()
        found = {"indexing": indexing} | timing.searches(asked.draw(many))
    _print("postgresql", posts, found)
    return found


def _newcomer(work: Path, posts: int) -> list[float]:
    source = enlarging.folder(work, posts)
    with tempfile.TemporaryDirectory(prefix="newcomer-", dir=work) as name:
        folder = Path(name) / "community"
        shutil.copytree(source, folder)
        app = archive.open_app(folder)
        with app.app_context():
            return newcomer.seconds_until_found(app, folder)


def _print(engine: str, posts: int, found: dict[str, Any]) -> None:
    print(f"{engine}, {posts:,} posts: {found['indexing']['a_cpu_second']} indexed a CPU second")
    for name, figures in found.items():
        if name != "indexing":
            told = "  ".join(f"{key} {value:g}" for key, value in figures.items())
            print(f"  {name:<26}{told}", flush=True)


def _write(run: dict[str, Any]) -> Path:
    path = report.RESULTS / f"{run['conditions']['date']}-search-speed.json"
    path.write_text(json.dumps(run, indent=1) + "\n")
    path.with_suffix(".md").write_text(speed_page.as_page(run))
    if drawn := speed_page.growth(run):
        (report.RESULTS / speed_page.PLOT).write_text(drawn)
    return path


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench.search_speed",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--posts", type=int, default=POSTS, help="size of Whoosh's community")
    parser.add_argument("--postgres", type=int, default=0, help="size of PostgreSQL's")
    parser.add_argument("--growth", action="store_true", help="smaller sizes too")
    parser.add_argument("--newcomer", action="store_true", help="a new post while importing")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} queries, nothing written")
    parser.add_argument("--work", type=Path, default=WORK, help="folder of work, for sharing it")
    return parser.parse_args()


if __name__ == "__main__":
    main()
