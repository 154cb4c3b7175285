"""Whoosh, embedded: an index in files, searched in this process. The only door to the library.

Only what Whoosh 2.7.4 has is used, so that any of its forks will do. Nothing is read before its
seal was found right, and the caller sees to it that one process at a time writes.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Any

from whoosh import analysis, columns, fields, query
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader
from whoosh.scoring import BM25F

from forum.search import analysis as language
from forum.search import seal
from forum.search.backend import Counts, Damaged, Document, Hits, Match, gather, tally
from forum.search.backends.layout import FACTS, KEYWORDS, Columns, fields_of, time_of
from forum.search.question import (
    RELEVANCE,
    Alike,
    Among,
    Beginning,
    Either,
    Every,
    Has,
    Most,
    Near,
    Node,
    Not,
    Phrase,
    Question,
    Word,
    Written,
)

TITLE_BOOST, EXACT_BOOST, FIRST_POST_BOOST = 2.5, 0.6, 1.05
# More searches at a time would only share the same processor, and each holds files open.
SEARCHERS = 3
WRITER_MEGABYTES = 48
# Segments of like size are merged when this many have come together, up to a size whose merging
# would hold the processor for too long; `flask reindex` makes few large ones again.
TIER, LARGEST_MERGE = 5, 8_000
SETTLE_SECONDS, SETTLE_TRIES = 0.05, 20
LOOK_SECONDS = 1.0


def _schema() -> fields.Schema:
    """Words come as ready lists, so the analysers named here never see a text."""
    ready = analysis.KeywordAnalyzer()
    schema = fields.Schema(id=fields.ID(unique=True))
    for part in ("title", "body"):
        for lang in language.LANGUAGES:
            schema.add(f"{part}_{lang}", fields.TEXT(ready, phrase=False))
        schema.add(f"{part}_exact", fields.TEXT(ready, phrase=True))
    for name in KEYWORDS:
        schema.add(name, fields.KEYWORD())
    schema.add(FACTS, fields.COLUMN(columns.VarBytesColumn()))
    return schema


SCHEMA = _schema()
WEIGHTING = BM25F(title_fr_B=0.3, title_en_B=0.3, title_exact_B=0.3)


class WhooshBackend:
    """One generation of the index, in its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._digests: dict[str, tuple[seal.Sight, str]] = {}
        self._columns: dict[str, Columns] = {}
        self._looked: tuple[float, seal.Sights] = (0.0, {})
        self._idle: deque[tuple[seal.Sights, Any]] = deque()
        self._turn = threading.BoundedSemaphore(SEARCHERS)
        self._opening = threading.Lock()

    @classmethod
    def create(cls, folder: Path) -> "WhooshBackend":
        """An empty index in an empty folder."""
        FileStorage(str(folder)).create_index(SCHEMA)
        made = cls(folder)
        seal.put_on(folder, made._digests)
        return made

    def search(self, question: Question) -> Hits:
        with self._searcher() as searcher:
            return gather(self._matches(searcher, question), question)

    def count(self, question: Question) -> Counts:
        with self._searcher() as searcher:
            return tally(self._matches(searcher, question), question)

    def alike(self, word: str, most: int) -> Sequence[str]:
        with self._searcher() as searcher:
            found: list[str] = searcher.reader().corrector("body_exact").suggest(word, limit=most)
            return found

    def index(self, documents: Iterable[Document], *, gone: Collection[int] = ()) -> None:
        documents = list(documents)
        index = self._opened()
        replaced = {document.id for document in documents} | set(gone)
        with index.reader() as reader:
            old = list(self._docnums(reader, replaced))
        if not documents and not old:
            return
        writer = index.writer(limitmb=WRITER_MEGABYTES, compound=False)
        try:
            for docnum in old:
                writer.delete_document(docnum)
            for document in documents:
                writer.add_document(**fields_of(document))
        except BaseException:
            writer.cancel()
            raise
        writer.commit(mergetype=merge_tiers)
        seal.put_on(self.folder, self._digests)

    def remove(self, ids: Collection[int]) -> None:
        self.index((), gone=ids)

    def size(self) -> int:
        total = 0
        for file in self.folder.iterdir():
            with suppress(FileNotFoundError):  # merged away meanwhile
                total += file.stat().st_size
        return total

    def ids(self) -> Iterator[int]:
        with self._searcher() as searcher:
            for leaf, _offset in searcher.reader().leaf_readers():
                known = self._columns_of(leaf).id
                yield from (known[docnum] for docnum in leaf.all_doc_ids())

    def complete(self) -> None:
        """Segments are complete as they are written."""

    def check(self) -> None:
        """Read every file again; raises `Damaged` when one is not as it was written."""
        self._digests.clear()
        self._settled(lambda: seal.check(self.folder, self._digests))

    def close(self) -> None:
        """Let go of the files."""
        while self._idle:
            self._idle.pop()[1].close()

    @contextmanager
    def _searcher(self) -> Iterator[Any]:
        """A searcher of the index as it is now, for one thread at a time."""
        with self._turn:
            sights = self._sights()
            searcher = self._idle_one(sights) or self._opened().searcher(weighting=WEIGHTING)
            try:
                yield searcher
            except BaseException:
                searcher.close()
                raise
            self._idle.append((sights, searcher))

    def _sights(self) -> seal.Sights:
        """What the files look like; for a moment after, only the seal is looked at again."""
        moment, seen = self._looked
        if time.monotonic() - moment < LOOK_SECONDS and seal.is_as(seen, self.folder):
            return seen
        seen = self._settled(lambda: seal.look(self.folder))
        self._looked = (time.monotonic(), seen)
        return seen

    def _idle_one(self, sights: seal.Sights) -> Any:
        while self._idle:
            try:
                seen, searcher = self._idle.pop()
            except IndexError:
                return None
            if seen == sights:
                return searcher
            searcher.close()
        return None

    def _opened(self) -> Any:
        """The index, once its seal was found right."""
        with self._opening:
            self._settled(lambda: seal.check(self.folder, self._digests))
            return FileStorage(str(self.folder)).open_index(schema=SCHEMA)

    def _settled(self, look: Callable[[], Any]) -> Any:
        """What is seen once a commit that may be going on has ended."""
        for _try in range(SETTLE_TRIES):
            try:
                return look()
            except Damaged:
                if not self.folder.exists():
                    raise
                time.sleep(SETTLE_SECONDS)
        return look()

    def _matches(self, searcher: Any, question: Question) -> Iterator[Match]:
        node, times = _split_times(question.node)
        wanted = to_query(node).normalize()
        scored = question.order == RELEVANCE
        context = searcher.context() if scored else searcher.boolean_context()
        visible = question.visible_category_ids
        for leaf, _offset in searcher.leaf_searchers():
            known = self._columns_of(leaf.reader())
            matcher = wanted.matcher(leaf, context)
            while matcher.is_active():
                doc = matcher.id()
                if (
                    known.category[doc] in visible
                    and (known.listed[doc] or question.sees_unlisted)
                    and (not times or _in_time(known.created[doc], times))
                ):
                    score = matcher.score() if scored else 0.0
                    if known.first[doc]:
                        score *= FIRST_POST_BOOST
                    yield known.match(doc, score)
                matcher.next()

    def _docnums(self, reader: Any, wanted: set[int]) -> Iterator[int]:
        for leaf, offset in reader.leaf_readers():
            for docnum, post_id in enumerate(self._columns_of(leaf).id):
                if post_id in wanted and not leaf.is_deleted(docnum):
                    yield offset + docnum

    def _columns_of(self, leaf: Any) -> Columns:
        """The numbers of a segment's documents. Segments never change, so they are read once."""
        if leaf.segment() is None:
            return Columns()
        name = leaf.segment().segment_id()
        if name not in self._columns:
            present = {path.name.partition(".")[0] for path in self.folder.iterdir()}
            self._columns = {k: v for k, v in self._columns.items() if k in present}
            self._columns[name] = Columns.read(leaf.column_reader(FACTS, translate=False))
        return self._columns[name]


def merge_tiers(writer: Any, segments: list[Any]) -> list[Any]:
    """Whoosh's merge policy, ours: like sizes together, nothing large while the forum is open."""
    tiers: dict[int, list[Any]] = {}
    for segment in segments:
        tiers.setdefault(_tier(segment.doc_count()), []).append(segment)
    merged: list[Any] = []
    for tier in sorted(tiers):
        size = sum(segment.doc_count() for segment in tiers[tier])
        if len(tiers[tier]) >= TIER and size <= LARGEST_MERGE:
            merged = tiers[tier]
            break
    empty = [segment for segment in segments if not segment.doc_count()]
    for segment in merged:
        if segment not in empty:
            _merge_in(writer, segment)
    return [segment for segment in segments if segment not in chain(merged, empty)]


def _merge_in(writer: Any, segment: Any) -> None:
    reader = SegmentReader(writer.storage, writer.schema, segment)
    writer.add_reader(reader)
    reader.close()


def _tier(count: int) -> int:
    tier = 0
    while count > TIER:
        count //= TIER
        tier += 1
    return tier


def to_query(node: Node) -> Any:  # noqa: C901 - one line a sort of node
    """A question in Whoosh's terms."""
    match node:
        case Word():
            found = _word(node)
        case Phrase():
            found = _phrase(node)
        case Has(name, values):
            found = query.Or([query.Term(name, value) for value in values])
        case Written():
            found = query.ColumnQuery(FACTS, lambda facts: _in_time(time_of(facts), [_time(node)]))
        case Alike(part, others):
            found = query.Or(
                [to_query(part), *(_weighed(to_query(o), weight) for o, weight in others)]
            )
        case Beginning(text):
            found = query.Prefix("title_exact", text)
        case Near(words, distance):
            found = query.Phrase("body_exact", list(words), slop=distance + 1)
        case Among():
            raise NotImplementedError
        case Not(part):
            found = query.AndNot(query.Every(), to_query(part))
        case Either(nodes) | Most(nodes):
            found = query.Or([to_query(part) for part in nodes])
        case Every(nodes):
            found = _every(nodes)
    return found


def _weighed(found: Any, weight: float) -> Any:
    found.boost = weight
    return found


def _every(nodes: tuple[Node, ...]) -> Any:
    """All of the parts. Small words are wished for when there are others, not insisted on."""
    refused = [to_query(part.node) for part in nodes if isinstance(part, Not)]
    kept = [part for part in nodes if not isinstance(part, Not)]
    small = [part for part in kept if isinstance(part, Word) and language.is_small(part.text)]
    if any(isinstance(part, Word | Phrase) and part not in small for part in kept):
        needed = [to_query(part) for part in kept if part not in small]
        wished = [to_query(part) for part in small]
    else:
        needed, wished = [to_query(part) for part in kept], []
    found = query.And(needed) if needed else query.Every()
    if wished:
        found = query.AndMaybe(found, query.Or(wished))
    return query.AndNot(found, query.Or(refused)) if refused else found


def _word(word: Word) -> Any:
    """Any form of the word, in either language; the form that was typed counts for more."""
    boosts = {"title": TITLE_BOOST} if word.in_title else {"title": TITLE_BOOST, "body": 1.0}
    forms = {lang: language.stem(word.text, lang) for lang in language.LANGUAGES}
    any_form = [
        query.Term(f"{part}_{lang}", form, boost=boost)
        for part, boost in boosts.items()
        for lang, form in forms.items()
        if form is not None
    ]
    as_typed = [
        query.Term(f"{part}_exact", word.text, boost=boost * EXACT_BOOST)
        for part, boost in boosts.items()
    ]
    if not all(forms.values()):  # a small word of a language is in its exact field only
        return query.Or(any_form + as_typed)
    return query.AndMaybe(query.Or(any_form), query.Or(as_typed))


def _phrase(phrase: Phrase) -> Any:
    words = language.words(phrase.text)
    boosts = {"title_exact": TITLE_BOOST}
    if not phrase.in_title:
        boosts["body_exact"] = 1.0
    if len(words) == 1:
        return query.Or([query.Term(name, words[0], boost=b) for name, b in boosts.items()])
    return query.Or([query.Phrase(name, words, boost=b) for name, b in boosts.items()])


def _split_times(node: Node) -> tuple[Node, list[tuple[float, float, bool]]]:
    """The question without its times, and the times as (from, up to, wanted or not).

    Times are compared with a column on the way, which is quicker than any range of terms.
    """
    if not isinstance(node, Every):
        node = Every((node,))
    kept, times = [], []
    for part in node.nodes:
        inner = part.node if isinstance(part, Not) else part
        if isinstance(inner, Written):
            times.append(_time(inner, wanted=inner is part))
        else:
            kept.append(part)
    return Every(tuple(kept)), times


def _time(written: Written, *, wanted: bool = True) -> tuple[float, float, bool]:
    since = written.since.timestamp() if written.since else float("-inf")
    until = written.until.timestamp() if written.until else float("inf")
    return since, until, wanted


def _in_time(moment: float, times: list[tuple[float, float, bool]]) -> bool:
    return all((since <= moment < until) is wanted for since, until, wanted in times)
