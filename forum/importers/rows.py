"""Writing a batch of cooked threads in bulk: authors, topics, posts, files, counts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from forum.core import storage, text
from forum.core.database import session
from forum.core.i18n import _
from forum.core.markup.cooked import COOKING_VERSION
from forum.importers import authors, tallies
from forum.importers.plan import Entry, Thread
from forum.importers.rendered import File, Rendered
from forum.importers.report import Report
from forum.search import queueing
from forum.topics.models.post import Attachment, Post
from forum.topics.models.topic import Topic, TopicTag

LONGEST_TITLE = 255


@dataclass
class Outcome:
    """What a batch changed: new topics by thread, counts and refusals for the report."""

    topics: list[tuple[Thread, int]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    refusals: list[tuple[str, str]] = field(default_factory=list)

    def tell(self, report: Report) -> None:
        """Enter a batch that is safely kept into the account."""
        for name, number in self.counts.items():
            report.count(name, number)
        for place, reason in self.refusals:
            report.refuse(place, reason)


Pair = tuple[Entry, Rendered]


def keep(threads: Sequence[Thread], cooked: Sequence[Rendered]) -> Outcome:
    """Write threads with the cooked forms of their entries, given in the same order."""
    outcome = Outcome()
    accepted = _accepted(threads, cooked, outcome)
    if not accepted:
        return outcome
    users, made = authors.accounts_of(one.author for _, pairs in accepted for _, one in pairs)
    before = tallies.standings([t.topic_id for t, _ in accepted if t.topic_id is not None])
    _begin_topics(accepted, users, outcome)
    posts = _posts(accepted, users)
    ids = list(
        session.scalars(insert(Post).returning(Post.id, sort_by_parameter_order=True), posts)
    )
    _attach([one for _, pairs in accepted for _, one in pairs], ids, posts)
    tallies.recount([t.topic_id for t, _ in accepted if t.topic_id is not None], before=before)
    queueing.enqueue_posts(min(ids), max(ids))
    outcome.counts.update(added=len(ids), authors=made)
    return outcome


def _accepted(
    threads: Sequence[Thread], cooked: Sequence[Rendered], outcome: Outcome
) -> list[tuple[Thread, list[Pair]]]:
    accepted = []
    rest = iter(cooked)
    for thread in threads:
        pairs = []
        for entry in thread.entries:
            one = next(rest)
            if one.refusal:
                outcome.refusals.append((entry.place, one.refusal))
            else:
                pairs.append((entry, one))
                outcome.counts.update(one.notes)
                outcome.counts["files"] += len(one.files)
        if pairs:
            accepted.append((thread, pairs))
    return accepted


def _begin_topics(
    accepted: list[tuple[Thread, list[Pair]]], users: dict[str, int], outcome: Outcome
) -> None:
    new = [(thread, pairs) for thread, pairs in accepted if thread.topic_id is None]
    if not new:
        return
    topics = [_topic(thread, pairs[0], users) for thread, pairs in new]
    ids = session.scalars(insert(Topic).returning(Topic.id, sort_by_parameter_order=True), topics)
    tagged = []
    for (thread, _pairs), topic_id in zip(new, ids, strict=True):
        thread.topic_id = topic_id
        outcome.topics.append((thread, topic_id))
        tagged += [{"topic_id": topic_id, "tag_id": tag_id} for tag_id in thread.tag_ids]
    if tagged:
        session.execute(insert(TopicTag), tagged)
    outcome.counts["topics"] += len(new)


def _topic(thread: Thread, first: Pair, users: dict[str, int]) -> dict[str, Any]:
    entry, one = first
    title = text.squeeze(thread.title)[:LONGEST_TITLE].strip() or _("(no subject)")
    author_id = users[one.author.key]
    return {
        "category_id": thread.category_id,
        "author_id": author_id,
        "kind": thread.kind,
        "title": title,
        "slug": text.slug(title),
        "lang": thread.lang or one.lang,
        "excerpt": text.excerpt(one.excerpt),
        "created_at": entry.created_at,
        "bumped_at": entry.created_at,
        "last_posted_at": entry.created_at,
        "last_poster_id": author_id,
        "participant_ids": [author_id],
        "import_key": thread.key,
        "deleted_at": entry.created_at if thread.deleted else None,
        "highest_post_number": 0,  # posts and counts follow at once
        "version": 0,
    }


def _posts(
    accepted: list[tuple[Thread, list[Pair]]], users: dict[str, int]
) -> list[dict[str, Any]]:
    """Rows with their numbers, which go on from the highest of a topic that existed."""
    topic_ids = [thread.topic_id for thread, _pairs in accepted]
    known = session.execute(
        select(Topic.id, Topic.highest_post_number).where(Topic.id.in_(topic_ids))
    )
    highest = {row.id: row.highest_post_number for row in known}
    places = _places_of_answered(accepted)
    rows = []
    for thread, pairs in accepted:
        topic_id = thread.topic_id or 0
        for number, (entry, one) in enumerate(pairs, highest[topic_id] + 1):
            places[entry.key] = (topic_id, number)
            topic_answered, answered = places.get(entry.reply_to or "", (0, 0))
            # To answer the first post is to answer the topic: that goes without saying.
            told = topic_answered == topic_id and 1 < answered < number
            rows.append(
                {
                    "topic_id": topic_id,
                    "number": number,
                    "author_id": users[one.author.key],
                    "reply_to_number": answered if told else None,
                    "raw": one.raw,
                    "cooked": one.html,
                    "cooked_version": COOKING_VERSION,
                    "text": one.text,
                    "lang": one.lang,
                    "created_at": entry.created_at,
                    "deleted_at": entry.created_at if entry.deleted and number > 1 else None,
                    "import_key": entry.key,
                }
            )
    return rows


def _places_of_answered(accepted: list[tuple[Thread, list[Pair]]]) -> dict[str, tuple[int, int]]:
    """Topic and number of the posts that were there before and are answered now."""
    entries = [entry for _thread, pairs in accepted for entry, _one in pairs]
    own = {entry.key for entry in entries}
    wanted = {entry.reply_to for entry in entries if entry.reply_to} - own
    rows = session.execute(
        select(Post.import_key, Post.topic_id, Post.number).where(Post.import_key.in_(wanted))
    )
    return {row.import_key: (row.topic_id, row.number) for row in rows}


def _attach(cooked: list[Rendered], post_ids: list[int], posts: list[dict[str, Any]]) -> None:
    rows = [
        _attachment(file, post_id, post["created_at"])
        for one, post_id, post in zip(cooked, post_ids, posts, strict=True)
        for file in one.files
    ]
    if rows:
        session.execute(insert(Attachment), rows)


def _attachment(file: File, post_id: int, moment: datetime) -> dict[str, Any]:
    return {
        "post_id": post_id,
        "file_name": file_name(file.name),
        "mime": file.mime[:100],
        "bytes": len(file.content),
        "key": storage.put(file.content, suffix=""),
        "created_at": moment,
    }


def file_name(given: str) -> str:
    """The name without folders and without signs that mean something to a shell or a page."""
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*')
    stem, dot, suffix = kept.strip(". ").rpartition(".")
    return f"{stem[:150]}{dot}{suffix[:20]}" if stem else suffix[:150] or "file"
