"""The engines compared, each as a function from a query to topics, best first."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bench.search.baselines import Found
from bench.search.judged import Judged
from bench.search.metrics import DEPTH
from bench.search.trial import Trial
from forum.accounts.guest import Guest
from forum.categories import queries as categories
from forum.search import asking, service
from forum.search.grammar import parser

Search = Callable[[str], Sequence[Found]]
WHOOSH, POSTGRES = "whoosh", "postgresql"
BASELINES: Mapping[str, Callable[[Trial], Search]] = {
    "fts5 posts": lambda trial: trial.fts5.by_post,
    "fts5 topics": lambda trial: trial.fts5.by_topic,
    "bm25 posts": lambda trial: trial.bm25.by_post,
    "bm25 topics": lambda trial: trial.bm25.by_topic,
}


def ours(query: str) -> Sequence[Found]:
    """The forum's own way from what a guest types to what is found, fifty at once."""
    viewer = Guest()
    categories.load_rights(viewer)
    reading = parser.read(query, viewer)
    question = service.question_of(viewer, service.Request(query), reading)
    answer = asking.ask(replace(question, limit=DEPTH))
    if not answer.complete:
        raise SystemExit("The index could not be asked, only the database.")
    return [(hit.topic_id, (hit.post_id, *hit.others)) for hit in answer.hits.page]


def ranks(search: Search, queries: Sequence[Judged]) -> list[int | None]:
    """Where an engine puts what each query is for."""
    return [rank(search(one.query), one) for one in queries]


def rank(found: Sequence[Found], judged: Judged) -> int | None:
    """Where what the query is for stands: its topic, or its topic by the post that is asked for."""
    for place, (topic_id, posts) in enumerate(found[:DEPTH], 1):
        if topic_id == judged.topic_id:
            return place if judged.post_id is None or judged.post_id in posts else None
    return None


class Remembered:
    """What baselines answered before: they never change, so a run while tuning need not ask again."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.path = trial.folder / "baselines.json"
        self.known: dict[str, int | None] = (
            json.loads(self.path.read_text()) if self.path.exists() else {}
        )

    def ranks(self, name: str, queries: Sequence[Judged]) -> list[int | None]:
        """Where a baseline puts what each query is for."""
        keys = [f"{name}|{one.topic_id}|{one.post_id}|{one.query}" for one in queries]
        if any(key not in self.known for key in keys):
            search = BASELINES[name](self.trial)
            self.known.update(zip(keys, ranks(search, queries), strict=True))
            self.path.write_text(json.dumps(self.known))
        return [self.known[key] for key in keys]
