"""Bringing an archive of mail in: every thread a topic, every message a post."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from forum.categories.models import Category
from forum.config import config
from forum.core import languages
from forum.core.i18n import _
from forum.importers import base
from forum.importers.mbox.file import MailFile
from forum.importers.mbox.message import MailHead, read_head
from forum.importers.mbox.render import MailSettings, render
from forum.importers.mbox.threads import MailThread, thread, without_reply_mark
from forum.importers.plan import Entry, Thread, key_of
from forum.importers.report import Report
from forum.importers.tagging import tag_ids
from forum.topics import settings as topic_settings

_SUBJECTS_READ = 2_000


@dataclass(frozen=True)
class MailOptions:
    """What the operator asked for. Without `lang` each message's language is guessed."""

    lang: str | None = None
    tag_newsgroups: bool = False


def import_mail(
    file: MailFile,
    category: Category,
    options: MailOptions,
    report: Report,
    *,
    advance: Callable[[int], None] = lambda _count: None,
) -> None:
    """Bring in what is new of an archive; `advance` is told of every message dealt with."""
    if not file.complete:
        report.refuse(_("end of the file"), _("The packed file breaks off; the rest is lost."))
    heads, indexes = _heads(file, report)
    found = thread([head.envelope for head in heads])
    threads = _planned(found, heads, indexes, category, options, report)
    advance(len(file) - sum(len(one.entries) for one in threads))
    default_lang = _language(category, heads)
    base.bring_in(
        threads,
        render=render,
        settings=MailSettings(options.lang, default_lang, config().upload_bytes),
        load=lambda entry: file[entry.payload],
        report=report,
        advance=advance,
    )


def _heads(file: MailFile, report: Report) -> tuple[list[MailHead], list[int]]:
    """The headers of all messages, each id once, and where in the file they stand."""
    heads: list[MailHead] = []
    indexes: list[int] = []
    ids: set[str] = set()
    # A message without a date takes that of the one before it.
    otherwise = datetime(1970, 1, 1, tzinfo=UTC)
    for index in range(len(file)):
        head = read_head(file.head(index), otherwise=otherwise)
        if not head.has_id:
            head = read_head(file[index], otherwise=otherwise)
        report.count("read")
        report.count("without_id", not head.has_id)
        report.count("without_date", not head.has_date)
        otherwise = head.envelope.sent_at
        if head.envelope.id in ids:
            report.count("duplicates")
            continue
        ids.add(head.envelope.id)
        heads.append(head)
        indexes.append(index)
    return heads, indexes


def _language(category: Category, heads: Sequence[MailHead]) -> str:
    """What a message too short to tell is taken to be in."""
    if category.lang in ("fr", "en"):
        return category.lang
    subjects = " ".join(head.envelope.subject for head in heads[:_SUBJECTS_READ])
    return languages.guess(subjects, config().locale)


def _planned(
    found: Sequence[MailThread],
    heads: Sequence[MailHead],
    indexes: Sequence[int],
    category: Category,
    options: MailOptions,
    report: Report,
) -> list[Thread]:
    """Threads with what of them is not here yet."""
    names = [key_of(message_id) for one in found for message_id in one.ids]
    posts, topics = base.known_posts(names), base.known_topics(names)
    tags = (
        tag_ids({n: n for head in heads for n in _tag_names(head)})
        if options.tag_newsgroups
        else {}
    )
    planned = []
    for one in found:
        keys = [key_of(heads[place.at].envelope.id) for place in one.places]
        new = [
            (place, key) for place, key in zip(one.places, keys, strict=True) if key not in posts
        ]
        report.count("already_there", len(keys) - len(new))
        if not new:
            continue
        entries = [
            Entry(
                key=key,
                created_at=heads[place.at].envelope.sent_at,
                payload=indexes[place.at],
                place=heads[place.at].envelope.id,
                reply_to=None if place.parent is None else key_of(heads[place.parent].envelope.id),
            )
            for place, key in new
        ]
        first = heads[one.places[0].at]
        planned.append(
            Thread(
                key=key_of(one.root_id),
                title=without_reply_mark(first.envelope.subject),
                category_id=category.id,
                entries=entries,
                topic_id=_existing(one, heads, posts, topics),
                lang=options.lang,
                tag_ids=tuple(dict.fromkeys(tags[n] for n in _tag_names(first) if n in tags)),
            )
        )
    return planned


def _existing(
    one: MailThread, heads: Sequence[MailHead], posts: dict[str, int], topics: dict[str, int]
) -> int | None:
    """The topic that has a message of this thread already; among several, the earliest message's."""
    for place in one.places:
        topic_id = posts.get(key_of(heads[place.at].envelope.id))
        if topic_id is not None:
            return topic_id
    keys = [key_of(message_id) for message_id in one.ids]
    return next((known[key] for key in keys for known in (posts, topics) if key in known), None)


def _tag_names(head: MailHead) -> list[str]:
    """Cross-posts are one topic with the tags of all the groups it was sent to."""
    return list(head.newsgroups[: topic_settings.MAX_TAGS()])
