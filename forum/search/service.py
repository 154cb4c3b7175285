"""Searching: rights go into the question, and loading checks them again."""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from markupsafe import Markup

from forum.categories.policies import Viewer
from forum.opportunities import queries as opportunities
from forum.opportunities.service import KIND as OPPORTUNITY
from forum.search import asking, excerpts, queries, queueing, settings
from forum.search.backend import Counts, Hit, Hits
from forum.search.grammar import parser
from forum.search.grammar.parser import Reading
from forum.search.question import BY_TOPIC, ORDERS, RELEVANCE, Question
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic

log = logging.getLogger(__name__)

# How many topics are put in an order that the index does not know.
MOST_BY_TOPIC = 5_000


@dataclass(frozen=True)
class Request:
    """What someone asks of the search page."""

    text: str
    chosen: Mapping[str, frozenset[int | str]] = field(default_factory=dict)
    order: str | None = None
    page: int = 1


@dataclass(frozen=True)
class Folded:
    """Another post of a topic that was found, as a line says it."""

    path: str
    number: int
    author: str
    created_at: datetime
    lang: str
    excerpt: Markup


@dataclass(frozen=True)
class Result:
    """A topic that was found, through its best post; `side` is that of an opportunity."""

    topic: Topic
    post: Post
    title: Markup
    excerpt: Markup
    others: Sequence[Folded] = ()
    side: str = ""


@dataclass(frozen=True)
class Results:
    """A page of what was found."""

    reading: Reading
    order: str = RELEVANCE
    page: int = 1
    found: Sequence[Result] = ()
    topics: int = 0
    posts: int = 0
    milliseconds: int = 0
    # False while the index is being built and only the database was asked.
    complete: bool = True
    # Whether no post had all of the words, so that a part of them was enough.
    loose: bool = False

    @property
    def in_full(self) -> int:
        """How many topics hold all that was asked for."""
        return 0 if self.loose else self.topics

    @property
    def pages(self) -> int:
        """How many pages there are to turn to."""
        return min(settings.LAST_PAGE(), -(-self.topics // settings.PER_PAGE()))


def spend(viewer: Viewer, network: str) -> None:
    """Count one search, of the member or of the guests of a network; raises `TooMany`."""
    if viewer.is_guest:
        settings.BY_GUEST.spend(network)
    else:
        settings.BY_MEMBER.spend(viewer.id)


def spend_facets(viewer: Viewer, network: str) -> None:
    """Count one question for facets, which a page asks beside its search."""
    if viewer.is_guest:
        settings.FACETS_GUEST.spend(network)
    else:
        settings.FACETS_MEMBER.spend(viewer.id)


def search(viewer: Viewer, request: Request) -> Results:
    """What the viewer may find, one result a topic."""
    began = time.perf_counter()
    reading = parser.read(request.text, viewer)
    order = request.order if request.order in ORDERS else reading.order or RELEVANCE
    if reading.empty:
        return Results(reading, order)
    page = max(1, min(request.page, settings.LAST_PAGE()))
    question = replace(
        question_of(viewer, request, reading),
        order=order,
        offset=(page - 1) * settings.PER_PAGE(),
        limit=settings.PER_PAGE(),
    )
    answer = _by_topic(question) if order in BY_TOPIC else asking.ask(question)
    return Results(
        reading=reading,
        order=order,
        page=page,
        found=_load(viewer, answer.hits.page, reading),
        topics=answer.hits.topics,
        posts=answer.hits.posts,
        milliseconds=round((time.perf_counter() - began) * 1000),
        complete=answer.complete,
        loose=answer.loose,
    )


def facets(viewer: Viewer, request: Request) -> Counts:
    """How many topics of what the viewer may find have each value, as the boxes are ticked."""
    reading = parser.read(request.text, viewer)
    return {} if reading.empty else asking.count(question_of(viewer, request, reading))


def reach(viewer: Viewer, request: Request) -> Hits:
    """How much the viewer may find, and the best of it."""
    reading = parser.read(request.text, viewer)
    if reading.empty:
        return Hits()
    return asking.with_all_words(replace(question_of(viewer, request, reading), limit=1)).hits


def question_of(viewer: Viewer, request: Request, reading: Reading) -> Question:
    """What a request asks, with the rights of the viewer; features above ask it their own way."""
    return Question(
        node=reading.node,
        visible_category_ids=viewer.visible_category_ids,
        sees_unlisted=viewer.is_staff,
        insists=reading.insists,
        chosen=request.chosen,
    )


def _by_topic(question: Question) -> asking.Answer:
    """In an order of topics that the index does not know, so the table is asked."""
    answer = asking.ask(replace(question, order=RELEVANCE, offset=0, limit=MOST_BY_TOPIC))
    hits = {hit.topic_id: hit for hit in answer.hits.page}
    ordered = queries.in_order(list(hits), question.order)[question.offset :]
    page = [hits[topic_id] for topic_id in ordered[: question.limit]]
    found = Hits(page, answer.hits.topics, answer.hits.posts)
    return replace(answer, hits=found)


def _load(viewer: Viewer, hits: Sequence[Hit], reading: Reading) -> list[Result]:
    best = [hit.post_id for hit in hits]
    others = [post_id for hit in hits for post_id in hit.others]
    posts = queries.posts(viewer, best) if best else {}
    lines = queries.lines(viewer, others) if others else {}
    refused = [one for one in (*best, *others) if one not in posts and one not in lines]
    if refused and not queueing.waiting():
        log.error("Search found what its viewer may not see: posts %s", refused)
    sides = _sides([post.topic for post in posts.values()])
    sought = excerpts.Sought.of(reading.node)
    return [
        Result(
            topic=(post := posts[hit.post_id]).topic,
            post=post,
            title=excerpts.marked(post.topic.title, sought),
            excerpt=excerpts.excerpt(post.text, sought, settings.EXCERPT_LENGTH()),
            others=[
                _folded(post.topic, lines[other], sought) for other in hit.others if other in lines
            ],
            side=sides.get(post.topic_id, ""),
        )
        for hit in hits
        if hit.post_id in posts
    ]


def _folded(topic: Topic, line: Any, sought: excerpts.Sought) -> Folded:
    return Folded(
        path=f"{topic.path}/{line.number}",
        number=line.number,
        author=line.author,
        created_at=line.created_at,
        lang=line.lang,
        excerpt=excerpts.excerpt(line.text, sought, settings.FOLDED_LENGTH()),
    )


def _sides(topics: Sequence[Topic]) -> Mapping[int, str]:
    ids = [topic.id for topic in topics if topic.kind == OPPORTUNITY]
    return opportunities.sides(ids) if ids else {}
