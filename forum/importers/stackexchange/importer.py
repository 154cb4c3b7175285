"""Bringing a site of questions in: each question a topic, answers and comments its replies."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import bindparam, select, update

from forum.categories.models import Category
from forum.config import config
from forum.core.database import session
from forum.importers import base
from forum.importers.mapping import text_of
from forum.importers.plan import Thread
from forum.importers.report import Report
from forum.importers.stackexchange import dump, source, texts
from forum.importers.stackexchange.dump import Row
from forum.importers.stackexchange.render import SiteSettings, render
from forum.importers.stackexchange.texts import Text, post_key
from forum.importers.tagging import tag_ids
from forum.topics import settings as topic_settings
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic

_TAG = re.compile(r"[^<>|]+")  # <one><two>, in later dumps |one|two|


@dataclass(frozen=True)
class SiteOptions:
    """What the operator asked for. Without `lang` each text's language is guessed."""

    site: str
    lang: str | None = None


def site_of(folder: Path) -> str:
    """The site a dump comes from, as far as its posts tell; empty when they do not."""
    try:
        return source.most_linked(row.get("Body", "") for row in dump.rows(folder, "Posts"))
    except dump.Broken:
        return ""


def import_site(
    folder: Path,
    category: Category,
    options: SiteOptions,
    report: Report,
    *,
    advance: Callable[[int], None] = lambda _count: None,
) -> None:
    """Bring in what is new of a dump; `advance` is told of every post that is kept."""
    found = texts.read(folder, options.site, report)
    base.bring_in(
        _threads(found, category, options, report),
        render=render,
        settings=SiteSettings(options.lang, config().locale, config().base_url),
        report=report,
        finish=_accept,
        advance=advance,
    )


def _threads(
    found: Iterable[Text], category: Category, options: SiteOptions, report: Report
) -> list[Thread]:
    """Each question with its answers and comments as they were written, of all only what is new."""
    questions: dict[str, list[Text]] = defaultdict(list)
    for text in found:
        questions[text.question].append(text)
    there = base.known_posts(t.entry.key for together in questions.values() for t in together)
    known = base.known_topics(post_key(options.site, question) for question in questions)
    tags = _tags(together[0].row for together in questions.values())
    threads = []
    for question, (opening, *replies) in questions.items():
        replies.sort(key=lambda text: text.entry.created_at)
        new = [text.entry for text in (opening, *replies) if text.entry.key not in there]
        report.count("already_there", 1 + len(replies) - len(new))
        if new:
            key = post_key(options.site, question)
            answer = text_of(opening.row, "AcceptedAnswerId")
            threads.append(
                Thread(
                    key=key,
                    title=text_of(opening.row, "Title"),
                    category_id=category.id,
                    entries=new,
                    topic_id=known.get(key),
                    kind="question",
                    lang=options.lang,
                    tag_ids=tuple(dict.fromkeys(tags[n] for n in _names(opening.row) if n in tags)),
                    attributes={"accepted": post_key(options.site, answer)} if answer else {},
                )
            )
    return threads


def _tags(questions: Iterable[Row]) -> dict[str, int]:
    names = sorted({name for row in questions for name in _names(row)})
    return tag_ids({name: name for name in names}) if names else {}


def _names(question: Row) -> list[str]:
    return _TAG.findall(text_of(question, "Tags"))[: topic_settings.MAX_TAGS()]


def _accept(topics: list[tuple[Thread, int]]) -> None:
    """Solve new topics by the answers that were accepted; a thread comes in at once, with them."""
    answers = {
        thread.attributes["accepted"]: topic_id for thread, topic_id in topics if thread.attributes
    }
    kept = session.execute(
        select(Post.id, Post.topic_id, Post.import_key).where(Post.import_key.in_(answers))
    )
    rows = [
        {"row_id": post.topic_id, "answer": post.id}
        for post in kept
        if answers[post.import_key] == post.topic_id
    ]
    if rows:
        topic = Topic.__table__
        session.connection().execute(
            update(topic)  # type: ignore[arg-type]
            .where(topic.c.id == bindparam("row_id"))
            .values(accepted_post_id=bindparam("answer")),
            rows,
        )
