"""The index in its folder: written by one process at a time, read by many.

Nothing is read before its seal was found right. The caller sees to it that one process writes.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from whoosh import analysis, columns, fields
from whoosh.filedb.filestore import FileStorage

from forum.search import analysis as language
from forum.search import seal
from forum.search.backend import Counts, Damaged, Document, Hits
from forum.search.backends import grouping, spelling
from forum.search.backends.keeping import Kept
from forum.search.backends.layout import FACTS, KEYWORDS, fields_of, unpack_all
from forum.search.backends.snapshot import Columns, Snapshot
from forum.search.backends.whoosh import merging
from forum.search.backends.whoosh.reading import Reading
from forum.search.question import Question

# More searches at a time would only share the same processor, and each holds files open.
SEARCHERS = 3
WRITER_MEGABYTES = 48
SETTLE_SECONDS, SETTLE_TRIES = 0.05, 20
LOOK_SECONDS = 1.0
# Lists of words kept in memory, as entries; twelve bytes each.
MOST_ENTRIES = 1_500_000


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
            return reading.words_like(word)[:most]

    def side_by_side(self, words: Sequence[str], post_ids: Collection[int]) -> Mapping[int, int]:
        with self._reading() as reading:
            return reading.side_by_side(words, frozenset(post_ids))

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
        writer.commit(mergetype=merging.apart)
        seal.put_on(self.folder, self._digests)

    def tidy(self, most: int) -> None:
        index = self._opened()
        with index.reader() as reader:
            sizes = [leaf.doc_count() for leaf, _offset in reader.leaf_readers()]
        if merging.due(sizes, most):
            policy = partial(merging.together, most=most)
            index.writer(limitmb=WRITER_MEGABYTES, compound=False).commit(mergetype=policy)
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
    def _reading(self) -> Iterator[Reading]:
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
