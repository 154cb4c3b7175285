"""A forum of any size, written in bulk: made once, then copied for each run.

Topics have long and short threads, tags, likes, and participants; one member has read a part of
them. What is stored in counts is counted by the forum's own code, and the index is its own.
"""

import random
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert

from bench.words import RARE, Writer
from forum.accounts import passwords
from forum.accounts.models import group
from forum.accounts.models.user import User
from forum.app import create_app
from forum.categories.models import CREATE, SEE, Category, CategoryGroup
from forum.cli.serving import bring_up_to_date
from forum.config import Config
from forum.core import clock, text, versions
from forum.core.database import Base, db, session, transaction
from forum.search import rebuild
from forum.tags.models import Tag
from forum.topics import counters
from forum.topics.models.post import Post
from forum.topics.models.reaction import Like
from forum.topics.models.reading import NORMAL, TRACKING, TopicReading
from forum.topics.models.topic import Topic, TopicTag
from forum.topics.service.cooking import cook_post

WORK = Path(__file__).parent / "work"
FORMAT = "3"  # another number has the communities made anew
SEED = 20_26
READER, WRITERS = "reader", [f"writer-{n}" for n in range(1, 9)]
PASSWORD = "the same words for all of them"
MEMBERS, BODIES, TAGS, DAYS = 300, 400, 40, 900
POSTS_A_TOPIC = 20
FEW, MANY = "few", "many"  # tags with three topics and with a page full
BATCH = 4_000

Rows = list[dict[str, Any]]


def folder_of(posts: int) -> Path:
    """The instance with so many posts, made when it is not there."""
    folder = WORK / f"{posts}-posts"
    mark = folder / "format"
    if mark.exists() and mark.read_text() == FORMAT:
        with open_app(folder).app_context():
            bring_up_to_date()
            session.remove()
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    print(f"Making a community of {posts:,} posts…", flush=True)
    app = open_app(folder)
    with app.app_context():
        bring_up_to_date()
        Community(posts).write()
        rebuild.rebuild()
        session.remove()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    mark.write_text(FORMAT)
    return folder


def open_app(folder: Path) -> Flask:
    """The forum in this process, on one of the communities."""
    return create_app(Config(instance=folder, limits=False, locale="en", site_name="Bench"))


class Community:
    """Everything that is in it, by chance but always the same."""

    def __init__(self, posts: int) -> None:
        self.posts, self.topics = posts, max(40, posts // POSTS_A_TOPIC)
        self.chance = random.Random(SEED)
        self.writer = Writer(SEED)
        self.now = clock.now()

    def write(self) -> None:
        """Put it into an empty database."""
        with transaction():
            self._people()
            self._places()
            session.flush()
            bodies = self._bodies()
        lengths = self._lengths()
        topics, posts = self._threads(lengths, bodies)
        with transaction():
            _insert(Topic, topics)
            _insert(TopicTag, self._tagged())
        with transaction():
            _insert(Post, posts)
        with transaction():
            _insert(Like, self._likes())
            _insert(TopicReading, self._read(lengths))
            counters.rebuild()

    def _people(self) -> None:
        secret = passwords.hash_of(PASSWORD)
        moment = self.now - timedelta(days=DAYS + 1)
        names = [READER, *WRITERS, *(f"member-{n}" for n in range(MEMBERS - len(WRITERS) - 1))]
        _insert(
            User,
            [
                {
                    "id": number,
                    "username": name,
                    "username_lower": name,
                    "username_skeleton": name,
                    "name": name.replace("-", " ").title(),
                    "company": f"Firm {number % 60}",
                    "email": f"{name}@firm.example",
                    "password_hash": secret,
                    "confirmed_at": moment,
                    "created_at": moment,
                    "trust_level": 2,
                    "locale": "en",
                }
                for number, name in enumerate(names, 1)
            ],
        )

    def _places(self) -> None:
        for number in range(1, 9):
            slug = f"place-{number}"
            session.add(
                Category(
                    id=number,
                    slug=slug,
                    name_fr=f"Lieu {number}",
                    name_en=f"Place {number}",
                    hue=number,
                    position=number,
                    private=number == 8,
                    created_at=self.now,
                )
            )
            rights = (
                {group.STAFF: CREATE}
                if number == 8
                else {group.EVERYONE: SEE, group.MEMBERS: CREATE}
            )
            session.add_all(
                CategoryGroup(category_id=number, group_id=id_, level=level)
                for id_, level in rights.items()
            )
        session.add_all(
            Tag(id=n, name=name, label_en=name, label_fr=name, created_at=self.now)
            for n, name in enumerate([FEW, MANY, *(f"word-{n}" for n in range(TAGS))], 1)
        )
        versions.step("categories")
        versions.step("tags")

    def _bodies(self) -> list[tuple[str, str, str, str]]:
        """Language, text as typed, HTML, and plain words, of some hundred posts."""
        bodies = []
        for number in range(BODIES):
            lang = "fr" if number % 2 else "en"
            raw = self.writer.body(lang)
            cooked = cook_post(raw, category_id=None, post_id=number)
            bodies.append((lang, raw, cooked.html, cooked.search_text))
        return bodies

    def _lengths(self) -> list[int]:
        """Posts in each topic: a few long threads, many of middle size, some without a reply."""
        weights = [self.chance.paretovariate(1.2) for _ in range(self.topics)]
        spare = self.posts - self.topics
        total = sum(weights)
        lengths = [1 + int(spare * weight / total) for weight in weights]
        lengths[:3] = [3, 30, 30]
        while (missing := self.posts - sum(lengths)) != 0:
            step = 1 if missing > 0 else -1
            for place in self.chance.sample(
                range(3, self.topics), min(abs(missing), self.topics - 3)
            ):
                lengths[place] = max(1, lengths[place] + step)
        return lengths

    def _threads(self, lengths: Sequence[int], bodies: Sequence[Any]) -> tuple[Rows, Rows]:
        topics: Rows = []
        posts: Rows = []
        for topic_id, length in enumerate(lengths, 1):
            begun = self.now - timedelta(minutes=self.chance.randint(10, DAYS * 1440))
            moments = self._moments(begun, length)
            pool = [self.chance.randint(1, MEMBERS) for _ in range(min(length, 12))]
            authors = [self.chance.choice(pool) for _ in range(length)]
            wrote = Counter(authors)
            title = self.writer.title("fr" if topic_id % 2 else "en", topic_id)
            for number, (author, moment) in enumerate(zip(authors, moments, strict=True), 1):
                posts.append(
                    self._post(topic_id, number, author, moment, self.chance.choice(bodies))
                )
            topics.append(
                {
                    "id": topic_id,
                    "category_id": 8 if topic_id % 50 == 49 else topic_id % 7 + 1,
                    "author_id": authors[0],
                    "title": title,
                    "slug": text.slug(title),
                    "lang": "fr" if topic_id % 2 else "en",
                    "excerpt": text.excerpt(posts[-length]["text"]),
                    "created_at": begun,
                    "bumped_at": moments[-1],
                    "last_posted_at": moments[-1],
                    "last_poster_id": authors[-1],
                    "highest_post_number": length,
                    "posts_count": length,
                    "views": length * self.chance.randint(3, 40),
                    "participant_ids": counters.participants_shown(wrote, authors[0], authors[-1]),
                    "participant_count": len(wrote),
                }
            )
        for post in posts[:3]:
            post["text"] += f" {RARE}"
        return topics, posts

    def _moments(self, begun: datetime, length: int) -> list[datetime]:
        left = (self.now - begun).total_seconds()
        steps = [self.chance.expovariate(1) for _ in range(length)]
        whole = sum(steps) * self.chance.uniform(1, 30)
        return [
            begun + timedelta(seconds=left * part / whole) for part in accumulate([0, *steps[:-1]])
        ]

    def _post(
        self, topic_id: int, number: int, author: int, moment: datetime, body: Any
    ) -> dict[str, Any]:
        lang, raw, cooked, plain = body
        remark = self.writer.remark(lang)
        return {
            "topic_id": topic_id,
            "number": number,
            "author_id": author,
            "reply_to_number": number // 2 if number > 4 and self.chance.random() < 0.2 else None,
            "raw": f"{raw}\n\n{remark}",
            "cooked": f"{cooked}<p>{remark}</p>\n",
            "text": f"{plain} {remark}",
            "lang": lang,
            "created_at": moment,
        }

    def _tagged(self) -> Iterator[dict[str, Any]]:
        for topic_id in range(1, self.topics + 1):
            for tag_id in self.chance.sample(range(3, TAGS + 3), self.chance.choice((0, 1, 2, 3))):
                yield {"topic_id": topic_id, "tag_id": tag_id}
            if topic_id <= 40:
                yield {"topic_id": topic_id, "tag_id": 1 if topic_id <= 3 else 2}

    def _likes(self) -> Iterator[dict[str, Any]]:
        for post_id in range(1, self.posts + 1):
            if self.chance.random() < 0.25:
                for user_id in self.chance.sample(
                    range(1, MEMBERS + 1), self.chance.choice((1, 1, 2, 4))
                ):
                    yield {"post_id": post_id, "user_id": user_id, "created_at": self.now}

    def _read(self, lengths: Sequence[int]) -> Iterator[dict[str, Any]]:
        for topic_id, length in enumerate(lengths, 1):
            if self.chance.random() < 0.4:
                yield {
                    "user_id": 1,
                    "topic_id": topic_id,
                    "last_read_number": self.chance.choice((length, length, max(1, length // 2))),
                    "level": TRACKING if self.chance.random() < 0.2 else NORMAL,
                    "first_visited_at": self.now,
                    "last_visited_at": self.now,
                }


def _insert(model: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    table, waiting = model.__table__, []
    for row in rows:
        waiting.append(row)
        if len(waiting) == BATCH:
            session.connection().execute(insert(table), waiting)
            waiting = []
    if waiting:
        session.connection().execute(insert(table), waiting)
