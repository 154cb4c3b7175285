"""How a post is laid out in an index of files: words in fields, numbers in columns."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from struct import Struct
from typing import Any

from forum.search import analysis
from forum.search.backend import Document, Match

KEYWORDS = ("author", "category", "topic", "tag", "kind", "lang", "market", "knowhow", "mark")
# Id, topic, category, time, likes, listed, first, kind, language: one column, so one open file.
FACTS = "facts"
_FACTS = Struct("<qqqqqBB20s5s")
FACTS_SIZE = _FACTS.size


@dataclass(frozen=True)
class Columns:
    """What is known of each document of a segment, by its number there."""

    id: Sequence[int] = ()
    topic: Sequence[int] = ()
    category: Sequence[int] = ()
    created: Sequence[int] = ()
    likes: Sequence[int] = ()
    listed: Sequence[int] = ()
    first: Sequence[int] = ()
    kind: Sequence[str] = ()
    lang: Sequence[str] = ()

    @classmethod
    def read(cls, facts: Iterable[bytes]) -> "Columns":
        """The columns of packed facts, one a document."""
        columns = list(zip(*map(_FACTS.unpack, facts), strict=True))
        numbers = [array("q", values) for values in columns[:7]]
        names = [[value.rstrip(b"\0").decode() for value in values] for values in columns[7:]]
        return cls(*numbers, *names)

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


def time_of(facts: bytes) -> int:
    """When a document was written, out of its packed facts."""
    created: int = _FACTS.unpack(facts)[3]
    return created


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
        FACTS: _FACTS.pack(
            document.id,
            document.topic_id,
            document.category_id,
            int(document.created_at.timestamp()),
            document.likes,
            document.listed,
            document.number == 1,
            document.kind.encode(),
            document.lang.encode(),
        ),
    }
