"""Judged queries: what was taken away from a topic, asked for again; by chance, but always the same.

Each row of queries has topics of its own. What their queries say, a title or a sentence, is taken
out of the community before anything is indexed, so that no engine finds it by that alone.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sqlalchemy import select, update

from bench.search.archive import DEBATE, NEWS, QUESTIONS
from bench.search.words import folded_words, said
from forum.categories.models import Category
from forum.core.database import session
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic

SEED = 1993
A_ROW = 250
# Words long enough to name a subject.
TELLING_LETTERS, TELLING_WORDS = 4, 2
SHORTEST_SENTENCE, LONGEST_SENTENCE = 8, 22
# The sentence is looked for in the beginning of the opening post.
BEGINNING = 800
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n{2,}")


@dataclass(frozen=True)
class Judged:
    """A query, the topic it is for, and the post in it when that is what must be found."""

    row: str
    query: str
    topic_id: int
    lang: str
    post_id: int | None = None
    # What a variant was made of.
    plain: str = ""

    def as_plain(self) -> "Judged":
        """The question as it was."""
        return replace(self, query=self.plain, plain="")


@dataclass(frozen=True)
class Candidate:
    """A topic that may be judged."""

    id: int
    title: str
    lang: str
    opening: str
    answer_id: int | None


def choose() -> list[Judged]:
    """The plain queries of every row; takes what they say out of the database."""
    chance = random.Random(SEED)
    news = _shuffled(NEWS, chance, Topic.posts_count > 1)
    debate = _shuffled(DEBATE, chance)
    questions = _shuffled(QUESTIONS, chance, Topic.accepted_post_id.is_not(None))
    subjects = _by_title("subjects", news)
    fr_titles = _by_title("fr_titles", debate)
    asked = _by_title("questions", questions)
    answers = [
        Judged("answers", one.query, one.topic_id, one.lang, topic.answer_id)
        for one in asked
        for topic in questions
        if topic.id == one.topic_id
    ]
    sentences = _by_sentence("sentences", _without(news, subjects))
    fr_sentences = _by_sentence("fr_sentences", _without(debate, fr_titles))
    for one in (*subjects, *fr_titles, *asked):
        session.execute(update(Topic).where(Topic.id == one.topic_id).values(title="", slug=""))
    for one in (*sentences, *fr_sentences):
        _take_out(one)
    return [*subjects, *sentences, *asked, *answers, *fr_titles, *fr_sentences]


def keep(judged: Iterable[Judged], path: Path) -> None:
    """Write the queries beside the community: archive text stays in its folder."""
    path.write_text(json.dumps([asdict(one) for one in judged], ensure_ascii=False, indent=1))


def kept(path: Path) -> list[Judged]:
    """The queries of a community."""
    return [Judged(**one) for one in json.loads(path.read_text())]


def _shuffled(place: str, chance: random.Random, *where: object) -> list[Candidate]:
    """Topics whose title names a subject and is nobody else's."""
    rows = session.execute(
        select(Topic.id, Topic.title, Topic.lang, Topic.accepted_post_id, Post.text)
        .join(Category, Category.id == Topic.category_id)
        .join(Post, (Post.topic_id == Topic.id) & (Post.number == 1))
        .where(Category.slug == place, Topic.deleted_at.is_(None), *where)
        .order_by(Topic.id)
    ).all()
    names = Counter(" ".join(folded_words(row.title)) for row in rows)
    kept = [
        Candidate(row.id, row.title, row.lang, row.text, row.accepted_post_id)
        for row in rows
        if _is_telling(row.title) and names[" ".join(folded_words(row.title))] == 1
    ]
    chance.shuffle(kept)
    return kept


def _is_telling(title: str) -> bool:
    telling = [word for word in folded_words(title) if len(word) >= TELLING_LETTERS]
    return len(telling) >= TELLING_WORDS


def _by_title(row: str, topics: list[Candidate]) -> list[Judged]:
    return [Judged(row, said(one.title), one.id, one.lang) for one in topics[:A_ROW]]


def _by_sentence(row: str, topics: list[Candidate]) -> list[Judged]:
    found = [
        Judged(row, said(sentence), one.id, one.lang)
        for one in topics
        if (sentence := _first_sentence(one.opening))
    ]
    return found[:A_ROW]


def _without(topics: list[Candidate], used: list[Judged]) -> list[Candidate]:
    taken = {one.topic_id for one in used}
    return [one for one in topics if one.id not in taken]


def _first_sentence(text: str) -> str:
    """The first that says enough; empty when none does."""
    for sentence in _SENTENCE.split(text[:BEGINNING])[:-1]:
        if SHORTEST_SENTENCE <= len(said(sentence).split()) <= LONGEST_SENTENCE:
            return sentence
    return ""


def _take_out(one: Judged) -> None:
    """The sentence out of every post of its topic, however it is broken into lines there."""
    spoken = re.compile(
        r"[\W_]+".join(map(re.escape, re.findall(r"[^\W_]+", one.query))), re.IGNORECASE
    )
    posts = session.execute(select(Post.id, Post.text).where(Post.topic_id == one.topic_id))
    for post in posts.all():
        left = spoken.sub(" ", post.text)
        if left != post.text:
            session.execute(update(Post).where(Post.id == post.id).values(text=left))
