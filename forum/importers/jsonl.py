"""Topics and replies from a file of one JSON object a line, read through a mapping."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from forum.categories.models import Category
from forum.config import config
from forum.core.i18n import _
from forum.importers import base, records
from forum.importers.mapping import (
    DiscussionMapping,
    RecordMapping,
    Unusable,
    is_true,
    moment_of,
    text_of,
    word_of,
)
from forum.importers.plan import Entry, Thread, key_of
from forum.importers.records import Payload, RecordSettings, author_of, language
from forum.importers.report import Report
from forum.importers.tagging import tag_ids
from forum.topics import settings as topic_settings


@dataclass(slots=True)
class _Line:
    """A record that can be used, with the mapping that fits it."""

    number: int
    record: dict[str, Any]
    mapping: RecordMapping
    key: str
    entry: Entry


def import_lines(
    lines: Iterable[bytes],
    category: Category,
    mapping: DiscussionMapping,
    report: Report,
    *,
    advance: Callable[[int], None] = lambda _count: None,
) -> None:
    """Bring in what is new of a file."""
    usable = _once(_usable(lines, mapping, report), report)
    threads = _threads(usable, category, mapping, report)
    base.bring_in(
        threads,
        render=records.render,
        settings=RecordSettings(mapping, config().base_url, config().locale),
        report=report,
        advance=advance,
    )


def _usable(lines: Iterable[bytes], mapping: DiscussionMapping, report: Report) -> Iterator[_Line]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        report.count("read")
        try:
            yield _line(number, line, mapping)
        except Unusable as reason:
            report.refuse(_("line %(number)s", number=number), str(reason))


def _line(number: int, line: bytes, mapping: DiscussionMapping) -> _Line:
    record = _record(line)
    fits = next((one for one in mapping.records if _fits(record, one)), None)
    if fits is None:
        raise Unusable(_("No part of the mapping fits it."))
    if not text_of(record, fits.id):
        raise Unusable(_("It has no id."))
    if fits.becomes == "topic" and not text_of(record, fits.title):
        raise Unusable(_("It has no title."))
    if fits.becomes == "reply" and not text_of(record, fits.topic):
        raise Unusable(_("It does not say which topic it answers."))
    moment = moment_of(record, fits.created_at)
    if moment is None:
        raise Unusable(_("Its date cannot be read."))
    key = _key(mapping, fits, text_of(record, fits.id))
    author = author_of(mapping, record, fits.author, fits.author_id, fits.author_email)
    entry = Entry(
        key=key,
        created_at=moment,
        payload=Payload(record, fits.body, fits.format, author),
        place=_("line %(number)s", number=number),
        reply_to=_reply_key(mapping, fits, record),
        deleted=is_true(record, fits.deleted),
    )
    return _Line(number, record, fits, key, entry)


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unusable(_("It is not UTF-8.")) from error
    except (ValueError, RecursionError) as error:
        raise Unusable(_("It is not JSON.")) from error
    if not isinstance(record, dict):
        raise Unusable(_("It is not an object."))
    return record


def _fits(record: dict[str, Any], mapping: RecordMapping) -> bool:
    return all(text_of(record, name) == value for name, value in mapping.when.items())


def _key(mapping: DiscussionMapping, fits: RecordMapping, record_id: str) -> str:
    """Kinds of record count their ids apart."""
    kind = "-".join(fits.when.values()) or fits.becomes
    return key_of(f"{mapping.name}:{kind}:{record_id}")


def _reply_key(
    mapping: DiscussionMapping, fits: RecordMapping, record: dict[str, Any]
) -> str | None:
    answered = text_of(record, fits.reply_to)
    return _key(mapping, fits, answered) if answered else None


def _once(lines: Iterable[_Line], report: Report) -> list[_Line]:
    found: dict[str, _Line] = {}
    for line in lines:
        if line.key in found:
            report.count("duplicates")
        else:
            found[line.key] = line
    return list(found.values())


def _threads(
    lines: list[_Line], category: Category, mapping: DiscussionMapping, report: Report
) -> list[Thread]:
    """Each topic with the replies to it, of both only what is not here yet."""
    topics = {line.key: line for line in lines if line.mapping.becomes == "topic"}
    replies: dict[str, list[_Line]] = defaultdict(list)
    kinds = [one for one in mapping.records if one.becomes == "topic"]
    for line in lines:
        if line.mapping.becomes == "reply":
            named = text_of(line.record, line.mapping.topic)
            keys = [_key(mapping, kind, named) for kind in kinds]
            replies[next((key for key in keys if key in topics), keys[0] if keys else "")].append(
                line
            )
    there = base.known_posts(line.key for line in lines)
    known = base.known_topics([*topics, *replies])
    tags = _tags(topics.values(), mapping)
    threads = []
    for key in dict.fromkeys([*topics, *replies]):
        opening = topics.get(key)
        if opening is None and key not in known:
            for line in replies[key]:
                report.refuse(line.entry.place, _("The topic it answers is not there."))
            continue
        answers = sorted(replies[key], key=lambda line: (line.entry.created_at, line.number))
        everything = ([opening] if opening else []) + answers
        new = [line.entry for line in everything if line.key not in there]
        report.count("already_there", len(everything) - len(new))
        if new:
            threads.append(_thread(key, opening, new, known.get(key), category, mapping, tags))
    return threads


def _thread(
    key: str,
    opening: _Line | None,
    entries: list[Entry],
    topic_id: int | None,
    category: Category,
    mapping: DiscussionMapping,
    tags: dict[str, int],
) -> Thread:
    if opening is None:
        return Thread(key, "", category.id, entries, topic_id=topic_id)
    words = _words(opening, mapping)
    return Thread(
        key=key,
        title=text_of(opening.record, opening.mapping.title),
        category_id=category.id,
        entries=entries,
        topic_id=topic_id,
        lang=language(mapping, opening.record),
        tag_ids=tuple(dict.fromkeys(tags[word] for word in words if word in tags)),
        deleted=opening.entry.deleted,
    )


def _tags(topics: Iterable[_Line], mapping: DiscussionMapping) -> dict[str, int]:
    words = sorted({word for line in topics for word in _words(line, mapping)})
    return tag_ids({word: word for word in words}) if words else {}


def _words(line: _Line, mapping: DiscussionMapping) -> list[str]:
    words = [word_of(mapping, line.record, name) for name in line.mapping.tags]
    return [word for word in words if word][: topic_settings.MAX_TAGS()]
