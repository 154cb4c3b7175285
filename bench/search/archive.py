"""The real archives as one community, brought in by the forum's own importers; made once, then copied."""

import gzip
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from forum.accounts.models import group
from forum.app import create_app
from forum.categories.models import CREATE, SEE, Category, CategoryGroup
from forum.cli.serving import bring_up_to_date
from forum.config import Config
from forum.core import clock, versions
from forum.core.database import db, session, transaction
from forum.core.signals import Outbox
from forum.importers import jsonl
from forum.importers.commands import MAPPINGS
from forum.importers.mapping import DiscussionMapping, load
from forum.importers.mbox.file import open_mail_file
from forum.importers.mbox.importer import MailOptions, import_mail
from forum.importers.report import Report
from forum.importers.stackexchange.importer import SiteOptions, import_site, site_of

NEWS, DEBATE, QUESTIONS = PLACES = ("news", "debate", "questions")
FORMAT = "2"  # another number has the archives brought in anew
DATABASE = "forum.db"


def folder(work: Path) -> Path:
    """The instance with all archives, made when it is not there."""
    made = work / "archive"
    if not is_made(made, FORMAT):
        with making(made, FORMAT) as app, app.app_context():
            bring_up_to_date()
            _bring_in_all(sample_data())
            settle()
    return made


def sample_data() -> Path:
    """Where the archives lie."""
    given = Config().sample_data
    if given is None or not given.is_dir():
        raise SystemExit("FORUM_SAMPLE_DATA names no folder of real data.")
    return given / "discussions"


def is_made(made: Path, mark: str) -> bool:
    """Whether a folder was finished, by these rules."""
    return (made / "made").exists() and (made / "made").read_text() == mark


@contextmanager
def making(made: Path, mark: str) -> Iterator[Flask]:
    """The forum on a fresh folder, which counts only once all of it was done."""
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    print(f"Making {made.name}…", flush=True)
    yield open_app(made)
    (made / "made").write_text(mark)


def open_app(made: Path, *, database: str = "") -> Flask:
    """The forum in this process, on one of the folders; elsewhere than SQLite if `database` says so."""
    found = Config(instance=made, database_url=database, limits=False, locale="en")
    return create_app(found)


def settle() -> None:
    """Nothing waits for the index, which is built apart, and all is in the one file of the database."""
    with transaction():
        session.query(Outbox).delete()
    session.remove()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.engine.dispose()


def _bring_in_all(data: Path) -> None:
    places = _places()
    for name, bring_in in _IMPORTS.items():
        report = Report()
        bring_in(data, places[name], report)
        print(f"  {name}: {report['added']:,} posts in {report['topics']:,} topics", flush=True)
        session.remove()


def _places() -> dict[str, Category]:
    with transaction():
        places = {}
        for number, slug in enumerate(PLACES, 1):
            places[slug] = Category(
                id=number,
                slug=slug,
                name_fr=slug.title(),
                name_en=slug.title(),
                hue=number,
                position=number,
                private=False,
                created_at=clock.now(),
            )
            session.add(places[slug])
            session.add_all(
                CategoryGroup(category_id=number, group_id=id_, level=level)
                for id_, level in {group.EVERYONE: SEE, group.MEMBERS: CREATE}.items()
            )
        versions.step("categories")
    return places


def _news(data: Path, place: Category, report: Report) -> None:
    with open_mail_file(data / "newsgroups_1993_en.mbox.gz") as mail:
        import_mail(mail, place, MailOptions(), report)


def _debate(data: Path, place: Category, report: Report) -> None:
    mapping = load(MAPPINGS / "republique_numerique.toml", DiscussionMapping)
    with gzip.open(data / "republique_numerique_2015_fr.jsonl.gz") as lines:
        jsonl.import_lines(lines, place, mapping, report)


def _questions(data: Path, place: Category, report: Report) -> None:
    folder = data / "stackexchange_quantum_2018_en"
    import_site(folder, place, SiteOptions(site_of(folder)), report)


_IMPORTS: dict[str, Callable[[Path, Category, Report], None]] = {
    NEWS: _news,
    DEBATE: _debate,
    QUESTIONS: _questions,
}
