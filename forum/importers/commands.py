"""flask import, flask demo: bringing in what was said elsewhere, or what is invented."""

import gzip
import io
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, TypeVar

import click
from flask import Flask, current_app
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from sqlalchemy import select

from forum.categories.models import Category
from forum.config import config
from forum.core.database import session
from forum.core.i18n import _, set_locale
from forum.importers import csv, demo, jsonl, lock
from forum.importers.indexing import kept_up
from forum.importers.mapping import DiscussionMapping, MappingError, OpportunityMapping, load
from forum.importers.mbox.file import open_mail_file
from forum.importers.mbox.importer import MailOptions, import_mail
from forum.importers.report import Report
from forum.importers.stackexchange import source
from forum.importers.stackexchange.dump import Missing
from forum.importers.stackexchange.importer import SiteOptions, import_site, site_of
from forum.search import writer

console = Console(highlight=False, soft_wrap=True)
MAPPINGS = Path(__file__).parent / "mappings"
REFUSALS_SHOWN = 20

Advance = Callable[[int], None]
Kind = TypeVar("Kind", DiscussionMapping, OpportunityMapping)
_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_MAPPING = click.option("--mapping", required=True, help="A TOML file, or the name of one of ours.")
_REPORT = click.option("--report", type=click.Path(dir_okay=False, path_type=Path),
                       help="Write the report, with every refusal, to this file.")  # fmt: skip


@click.group("import")
def group() -> None:
    """Bring in what was said elsewhere. Run again, an import adds only what is new."""
    set_locale(config().locale)


@group.command()
@_FILE
@click.option("--category", required=True, help="Slug of the category it goes to.")
@click.option("--lang", type=click.Choice(["fr", "en"]), help="Its language; guessed if absent.")
@click.option("--tag-newsgroups", is_flag=True, help="Tag topics with their newsgroups.")
@_REPORT
def mbox(
    file: Path, category: str, lang: str | None, report: Path | None, *, tag_newsgroups: bool
) -> None:
    """An archive of mail or news, packed or not: threads, authors, dates."""
    place = _category(category)
    account = Report()
    with _running(account, report), open_mail_file(file) as mail:
        if not len(mail):
            raise click.ClickException(_("There is no message in this file: is it an mbox?"))
        with _bar(len(mail)) as advance:
            options = MailOptions(lang, tag_newsgroups)
            import_mail(mail, place, options, account, advance=advance)


@group.command("jsonl")
@_FILE
@_MAPPING
@click.option("--category", help="Slug of the category, if not the mapping's.")
@_REPORT
def json_lines(file: Path, mapping: str, category: str | None, report: Path | None) -> None:
    """Topics and replies, one JSON object a line, packed or not."""
    chosen = _mapping(mapping, DiscussionMapping)
    place = _category(category or chosen.category)
    account = Report()
    with _running(account, report), _open(file) as lines, _bar(None) as advance:
        jsonl.import_lines(lines, place, chosen, account, advance=advance)


@group.command("csv")
@_FILE
@click.option(
    "--as", type=click.Choice(["opportunities"]), required=True, expose_value=False,
    help="What a row is.",
)  # fmt: skip
@_MAPPING
@click.option("--category", help="Slug of the category, if not the mapping's.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day that decides what has expired; today if absent.",
)
@_REPORT
def table(
    file: Path, mapping: str, category: str | None, as_of: datetime | None, report: Path | None
) -> None:
    """A table of offers and requests, packed or not."""
    chosen = _mapping(mapping, OpportunityMapping)
    place = _category(category or chosen.category)
    day: date | None = as_of.date() if as_of else None
    account = Report()
    with _running(account, report), _open(file) as lines, _bar(None) as advance:
        text = io.TextIOWrapper(lines, "utf-8-sig", errors="replace", newline="")
        csv.import_opportunities(text, place, chosen, account, as_of=day, advance=advance)


@group.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--category", default="questions", show_default=True, help="Slug of the category it goes to."
)
@click.option(
    "--site", help="Its address, as cooking.stackexchange.com; read off its links if absent."
)
@click.option("--lang", type=click.Choice(["fr", "en"]), help="Its language; guessed if absent.")
@_REPORT
def stackexchange(
    folder: Path, category: str, site: str | None, lang: str | None, report: Path | None
) -> None:
    """The data dump of a question site: questions, answers, comments, accepted answers, tags."""
    place = _category(category)
    try:
        options = SiteOptions(_site(site or site_of(folder)), lang)
        account = Report()
        with _running(account, report), _bar(None) as advance:
            import_site(folder, place, options, account, advance=advance)
    except Missing as reason:
        raise click.ClickException(str(reason)) from reason


@click.command("demo")
def load_demo() -> None:
    """Fill an empty forum with the demo community."""
    set_locale(config().locale)
    try:
        demo.load()
    except demo.NotHere as reason:
        raise click.ClickException(str(reason)) from reason
    writer.catch_up()
    for sign_in in demo.sign_ins():
        console.print(f"{sign_in.username:<22} {demo.PASSWORD}  {sign_in.role}")


@contextmanager
def _running(account: Report, path: Path | None) -> Iterator[None]:
    """Alone, with the index kept up, and with a report at the end, however far it came."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    began = time.monotonic()
    try:
        with lock.alone(), kept_up(app):
            yield
    except lock.Busy as error:
        raise click.ClickException(_("Another import is running.")) from error
    finally:
        account.seconds = time.monotonic() - began
        _print(account)
        if path is not None:
            path.write_text(account.as_text(), "utf-8")


def _print(account: Report) -> None:
    for label, number in account.lines():
        console.print(f"{number:>9,}  {label}")
    for place, reason in account.refusals[:REFUSALS_SHOWN]:
        console.print(_("Refused, %(place)s: %(reason)s", place=place, reason=reason), markup=False)
    hidden = len(account.refusals) - REFUSALS_SHOWN
    if hidden > 0:
        console.print(_("… and %(count)s more refused; --report FILE lists all.", count=hidden))
    if account["added"]:
        rate = account["added"] / max(account.seconds, 0.001)
        console.print(f"{account.seconds:.1f} s, {rate:.0f}/s")


@contextmanager
def _bar(total: int | None) -> Iterator[Advance]:
    """A bar that is told how many are done; without a total it only counts."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(_("Importing"), total=total)
        yield lambda count: progress.advance(task, count)


@contextmanager
def _open(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as plain:
        if plain.peek(2)[:2] == b"\x1f\x8b":
            with gzip.open(plain) as packed:
                yield packed  # type: ignore[misc]
        else:
            yield plain


def _category(slug: str) -> Category:
    if not slug:
        raise click.UsageError(_("Say which category: --category SLUG."))
    category = session.scalar(select(Category).where(Category.slug == slug))
    if category is None:
        known = ", ".join(sorted(session.scalars(select(Category.slug)))) or "-"
        raise click.ClickException(
            _("There is no category “%(slug)s”. There are: %(known)s", slug=slug, known=known)
        )
    return category


def _site(name: str) -> str:
    """The site that every text is linked to, as its licence asks."""
    if not source.is_site(name):
        raise click.UsageError(
            _("Say which site it comes from, for the links its licence asks for: --site NAME.")
        )
    console.print(_("Every text links to %(site)s, where it was written.", site=name), markup=False)
    return name


def _mapping(name: str, kind: type[Kind]) -> Kind:
    path = Path(name)
    ours = MAPPINGS / f"{name.removesuffix('.toml')}.toml"
    if not path.is_file() and ours.parent == MAPPINGS and ours.is_file():
        path = ours
    try:
        return load(path, kind)
    except FileNotFoundError as error:
        raise click.ClickException(_("There is no mapping %(name)s.", name=name)) from error
    except MappingError as error:
        raise click.ClickException(str(error)) from error
