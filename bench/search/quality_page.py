"""The figures of a run as a page, what falls short first."""

from collections.abc import Iterator
from typing import Any

from bench import tables
from bench.search.metrics import DEPTH
from bench.tables import table

Run = dict[str, Any]
# What each row asks, and for what.
ROWS = {
    "subjects": "the subject of a news thread, for the thread",
    "sentences": "the first sentence of a news thread that says enough, for the thread",
    "questions": "the title of a solved question, for its topic",
    "answers": "the same titles, for the accepted answer itself",
    "fr_titles": "the title of a French proposal, for its topic",
    "fr_sentences": "the first sentence of a French proposal, for its topic",
    "misspelt": "subjects and questions with one slip in one or two words",
    "fr_misspelt": "French titles with one slip in one or two words",
    "fr_unaccented": "French titles and sentences typed without accents",
    "inflected": "subjects and questions with one or two words in another form",
    "fr_inflected": "French titles and sentences with one or two words in another form",
    "fr_for_english": "two things that one English topic alone names together, by their French names",
    "en_for_french": "two things that one French topic alone names together, by their English names",
}
# Rows that must come within so much of the same questions as they were.
CLOSE_TO_PLAIN, CLOSE = ("fr_unaccented", "inflected", "fr_inflected"), 0.97
METRICS = {"mrr": "MRR", "ndcg": "nDCG@10", "recall": f"recall@{DEPTH}"}
ABOUT = f"""\
Each query is for one topic (in *answers* for one post, which must be shown with its topic). What it says was taken out
of the community before any engine was given it: the titles of judged topics are blank in every index, judged sentences
are cut from every post of their topic. All engines are given the same documents. MRR and recall are over the first
{DEPTH} topics. *FTS5* is SQLite's (`unicode61 remove_diacritics 2`, any of the words, `bm25` with the title weighted 5
to 1), *BM25* a plain one (k1 = 1.2, b = 0.75, small letters without accents, title and text as one); each was asked
with one document a post and one a topic, and the better of the two by MRR stands in its column."""


def as_page(run: Run) -> str:
    """The page."""
    missed = list(shortfalls(run))
    verdict = [f"- {line}" for line in missed] or ["Every target is met."]
    parts = [
        "# How well past threads are found",
        "Written by `make bench-search`.",
        "## Targets missed",
        "\n".join(verdict),
        "## Figures",
        ABOUT,
        *(_metric(run, metric) for metric in METRICS),
        "## Against the plain questions",
        "Our MRR in rows of variants, over our MRR for the same questions as they were.",
        table(
            ["row", "queries", *(f"{name}, plain" for name in run["ours"]), *run["ours"]],
            _against_plain(run),
        ),
        "## Rows",
        "\n".join(
            f"- *{row['row']}*, {row['queries']} queries: {ROWS[row['row']]}" for row in run["rows"]
        ),
        *_conditions(run["conditions"]),
    ]
    return "\n\n".join(parts) + "\n"


def shortfalls(run: Run) -> Iterator[str]:
    """Every target that is not met, in words."""
    for row in run["rows"]:
        for ours in run["ours"]:
            for metric, label in METRICS.items():
                best, value = _best_baseline(run, row, metric)
                found = row["figures"][ours][metric]
                if found <= value and found < 1:  # nobody does better than all
                    yield f"{row['row']}, {ours}: {label} {found:.3f}, {best} has {value:.3f}"
            if row["row"] in CLOSE_TO_PLAIN:
                kept = row["figures"][ours]["mrr"] / (row["plain"][ours]["mrr"] or 1)
                if kept < CLOSE:
                    yield f"{row['row']}, {ours}: {kept:.1%} of the plain MRR, the target is {CLOSE:.0%}"


def better(row: dict[str, Any], baseline: str) -> dict[str, float]:
    """A baseline by posts or by topics, whichever has the higher MRR."""
    both = [figures for name, figures in row["figures"].items() if name.startswith(baseline)]
    found: dict[str, float] = max(both, key=lambda figures: figures["mrr"])
    return found


def _best_baseline(run: Run, row: dict[str, Any], metric: str) -> tuple[str, float]:
    return max(
        ((name, better(row, name)[metric]) for name in run["baselines"]),
        key=lambda pair: pair[1],
    )


def _metric(run: Run, metric: str) -> str:
    heads = [METRICS[metric], "queries", *run["ours"], *(name.upper() for name in run["baselines"])]
    rows = [
        [
            row["row"],
            row["queries"],
            *(f"{row['figures'][name][metric]:.3f}" for name in run["ours"]),
            *(f"{better(row, name)[metric]:.3f}" for name in run["baselines"]),
        ]
        for row in run["rows"]
    ]
    return table(heads, rows)


def _against_plain(run: Run) -> Iterator[list[Any]]:
    for row in run["rows"]:
        if row["plain"]:
            plain = [row["plain"][name]["mrr"] for name in run["ours"]]
            found = [row["figures"][name]["mrr"] for name in run["ours"]]
            yield [
                row["row"],
                row["queries"],
                *(f"{value:.3f}" for value in plain),
                *(f"{now / (then or 1):.1%}" for now, then in zip(found, plain, strict=True)),
            ]


def _conditions(found: dict[str, Any]) -> list[str]:
    told = (
        f"{found['posts']:,} posts of three archives in one community; queries chosen by fixed "
        f"seeds{', a quick run' if found['quick'] else ''}. No text of the archives is kept here."
    )
    return tables.conditions(found, told, database=found["postgres"].lstrip(", "))
