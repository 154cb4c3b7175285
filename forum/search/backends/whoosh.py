"""Whoosh, embedded: an index in files, searched in this process. The only door to the library.

Only what Whoosh 2.7.4 has is used, so that any of its forks will do. Nothing is read before its
seal was found right, and the caller sees to it that one process at a time writes.

Whoosh keeps and merges the lists of words; finding and ranking in them is ours (`matching`), since
its own scoring takes a call or two for every posting.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice
from pathlib import Path
from typing import Any

from whoosh import analysis, columns, fields, query
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader, TermNotFound

from forum.search import analysis as language
from forum.search import queries, seal
from forum.search.backend import Counts, Damaged, Document, Hits
from forum.search.backends import grouping, nearness, spelling
from forum.search.backends.keeping import Kept
from forum.search.backends.layout import FACTS, KEYWORDS, fields_of, unpack_all
from forum.search.backends.matching import List, Matching, Posts, packed
from forum.search.backends.snapshot import Columns, Snapshot
from forum.search.question import Among, Question

# More searches at a time would only share the same processor, and each holds files open.
SEARCHERS = 3
WRITER_MEGABYTES = 48
# Segments of like size are merged when this many have come together, up to a size whose merging
# would hold the processor for too long; `flask reindex` makes few large ones again.
TIER, LARGEST_MERGE = 5, 8_000
SETTLE_SECONDS, SETTLE_TRIES = 0.05, 20
LOOK_SECONDS = 1.0
# Lists of words kept in memory, as entries; twelve bytes each.
MOST_ENTRIES = 1_500_000
MOST_BEGINNINGS = 100


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


class WhooshBackend:
    """One generation of the index, in its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._digests: dict[str, tuple[seal.Sight, str]] = {}
        self._columns: dict[str, Columns] = {}
        self._snapshot: tuple[seal.Sights, Snapshot] | None = None
        self._kept = Kept(MOST_ENTRIES)
        self._words: dict[str, Sequence[str]] = {}
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
        with self._reading() as reading:
            matching, found = reading.found(question)
            return grouping.hits(found, matching, question)

    def count(self, question: Question) -> Counts:
        with self._reading() as reading:
            matching, found = reading.found(question)
            return grouping.counts(found, matching.columns, question)

    def alike(self, word: str, most: int) -> Sequence[str]:
        with self._reading() as reading:
            leaves = [leaf for leaf, _offset in reading.reader.leaf_readers()]
            near = spelling.nearest(word, map(self._words_of, leaves))
            return sorted(near, key=lambda one: -reading.reader.doc_frequency("body_exact", one))[
                :most
            ]

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
        with self._reading() as reading:
            known = reading.snapshot.columns.id
            yield from (known[doc] for doc in reading.reader.all_doc_ids())

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
    def _reading(self) -> Iterator["Reading"]:
        """The index as it is now, for one thread at a time."""
        with self._turn:
            sights = self._sights()
            searcher = self._idle_one(sights) or self._opened().searcher()
            try:
                snapshot = self._snapshot_of(searcher.reader(), sights)
                yield Reading(searcher, snapshot, self._kept, self._words_of)
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

    def _snapshot_of(self, reader: Any, sights: seal.Sights) -> Snapshot:
        if self._snapshot is None or self._snapshot[0] != sights:
            leaves = list(reader.leaf_readers())
            deleted = [
                offset + doc
                for leaf, offset in leaves
                if leaf.has_deletions()
                for doc in range(leaf.doc_count_all())
                if leaf.is_deleted(doc)
            ]
            parts = [self._columns_of(leaf) for leaf, _offset in leaves]
            self._snapshot = sights, Snapshot(parts, deleted)
        return self._snapshot[1]

    def _docnums(self, reader: Any, wanted: set[int]) -> Iterator[int]:
        for leaf, offset in reader.leaf_readers():
            for docnum, post_id in enumerate(self._columns_of(leaf).id):
                if post_id in wanted and not leaf.is_deleted(docnum):
                    yield offset + docnum

    def _columns_of(self, leaf: Any) -> Columns:
        """The columns of a segment. Segments never change, so they are read once."""
        if leaf.segment() is None:
            return Columns()
        name = leaf.segment().segment_id()
        if name not in self._columns:
            present = {path.name.partition(".")[0] for path in self.folder.iterdir()}
            self._columns = {k: v for k, v in self._columns.items() if k in present}
            facts = unpack_all(leaf.column_reader(FACTS, translate=False))
            self._columns[name] = Columns.of(facts)
        return self._columns[name]

    def _words_of(self, leaf: Any) -> Sequence[str]:
        """The words of a segment that may be offered for a mistyped one."""
        if leaf.segment() is None:
            return ()
        name = leaf.segment().segment_id()
        if name not in self._words:
            self._words = {k: v for k, v in self._words.items() if k in self._columns}
            words = (term.decode() for term in leaf.lexicon("body_exact"))
            self._words[name] = spelling.worth_offering(words)
        return self._words[name]


class Reading:
    """An open index as it is at one moment, and the lists in it."""

    def __init__(
        self,
        searcher: Any,
        snapshot: Snapshot,
        kept: Kept,
        words_of: Callable[[Any], Sequence[str]],
    ) -> None:
        self._searcher, self.snapshot, self._kept = searcher, snapshot, kept
        self._words_of = words_of
        self.reader = searcher.reader()
        self._leaves = list(self.reader.leaf_readers())
        self._among: dict[Among, Collection[int]] = {}

    def found(self, question: Question) -> tuple[Matching, Posts]:
        """The posts that fit a question, with what was noted on the way."""
        rights = self.snapshot.rights(
            question.visible_category_ids, unlisted=question.sees_unlisted
        )
        matching = Matching(self, self.snapshot.columns, rights)
        return matching, matching.posts(question.node)

    def posts_with(self, field: str, term: str) -> List:
        lists = [(self._list(leaf, field, term), offset) for leaf, offset in self._leaves]
        lists = [(one, offset) for one, offset in lists if one[0]]
        if len(lists) == 1 and not lists[0][1]:
            return lists[0][0]
        numbers = [doc + offset for (docs, _often), offset in lists for doc in docs]
        return numbers, [often for (_docs, some), _offset in lists for often in some]

    def posts_near(self, field: str, words: Sequence[str], distance: int) -> List:
        if distance:
            numbers = self._in_any_order(field, words, distance)
        else:
            terms = [query.Term(field, word) for word in words]
            numbers = list(query.SpanNear2(terms, slop=1).docs(self._searcher))
        return numbers, [1.0] * len(numbers)

    def _in_any_order(self, field: str, words: Sequence[str], distance: int) -> list[int]:
        """Whoosh can do this for two words only."""
        found = []
        for leaf, offset in self._leaves:
            holding = [set(self._list(leaf, field, word)[0]) for word in words]
            # The lists that are kept have what was deleted since.
            both = [d for d in sorted(set.intersection(*holding)) if not leaf.is_deleted(d)]
            places = [_places(leaf, field, word, both) for word in words]
            stretch = len(words) + distance
            near = (nearness.within(of_words, stretch) for of_words in zip(*places, strict=True))
            found += [offset + doc for doc, is_near in zip(both, near, strict=True) if is_near]
        return found

    def words_from(self, field: str, beginning: str) -> Sequence[str]:
        terms = self.reader.expand_prefix(field, beginning)
        return [term.decode() for term in islice(terms, MOST_BEGINNINGS)]

    def words_like(self, word: str) -> Sequence[str]:
        near = spelling.nearest(word, (self._words_of(leaf) for leaf, _offset in self._leaves))
        return sorted(near, key=lambda one: -self.reader.doc_frequency("body_exact", one))

    def ids_among(self, among: Among) -> Collection[int]:
        if among not in self._among:
            self._among[among] = queries.ids(among.ids)
        return self._among[among]

    def _list(self, leaf: Any, field: str, term: str) -> List:
        segment = leaf.segment()
        if segment is None:
            return (), ()
        return self._kept.get((segment.segment_id(), field, term), lambda: _read(leaf, field, term))


def _read(leaf: Any, field: str, term: str) -> List:
    """A list out of the files, with the documents that were deleted since."""
    try:
        matcher = leaf.postings(field, term)
    except TermNotFound:
        return (), ()
    numbers, frequencies = [], []
    while matcher.is_active():
        numbers.append(matcher.id())
        frequencies.append(matcher.weight())
        matcher.next()
    return packed(numbers, frequencies)


def _places(leaf: Any, field: str, term: str, documents: Sequence[int]) -> Iterator[list[int]]:
    """Where a term stands in each of some documents that have it."""
    matcher: Any = leaf.postings(field, term) if documents else None
    for doc in documents:
        matcher.skip_to(doc)
        yield matcher.value_as("positions")


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
