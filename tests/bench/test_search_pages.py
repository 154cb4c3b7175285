"""What a run says of itself: the better form of a baseline, and every target that is missed."""

from bench.search import quality_page


def figures(mrr, recall=0.9):
    return {"mrr": mrr, "ndcg": mrr, "recall": recall}


def run(*rows):
    return {
        "ours": ["whoosh"], "baselines": ["fts5", "bm25"], "rows": list(rows),
        "conditions": {
            "date": "2026-01-01", "processors": 2, "load_before": 0, "python": "3", "sqlite": "3",
            "postgres": "", "libraries": {}, "posts": 9, "quick": False,
        },
    }  # fmt: skip


def row(name, ours, *, plain=None, recall=0.95):
    return {
        "row": name, "queries": 9, "plain": {"whoosh": figures(plain)} if plain else {},
        "figures": {
            "whoosh": figures(ours, recall), "fts5 posts": figures(0.3), "fts5 topics": figures(0.5),
            "bm25 posts": figures(0.4, 1.0), "bm25 topics": figures(0.2),
        },
    }  # fmt: skip


def test_a_row_must_beat_the_better_form_of_each_baseline():
    missed = list(
        quality_page.shortfalls(run(row("subjects", 0.45), row("questions", 0.6, recall=1.0)))
    )

    assert missed == [
        "subjects, whoosh: MRR 0.450, fts5 has 0.500",
        "subjects, whoosh: nDCG@10 0.450, fts5 has 0.500",
        "subjects, whoosh: recall@50 0.950, bm25 has 1.000",
    ]


def test_inflected_questions_come_close_to_the_plain_ones():
    missed = quality_page.shortfalls(run(row("inflected", 0.6, plain=0.65, recall=1.0)))

    assert list(missed) == ["inflected, whoosh: 92.3% of the plain MRR, the target is 97%"]


def test_the_page_shows_each_metric_and_what_it_was_measured_with():
    page = quality_page.as_page(run(row("subjects", 0.6), row("inflected", 0.6, plain=0.65)))

    assert "| subjects | 9 | 0.600 | 0.500 | 0.400 |" in page
    assert "| inflected | 9 | 0.650 | 92.3% |" in page
    assert "the subject of a news thread" in page
