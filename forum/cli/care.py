"""flask reindex, flask recount, flask doctor: keeping a forum in health."""

import shutil
import smtplib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import click
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from rich.console import Console
from sqlalchemy import func, select, text

from forum.config import config
from forum.core import jobs, mail
from forum.core.database import db, session, transaction
from forum.core.signals import MOST_ATTEMPTS, Outbox
from forum.search import health as search
from forum.search import rebuild
from forum.search.backends.postgres import trigrams
from forum.topics import counters

console = Console(highlight=False, soft_wrap=True)
LOW_SPACE_BYTES = 500 * 1024 * 1024
LONG_QUEUE = 5_000
START = "Nothing keeps it up: start `flask serve` or `flask worker`."


@click.command()
def reindex() -> None:
    """Build the search index anew beside the old one, then swap, and say what was wrong with it."""
    try:
        report = rebuild.rebuild()
    except rebuild.Busy as busy:
        raise click.ClickException(str(busy)) from busy
    console.print(f"{report.documents} posts indexed in {report.seconds:.1f} s.")
    if report.missing or report.surplus:
        console.print(f"The old index lacked {report.missing} and held {report.surplus} too many.")


@click.command()
def recount() -> None:
    """Recount all stored counts from the base tables and say what was wrong."""
    with transaction():
        corrections = [c for c in counters.rebuild() if c.rows]
    for correction in corrections:
        console.print(f"{correction.name}: {correction.rows} corrected")
    if not corrections:
        console.print("Every count was right.")


@dataclass(frozen=True)
class Finding:
    """What one check found, and what to do about it when it is not well."""

    well: bool
    text: str
    advice: str = ""


@click.command()
def doctor() -> None:
    """Check database, migrations, index, queue, mail and storage, and say what to do."""
    checks: list[tuple[str, Callable[[], Finding]]] = [
        ("database", _database),
        ("migrations", _migrations),
        ("index", _index),
        ("queue", _queue),
        ("mail", _mail),
        ("storage", _storage),
    ]
    ill = 0
    for name, check in checks:
        try:
            finding = check()
        except Exception as error:  # noqa: BLE001 - whatever a check meets is its finding
            finding = Finding(False, f"{type(error).__name__}: {error}", "See the log above.")
        ill += not finding.well
        sign = "[green]well[/green]" if finding.well else "[red]ill [/red]"
        console.print(f"{sign}  {name:<11} {finding.text}")
        if not finding.well:
            console.print(f"      {'':<11} → {finding.advice}")
    sys.exit(1 if ill else 0)


def _database() -> Finding:
    session.execute(text("SELECT 1"))
    if db.engine.dialect.name == "sqlite":
        answer = session.scalar(text("PRAGMA quick_check"))
        if answer != "ok":
            return Finding(False, f"SQLite says: {answer}", "Restore the last backup.")
        return Finding(True, f"SQLite, WAL, full sync, in {config().instance}")
    settings = {
        name: session.scalar(text(f"SHOW {name}"))
        for name in ("fsync", "synchronous_commit", "full_page_writes")
    }
    off = [name for name, value in settings.items() if value == "off"]
    if off:
        return Finding(
            False, f"PostgreSQL with {', '.join(off)} off", "Turn it on: posts get lost."
        )
    return Finding(True, "PostgreSQL, durable")


def _migrations() -> Finding:
    directory = current_app.extensions["migrate"].directory
    wanted = ScriptDirectory(directory).get_current_head()
    with db.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found != wanted:
        return Finding(False, f"at {found}, the code is at {wanted}", "Run: flask db upgrade")
    return Finding(True, f"at {found}")


def _index() -> Finding:
    health = search.examine()
    if not health.readable:
        return Finding(False, "cannot be read", "Run: flask reindex")
    waiting = f"{health.waiting} changes wait"
    if health.oldest_at:
        waiting += f", the oldest for {_in_words(health.lag)}"
    if health.is_late or health.waiting > LONG_QUEUE:
        advice = "See the log above; or: flask reindex" if health.is_written else START
        return Finding(False, waiting, advice)
    if health.difference:
        found = f"{health.documents} posts, the database has {health.searchable}"
        return Finding(False, found, "Run: flask reindex")
    if config().search_by == "postgres" and not trigrams.known():
        return Finding(
            False,
            "PostgreSQL lacks pg_trgm: no other spellings are offered, suggestions are slow",
            "As its administrator: CREATE EXTENSION pg_trgm, in this database. Then: flask reindex",
        )
    return Finding(True, f"by {config().search_by}, {health.documents} posts, {waiting}")


def _in_words(lag: timedelta) -> str:
    minutes, seconds = divmod(round(lag.total_seconds()), 60)
    return f"{minutes} min" if minutes else f"{seconds} s"


def _queue() -> Finding:
    stuck = session.scalar(
        select(func.count()).select_from(Outbox).where(Outbox.attempts >= MOST_ATTEMPTS)
    )
    if stuck:
        return Finding(False, f"{stuck} facts could not be delivered", "See the log for the error.")
    return Finding(True, f"{jobs.waiting()} jobs wait")


def _mail() -> Finding:
    if not config().mail_url:
        return Finding(True, f"written to {mail.outbox()} (FORUM_MAIL_URL is empty)")
    address = urlsplit(config().mail_url)
    try:
        smtplib.SMTP(address.hostname or "", address.port or 587, timeout=5).quit()
    except OSError as error:
        return Finding(False, f"{address.hostname}: {error}", "Check FORUM_MAIL_URL.")
    return Finding(True, f"through {address.hostname}")


def _storage() -> Finding:
    free = shutil.disk_usage(config().instance).free
    probe = config().instance / ".doctor"
    probe.write_bytes(b"well")
    probe.unlink()
    if free < LOW_SPACE_BYTES:
        return Finding(False, f"{free // 2**20} MB free", "Make room on the disk.")
    return Finding(True, f"{free // 2**30} GB free")
