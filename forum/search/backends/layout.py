"""How a post is laid out in an index of files: words in fields, numbers in one column."""

from collections.abc import Iterable
from datetime import UTC, datetime
from struct import Struct
from typing import Any, NamedTuple

from forum.search import analysis, ranking
from forum.search.backend import Document

KEYWORDS = ("author", "category", "topic", "tag", "kind", "lang", "market", "knowhow", "mark")
# All of it in one column, so one open file.
FACTS = "facts"
# Id, topic, category, author, time, likes, words of the title and of the body, truths, number of
# tags, of know-how and of markets, kind, language; then the tags, know-how and markets themselves.
_FACTS = Struct("<qqqqqIHHBBBB20s5s")
LISTED, FIRST, ANSWER, CLOSED, ARCHIVED = (1 << place for place in range(5))
_MOST = 255
_COUNTRY_LETTERS = 2


class Facts(NamedTuple):
    """What is known of a document beside its words."""

    id: int
    topic: int
    category: int
    author: int
    created: int
    likes: int
    title_length: int
    body_length: int
    truths: int
    kind: str
    lang: str
    # What the document shares with its topic, in the order of `question.FACETS`.
    shared: tuple[tuple[int | str, ...], ...]

    @property
    def year(self) -> int:
        return datetime.fromtimestamp(self.created, UTC).year

    @property
    def merit(self) -> float:
        return ranking.merit(
            first=bool(self.truths & FIRST),
            answer=bool(self.truths & ANSWER),
            closed=bool(self.truths & CLOSED),
            archived=bool(self.truths & ARCHIVED),
            likes=self.likes,
        )

    @classmethod
    def unpack(cls, packed: bytes) -> "Facts":
        """The facts of one document, as `fields_of` packed them."""
        *numbers, tags, terms, markets, kind, lang = _FACTS.unpack_from(packed)
        ids = Struct(f"<{tags + terms}q").unpack_from(packed, _FACTS.size)
        countries = packed[_FACTS.size + 8 * len(ids) :].decode()
        category, name = numbers[2], _text(kind)
        shared = (
            (category,),
            (name,),
            ids[:tags],
            tuple(countries[2 * n : 2 * n + 2] for n in range(markets)),
            ids[tags:],
        )
        return cls(*[*numbers, name, _text(lang), shared])


def fields_of(document: Document) -> dict[str, Any]:
    """What an index of files is given of a document, by the names of its fields."""
    title, body = analysis.words(document.title), analysis.words(document.text)
    title_stems = analysis.stems(title, document.title_lang)
    return {
        "id": str(document.id),
        f"title_{document.title_lang}": title_stems,
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
        FACTS: _packed(document, len(title_stems), len(body)),
    }


def _packed(document: Document, title_length: int, body_length: int) -> bytes:
    tags = [int(tag) for tag in document.tags][:_MOST]
    terms = [int(term) for term in document.knowhow][:_MOST]
    markets = [one for one in document.markets if len(one) == _COUNTRY_LETTERS][:_MOST]
    facts = _FACTS.pack(
        document.id,
        document.topic_id,
        document.category_id,
        document.author_id,
        int(document.created_at.timestamp()),
        document.likes,
        min(title_length, 0xFFFF),
        min(body_length, 0xFFFF),
        _truths(document),
        len(tags),
        len(terms),
        len(markets),
        document.kind.encode(),
        document.lang.encode(),
    )
    numbers = Struct(f"<{len(tags) + len(terms)}q").pack(*tags, *terms)
    return facts + numbers + "".join(markets).encode()


def _truths(document: Document) -> int:
    return _sum(
        (LISTED, document.listed),
        (FIRST, document.number == 1),
        *(
            (bit, name in document.marks)
            for bit, name in ((ANSWER, "answer"), (CLOSED, "closed"), (ARCHIVED, "archived"))
        ),
    )


def _sum(*truths: tuple[int, bool]) -> int:
    return sum(bit for bit, is_so in truths if is_so)


def _text(packed: bytes) -> str:
    return packed.rstrip(b"\0").decode()


def unpack_all(packed: Iterable[bytes]) -> list[Facts]:
    """The facts of many documents, in order."""
    return [Facts.unpack(one) for one in packed]
