"""How a post is laid out in an index of files: words in fields, numbers in columns."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from struct import Struct
from typing import Any

from forum.search import analysis
from forum.search.backend import Document, Match

KEYWORDS = ("author", "category", "topic", "tag", "kind", "lang", "market", "knowhow", "mark")
# All of it in one column, so one open file.
FACTS = "facts"
# Id, topic, category, author, time, likes, listed, first, number of tags, of markets, of know-how,
# kind, language; then the tags, the know-how and the markets themselves.
_FACTS = Struct("<qqqqqqBBBBB20s5s")
Sort = tuple[int | str, ...]


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
    # The values of each facet, in the order of `question.FACETS`.
    sorts: Sequence[tuple[Sort, ...]] = ()

    @classmethod
    def read(cls, facts: Iterable[bytes]) -> "Columns":
        """The columns of packed facts, one a document."""
        rows = [_read(one) for one in facts]
        known: dict[tuple[Sort, ...], tuple[Sort, ...]] = {}
        sorts = [known.setdefault(row[-1], row[-1]) for row in rows]
        columns = zip(*(row[:-1] for row in rows), strict=True) if rows else ((),) * 7
        numbers: list[Any] = [array("q", values) for values in columns]
        return cls(*[*numbers, sorts])

    def match(self, doc: int, score: float) -> Match:
        """The document as a match."""
        return Match(
            score,
            self.id[doc],
            self.topic[doc],
            self.created[doc],
            self.likes[doc],
            self.sorts[doc],
        )


def time_of(facts: bytes) -> int:
    """When a document was written, out of its packed facts."""
    created: int = _FACTS.unpack_from(facts)[4]
    return created


def _read(facts: bytes) -> tuple[Any, ...]:
    (id_, topic, category, author, created, likes, listed, first, *counts, kind, lang) = (
        _FACTS.unpack_from(facts)
    )
    tags, terms, markets = counts
    numbers = Struct(f"<{tags + terms}q").unpack_from(facts, _FACTS.size)
    countries = facts[_FACTS.size + 8 * (tags + terms) :].decode()
    sorts = (
        (category,),
        (_text(kind),),
        numbers[:tags],
        tuple(countries[2 * n : 2 * n + 2] for n in range(markets)),
        numbers[tags:],
        (_text(lang),),
        (datetime.fromtimestamp(created, UTC).year,),
        (author,),
    )
    return id_, topic, category, created, likes, listed, first, sorts


def _packed(document: Document) -> bytes:
    tags = [int(tag) for tag in document.tags][:255]
    terms = [int(term) for term in document.knowhow][:255]
    markets = [market for market in document.markets if len(market) == 2][:255]
    facts = _FACTS.pack(
        document.id,
        document.topic_id,
        document.category_id,
        document.author_id,
        int(document.created_at.timestamp()),
        document.likes,
        document.listed,
        document.number == 1,
        len(tags),
        len(terms),
        len(markets),
        document.kind.encode(),
        document.lang.encode(),
    )
    numbers = Struct(f"<{len(tags) + len(terms)}q").pack(*tags, *terms)
    return facts + numbers + "".join(markets).encode()


def _text(packed: bytes) -> str:
    return packed.rstrip(b"\0").decode()


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
        FACTS: _packed(document),
    }
