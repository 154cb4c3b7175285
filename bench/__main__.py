"""make bench: measure the forum and write bench/results/. `--quick` for a glance that writes nothing."""

import argparse
import json
from pathlib import Path
from typing import Any

from bench import community, pages, replies, report, statements, weight
from bench.servers import Server, empty_server, forum_server

POSTS = 100_000
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
MEMORY_MB = 150
GROWING = {("topic, 20 posts", "guest"), ("topic, 20 posts", "member"), ("latest", "guest"),
           ("latest", "member"), ("search", "member")}  # fmt: skip


def main() -> None:
    """Measure, write, and say what misses its target."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="few rounds, no growth, nothing written"
    )
    parser.add_argument("--posts", type=int, default=POSTS, help="size of the community")
    parser.add_argument("--what", default="all", help="a word for the name of the results")
    options = parser.parse_args()
    run = measured(community.folder_of(options.posts), quick=options.quick, posts=options.posts)
    if not options.quick:
        run["growth"] = growth()
        print(f"Written: bench/results/{report.write(run, options.what).name}")
    print(report.as_page(run, "this run"))


def measured(folder: Path, *, quick: bool, posts: int) -> dict[str, Any]:
    """All figures of one community."""
    found = report.conditions(posts, quick=quick)
    run: dict[str, Any] = {"conditions": found, "statements": statements.count(folder)}
    with empty_server() as empty, forum_server(folder) as forum:
        run["memory"] = {"target_mb": MEMORY_MB, "at_rest": forum.memory_mb()}
        rounds, requests = (2, 40) if quick else (7, 60)
        run["pages"] = pages.measure(
            forum, empty, pages.chosen(forum), rounds=rounds, requests=requests
        )
        run["weight"] = weight.measure(forum)
        run["replies"] = replies.measure(forum, run["pages"][0]["cpu_ms"], 160 if quick else 800)
        run["memory"]["after_measuring"] = forum.memory_mb()
        _refuse_errors(forum)
    return run


def growth() -> dict[str, Any]:
    """What some pages cost in communities of growing size."""
    ratios: dict[str, list[float]] = {}
    for size in SIZES:
        with empty_server() as empty, forum_server(community.folder_of(size)) as forum:
            growing = [page for page in pages.chosen(forum) if (page.name, page.who) in GROWING]
            for figures in pages.measure(forum, empty, growing, rounds=5, requests=40)[1:]:
                ratios.setdefault(f"{figures['page']}, {figures['who']}", []).append(
                    figures["ratio"]
                )
    return {"sizes": list(SIZES), "ratios": ratios}


def _refuse_errors(forum: Server) -> None:
    """A server that complains was not measured but broken."""
    log = (forum.folder / "server.log").read_text()
    if "Traceback" in log:
        raise SystemExit(f"The server failed while it was measured:\n{json.dumps(log[-3000:])}")


if __name__ == "__main__":
    main()
