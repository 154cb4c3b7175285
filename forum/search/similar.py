"""Topics whose titles speak of much the same as one that is being typed."""

from forum.categories.policies import Viewer
from forum.search import engine
from forum.search.analysis import every_stem, is_small, words
from forum.search.question import Most, Question, Word
from forum.topics.queries import lists
from forum.topics.queries.lists import Row

LEAST_WORDS, LEAST_SHARED = 2, 0.5
MOST_WORDS, MOST_LOOKED_AT, MOST_OFFERED = 12, 15, 3


def topics(viewer: Viewer, title: str) -> list[Row]:
    """At most three topics the viewer may see, with at least half of the title's words in theirs."""
    sought = [word for word in dict.fromkeys(words(title)) if not is_small(word)][:MOST_WORDS]
    if len(sought) < LEAST_WORDS:
        return []
    question = Question(
        node=Most(tuple(Word(word, in_title=True) for word in sought)),
        visible_category_ids=viewer.visible_category_ids,
        sees_unlisted=viewer.is_staff,
        limit=MOST_LOOKED_AT,
    )
    hits = engine.ask(question).hits
    found = lists.by_ids(viewer, [hit.topic_id for hit in hits.page])
    shares = {row.topic.id: _share(sought, row.topic.title) for row in found}
    alike = [row for row in found if shares[row.topic.id] >= LEAST_SHARED]
    return sorted(alike, key=lambda row: -shares[row.topic.id])[:MOST_OFFERED]


def _share(sought: list[str], title: str) -> float:
    """How much of what is sought is in a title, in whichever form and language."""
    there = set().union(*(every_stem(word) for word in words(title)))
    return sum(not there.isdisjoint(every_stem(word)) for word in sought) / len(sought)
