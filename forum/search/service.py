"""Searching: rights go into the question, and loading checks them again."""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from forum.categories.policies import Viewer
from forum.search import engine, excerpts, queries, queueing, settings
from forum.search.backend import Counts, Hit, Hits
from forum.search.grammar import parser
from forum.search.grammar.parser import Reading
from forum.search.question import ORDERS, RELEVANCE, VIEWS, Question
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic

log = logging.getLogger(__name__)

# How many topics are put in order by a number that the index does not know.
MOST_BY_VIEWS = 5_000


@dataclass(frozen=True)
class Request:
    """What someone asks of the search page."""

    text: str
    chosen: Mapping[str, frozenset[int | str]] = field(default_factory=dict)
    order: str | None = None
    page: int = 1


@dataclass(frozen=True)
class Result:
    """A topic that was found, through its best post."""

    topic: Topic
    post: Post
    title: Markup
    excerpt: Markup


@dataclass(frozen=True)
class Results:
    """A page of what was found."""

    reading: Reading
    order: str = RELEVANCE
    page: int = 1
    found: Sequence[Result] = ()
    topics: int = 0
    posts: int = 0
    counts: Counts = field(default_factory=dict)
    milliseconds: int = 0
    # False while the index is being built and only the database was asked.
    complete: bool = True

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


def search(viewer: Viewer, request: Request) -> Results:
    """What the viewer may find, one result a topic."""
    began = time.perf_counter()
    reading = parser.read(request.text, viewer)
    order = request.order if request.order in ORDERS else reading.order or RELEVANCE
    if reading.empty:
        return Results(reading, order)
    page = max(1, min(request.page, settings.LAST_PAGE()))
    question = Question(
        node=reading.node,
        visible_category_ids=viewer.visible_category_ids,
        sees_unlisted=viewer.is_staff,
        chosen=request.chosen,
        order=order,
        offset=(page - 1) * settings.PER_PAGE(),
        limit=settings.PER_PAGE(),
    )
    answer = _by_views(question) if order == VIEWS else engine.ask(question)
    return Results(
        reading=reading,
        order=order,
        page=page,
        found=_load(viewer, answer.hits.page, reading),
        topics=answer.hits.topics,
        posts=answer.hits.posts,
        counts=engine.count(question),
        milliseconds=round((time.perf_counter() - began) * 1000),
        complete=answer.complete,
    )


def _by_views(question: Question) -> engine.Answer:
    """The most read first. The index does not know how often, so the table is asked."""
    answer = engine.ask(replace(question, order=RELEVANCE, offset=0, limit=MOST_BY_VIEWS))
    hits = {hit.topic_id: hit for hit in answer.hits.page}
    ordered = queries.by_views(list(hits))[question.offset : question.offset + question.limit]
    page = [hits[topic_id] for topic_id in ordered]
    found = Hits(page, answer.hits.topics, answer.hits.posts)
    return engine.Answer(found, answer.complete)


def _load(viewer: Viewer, hits: Sequence[Hit], reading: Reading) -> list[Result]:
    posts = queries.posts(viewer, [hit.post_id for hit in hits]) if hits else {}
    refused = [hit.post_id for hit in hits if hit.post_id not in posts]
    if refused and not queueing.waiting():
        log.error("Search found what its viewer may not see: posts %s", refused)
    sought = excerpts.Sought.of(reading.node)
    length = settings.EXCERPT_LENGTH()
    return [
        Result(
            topic=post.topic,
            post=post,
            title=excerpts.marked(post.topic.title, sought),
            excerpt=excerpts.excerpt(post.text, sought, length),
        )
        for hit in hits
        if (post := posts.get(hit.post_id)) is not None
    ]
