"""The judged community: the archives without what is asked for, its index, and the baselines' own."""

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import Flask

from bench.search import archive, crossing, judged, variants
from bench.search.baselines import Fts5, PlainBm25
from bench.search.judged import Judged
from forum.cli.serving import bring_up_to_date
from forum.core.database import session, transaction
from forum.search import documents, rebuild
from forum.search.backend import Document

QUERIES, VARIANTS, FTS5, INDEXED_BY = "queries.json", "variants.json", "fts5.db", "indexed_by"
ROOT = Path(archive.__file__).parent.parent.parent
# What decides how a post is written into the index; when it changes, the index is built anew.
WRITING = (
    "analysis*.py",
    "documents.py",
    "rebuild.py",
    "backends/layout*.py",
    "backends/schema*.py",
)
CHOOSING = ("judged.py", "words.py")
VARYING = ("variants.py", "inflection.py", "crossing.py")


@dataclass
class Trial:
    """A community with its judged queries."""

    folder: Path
    app: Flask

    @cached_property
    def queries(self) -> list[Judged]:
        """The plain ones, then their variants, made anew when the rules for them change."""
        plain = judged.kept(self.folder / QUERIES)
        path = self.folder / VARIANTS
        rules = _digest(Path(__file__).parent, VARYING)
        mark = path.with_suffix(f".{rules}")
        if not mark.exists():
            texts = [(d.topic_id, d.title_lang, d.text) for d in self.documents]
            found = variants.of(plain, (text for _topic, _lang, text in texts))
            judged.keep([*found, *crossing.crossed(texts)], path)
            mark.touch()
        return [*plain, *judged.kept(path)]

    @cached_property
    def documents(self) -> Sequence[Document]:
        """What every engine is given."""
        return [document for some in documents.everything() for document in some]

    @cached_property
    def fts5(self) -> Fts5:
        """SQLite's index, built once."""
        path = self.folder / FTS5
        return Fts5(path) if path.exists() else Fts5.build(path, self.documents)

    @cached_property
    def bm25(self) -> PlainBm25:
        """The textbook's, in memory."""
        return PlainBm25(self.documents)

    def index(self, *, anew: bool = False) -> None:
        """Build the forum's index unless it was built by the code as it is."""
        mark = self.folder / INDEXED_BY
        now = indexed_by()
        built = mark.read_text() if mark.exists() else ""
        if anew or built != now or not rebuild.state().readable:
            report = rebuild.rebuild()
            mark.write_text(now)
            print(f"  indexed {report.documents:,} posts in {report.seconds:.0f} s", flush=True)


def prepare(work: Path) -> Trial:
    """The judged community, made when it is not there or the choice of queries changed."""
    source = archive.folder(work)
    folder = work / "judged"
    mark = f"{archive.FORMAT} {_digest(Path(__file__).parent, CHOOSING)}"
    if not archive.is_made(folder, mark):
        with archive.making(folder, mark) as app, app.app_context():
            shutil.copy2(source / archive.DATABASE, folder / archive.DATABASE)
            bring_up_to_date()
            with transaction():
                judged.keep(judged.choose(), folder / QUERIES)
            archive.settle()
    else:
        app = archive.open_app(folder)
        with app.app_context():
            bring_up_to_date()
            session.remove()
    return Trial(folder, app)


def indexed_by() -> str:
    """A mark of the code that decides how posts are written into our index."""
    return _digest(ROOT / "forum" / "search", WRITING)


def _digest(folder: Path, patterns: Sequence[str]) -> str:
    files = sorted(path for pattern in patterns for path in folder.glob(pattern))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]
