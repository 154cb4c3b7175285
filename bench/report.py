"""Figures into bench/results/: one JSON file a run, a page that people read, and the plot."""

import json
import os
import platform
import sqlite3
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench import plot
from bench.tables import conditions as conditions_of
from bench.tables import table

RESULTS = Path(__file__).parent / "results"
ABOUT_PAGES = """\
Processor time of the server for a request, over one connection that stays open; the ratio is to an empty Flask page on the
same server in the same run. Medians of rounds, with the lowest and highest. Guests get pages that are kept for thirty seconds
([why that is safe](../../docs/decisions/0009-kept-pages.md)); “each asked for once” is what drawing them costs."""
LIBRARIES = ("flask", "sqlalchemy", "jinja2", "gunicorn", "whoosh3")
Run = dict[str, Any]


def conditions(posts: int, *, quick: bool) -> dict[str, Any]:
    """What the figures depend on; nothing that names the machine."""
    return {
        "date": date.today().isoformat(),  # noqa: DTZ011 - the day here, for a file name
        "processors": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "libraries": {name: version(name) for name in LIBRARIES},
        "posts": posts,
        "quick": quick,
    }


def write(run: Run, what: str) -> Path:
    """Keep a run; the page and the plot are drawn from it."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{run['conditions']['date']}-{what}.json"
    path.write_text(json.dumps(run, indent=1) + "\n")
    (RESULTS / "README.md").write_text(as_page(run, path.name))
    if growth := run.get("growth"):
        lines = {name: list(values) for name, values in growth["ratios"].items()}
        (RESULTS / "growth.svg").write_text(
            plot.draw("Empty pages a page costs", growth["sizes"], lines)
        )
    return path


def as_page(run: Run, source: str) -> str:
    """The figures as a page, what misses its target first."""
    missed = shortfalls(run)
    verdict = [f"- {line}" for line in missed] or ["Every target is met."]
    parts = [
        "# What pages and replies cost",
        f"Written by `make bench` from [{source}]({source}).",
        *_of_search(),
        "## Targets missed",
        "\n".join(verdict),
        "## Pages",
        ABOUT_PAGES,
        table(
            ["page", "who", "CPU ms", "ratio", "rounds", "target"],
            [
                [p["page"], p["who"], p["cpu_ms"], p["ratio"], _range(p), _most(p.get("target"))]
                for p in run["pages"]
            ],
        ),
        *_replies(run["replies"]),
        "## Statements",
        table(
            ["page", "who", "few rows", "many rows", "target"],
            [
                [s["page"], s["who"], s["few"], s["many"], _most(s["target"])]
                for s in run["statements"]
            ],
        ),
        *_weight(run["weight"]),
        *_memory(run["memory"]),
        *_growth(run.get("growth")),
        *conditions_of(
            run["conditions"],
            f"{run['conditions']['posts']:,} posts{', a quick run' if run['conditions']['quick'] else ''}. "
            "Client and server share the machine, so CPU time and ratios say more than seconds.",
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _of_search() -> list[str]:
    """Where the runs of the search benches are, if any are kept."""
    pages = sorted(RESULTS.glob("*-search-*.md"))
    links = ", ".join(f"[{page.stem}]({page.name})" for page in pages)
    return [f"How search finds, and what it costs: {links}."] if pages else []


def shortfalls(run: Run) -> list[str]:
    """Every target that is not met, in words."""
    missed = [
        f"{p['page']}, {p['who']}: {p['ratio']} empty pages, the target is {p['target']:g}"
        for p in run["pages"]
        if p.get("target") and p["ratio"] > p["target"]
    ]
    for s in run["statements"]:
        if s["who"] == "member" and max(s["few"], s["many"]) > s["target"]:
            missed.append(f"{s['page']}: {s['many']} statements, the target is {s['target']}")
        if s["few"] != s["many"]:
            missed.append(
                f"{s['page']}, {s['who']}: {s['few']} statements for few rows, {s['many']} for many"
            )
    replies, weight, memory = run["replies"], run["weight"], run["memory"]
    if replies["ratio"] > replies["target_ratio"]:
        missed.append(
            f"a reply: {replies['ratio']} empty pages, the target is {replies['target_ratio']:g}"
        )
    if replies["a_second"] < replies["target_a_second"]:
        missed.append(
            f"{replies['a_second']} replies a second, the target is {replies['target_a_second']:g}"
        )
    if replies["lost"] or replies["refused"]:
        missed.append(f"{replies['lost']} replies lost, {replies['refused']} refused")
    missed += [
        f"{kind}: {weight[f'{kind}_kb']} KB, the target is {weight[f'target_{kind}_kb']:g}"
        for kind in ("scripts", "styles")
        if weight[f"{kind}_kb"] > weight[f"target_{kind}_kb"]
    ]
    if memory["at_rest"]["worker_rss"] > memory["target_mb"]:
        missed.append(
            f"memory: {memory['at_rest']['worker_rss']} MB, the target is {memory['target_mb']}"
        )
    return missed


def _replies(replies: dict[str, Any]) -> list[str]:
    told = (
        f"{replies['clients']} clients at once: **{replies['a_second']} replies a second** (target "
        f"{replies['target_a_second']:g}), {replies['cpu_ms']} ms of CPU each, {replies['ratio']} empty pages "
        f"(target {replies['target_ratio']:g}), {replies['ratio_with_index']} with all indexing. "
        f"{replies['acknowledged']} acknowledged, {replies['refused']} refused, {replies['lost']} lost; all were "
        f"indexed {replies['seconds_until_indexed']} s after the last answer."
    )
    return ["## Replies", told]


def _weight(weight: dict[str, Any]) -> list[str]:
    pages = [[name, size["sent"], size["plain"]] for name, size in weight["pages"].items()]
    told = (
        f"First visit to a topic: scripts {weight['scripts_kb']} KB (target {weight['target_scripts_kb']:g}, vendor "
        f"files and what is imported later included), styles {weight['styles_kb']} KB (target "
        f"{weight['target_styles_kb']:g}), both gzip."
    )
    return ["## Bytes", table(["page", "bytes sent", "before compression"], pages), told]


def _memory(memory: dict[str, Any]) -> list[str]:
    rows = [
        [
            when.replace("_", " "),
            *(memory[when][kind] for kind in ("worker_rss", "worker_pss", "both_pss")),
        ]
        for when in ("at_rest", "after_measuring")
    ]
    heads = ["MB", "worker, resident", "worker, fair share", "with gunicorn's own process"]
    return ["## Memory", table(heads, rows), f"Target: {memory['target_mb']} MB resident at rest."]


def _growth(growth: dict[str, Any] | None) -> list[str]:
    if growth is None:
        return []
    heads = ["page", *(f"{size:,} posts" for size in growth["sizes"])]
    rows = [[name, *values] for name, values in growth["ratios"].items()]
    return [
        "## Cost against size",
        "![Cost over the number of posts](growth.svg)",
        table(heads, rows),
    ]


def _range(page: dict[str, Any]) -> str:
    return f"{page['lowest']} to {page['highest']}" if "lowest" in page else ""


def _most(target: float | None) -> str:
    return f"≤ {target:g}" if target else ""
