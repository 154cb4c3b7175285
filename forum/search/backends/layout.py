"""How a post is laid out in an index of files: words in fields, numbers in columns."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from forum.search import analysis
from forum.search.backend import Document, Match

KEYWORDS = ("author", "category", "topic", "tag", "kind", "lang", "market", "knowhow", "mark")
NUMBERS = ("c_id", "c_topic", "c_category", "c_created", "c_likes", "c_listed", "c_first")
NAMES = ("c_kind", "c_lang")


@dataclass(frozen=True)
class Columns:
    """What is known of each document of a segment, by its number there."""

    id: Sequence[int]
    topic: Sequence[int]
    category: Sequence[int]
    created: Sequence[int]
    likes: Sequence[int]
    listed: Sequence[int]
    first: Sequence[int]
    kind: Sequence[str]
    lang: Sequence[str]

    @classmethod
    def read(cls, column: Callable[[str], Iterable[Any]]) -> "Columns":
        numbers = [array("q", column(name)) for name in NUMBERS]
        names = [[value.decode() for value in column(name)] for name in NAMES]
        return cls(*numbers, *names)

    @classmethod
    def none(cls) -> "Columns":
        return cls(*((),) * (len(NUMBERS) + len(NAMES)))

    def match(self, doc: int, score: float) -> Match:
        """The document as a match; its sorts are in the order of `question.FACETS`."""
        return Match(
            score,
            self.id[doc],
            self.topic[doc],
            self.created[doc],
            self.likes[doc],
            (self.category[doc], self.kind[doc], self.lang[doc]),
        )


def fields_of(document: Document) -> dict[str, Any]:
    title, body = analysis.words(document.title), analysis.words(document.text)
    return {
        "id": str(document.id),
        f"title_{document.title_lang}": analysis.stems(title, document.title_lang),
        f"body_{document.lang}": analysis.stems(body, document.lang),
        "title_exact": title,
        "body_exact": body,
        "author": [str(document.author_id)],
        "category": [str(document.category_id)],
        "topic": [str(document.topic_id)],
        "tag": list(document.tags),
        "kind": [document.kind],
        "lang": [document.lang],
        "market": list(document.markets),
        "knowhow": list(document.knowhow),
        "mark": list(document.marks),
        "c_id": document.id,
        "c_topic": document.topic_id,
        "c_category": document.category_id,
        "c_created": int(document.created_at.timestamp()),
        "c_likes": document.likes,
        "c_listed": int(document.listed),
        "c_first": int(document.number == 1),
        "c_kind": document.kind.encode(),
        "c_lang": document.lang.encode(),
    }
