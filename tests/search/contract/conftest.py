"""What every engine must do, asked of each: Whoosh beside SQLite, PostgreSQL beside itself.

Documents are given to the index as they are, so that a test takes no longer than its searches.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from forum.core.database import session
from forum.search import analysis, engine
from forum.search.backend import Document, Hits
from forum.search.question import Every, Node, Question, Word
from forum.search.shelf import Generation
from tests.support.indexes import forget_index

SQUARE, WORKSHOP, BACK_ROOM = 1, 2, 3
PUBLIC = frozenset({SQUARE, WORKSHOP})
LONG_AGO = datetime(2024, 3, 1, 12, tzinfo=UTC)
USUAL = Document(
    id=0, topic_id=0, category_id=SQUARE, author_id=1, number=2, lang="en", text="", title="",
    title_lang="en", kind="discussion", listed=True, created_at=LONG_AGO,
)  # fmt: skip


@pytest.fixture(scope="module")
def generation(app: Any) -> Iterator[Generation]:
    """An index in use, the same for all tests of a file; each begins without documents."""
    with app.app_context():
        forget_index()
        made = engine.shelf().new()
        made.complete()
        engine.shelf().use(made)
    yield made
    with app.app_context():
        forget_index()
        session.remove()


@dataclass
class Index:
    """The index in use, and a number for each new document."""

    last: int = 0

    def post(self, text: str = "", **more: Any) -> Document:
        """A post, in the index; in a topic of its own unless told which."""
        self.last += 1
        lang = more.get("lang", "en")
        usual = {"id": self.last, "topic_id": self.last, "title_lang": lang, "text": text}
        later = LONG_AGO + timedelta(minutes=self.last)
        document = replace(USUAL, **{"created_at": later, **usual, **more})
        self.index(document)
        return document

    def index(self, *documents: Document) -> None:
        self.current.index(documents)

    def find(self, *nodes: Node | str, **more: Any) -> list[int]:
        """The best posts of the topics that are found, best first."""
        return [hit.post_id for hit in self.search(*nodes, **more).page]

    def search(self, *nodes: Node | str, **more: Any) -> Hits:
        return self.current.search(asked(*nodes, **more))

    def told(self, *nodes: Node | str, **more: Any) -> tuple[Any, ...]:
        """All that is said of a question but the scores, which move with the time of day."""
        hits = self.search(*nodes, **more)
        page = [(hit.topic_id, hit.post_id, hit.others) for hit in hits.page]
        return page, hits.topics, hits.posts, self.current.count(asked(*nodes, **more))

    @property
    def current(self) -> Generation:
        found = engine.current()
        assert found is not None
        return found


def asked(*nodes: Node | str, **more: Any) -> Question:
    """A question of someone who sees what is public; a text stands for its words."""
    parts = [typed(node) if isinstance(node, str) else node for node in nodes]
    return Question(Every(tuple(parts)), **{"visible_category_ids": PUBLIC, **more})


def typed(text: str) -> Node:
    """The words of a text, as someone types them."""
    words = tuple(Word(word) for word in analysis.words(text))
    return words[0] if len(words) == 1 else Every(words)


@pytest.fixture
def index(generation: Generation, database: Any) -> Index:
    current = engine.current()
    current.remove(set(current.ids()))
    return Index()


@pytest.fixture
def post(index: Index) -> Callable[..., Document]:
    return index.post


@pytest.fixture
def find(index: Index) -> Callable[..., list[int]]:
    return index.find
