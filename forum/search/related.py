"""Topics that are about the same: alike by title, by the words of their first post, by tags and know-how."""

from collections import Counter
from collections.abc import Iterator

from forum.categories.policies import Viewer
from forum.search import analysis, engine, queries
from forum.search.question import Alike, Either, Every, Has, Node, Not, Question, Word
from forum.topics.models.topic import Topic
from forum.topics.queries import lists
from forum.topics.queries.lists import Row

MOST = 5
# Each word costs the reading of all posts that hold it, so the telling ones are few.
TITLE_WORDS, TELLING_WORDS, SHORTEST_TELLING = 6, 5, 6
READ = 4_000


def to(viewer: Viewer, topic: Topic) -> list[Row]:
    """The few the viewer may see that are most like this one, the likest first."""
    first = queries.opening(topic.id)
    alike = (*map(Word, _words(topic.title, first.text)), *_labels(first.tag_ids, first.term_ids))
    if not alike:
        return []
    others = Every((Either(alike), Not(Has("topic", (str(topic.id),)))))
    question = Question(others, viewer.visible_category_ids, viewer.is_staff, limit=MOST)
    found = engine.ask(question).hits.page
    return lists.by_ids(viewer, [hit.topic_id for hit in found])


def _words(title: str, text: str) -> list[str]:
    """Those of the title, and the most telling ones of the text: often said, and long."""
    named = [word for word in dict.fromkeys(analysis.words(title)) if _tells(word, 3)]
    said = Counter(word for word in analysis.words(text[:READ]) if _tells(word, SHORTEST_TELLING))
    telling = sorted(said, key=lambda word: (-min(said[word], 3), -len(word), word))
    return [
        *named[:TITLE_WORDS],
        *[word for word in telling if word not in named][:TELLING_WORDS],
    ]


def _tells(word: str, shortest: int) -> bool:
    return len(word) >= shortest and not word.isdecimal() and not analysis.is_small(word)


def _labels(tag_ids: list[str], term_ids: list[str]) -> Iterator[Node]:
    """A property is worth nothing by itself; as the equivalent of something the rarer the more."""
    for name, ids in (("tag", tag_ids), ("knowhow", term_ids)):
        for value in ids:
            has = Has(name, (value,))
            yield Alike(has, ((has, 1.0),))
