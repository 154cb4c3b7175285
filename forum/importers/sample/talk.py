"""The topics and opportunities of the demo community, with their posts and likes."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, update

from forum.core import clock, text
from forum.core.database import session
from forum.core.i18n import use_locale
from forum.core.markup.cooked import Cooked
from forum.importers.sample.files import Conversation, Saying, sections
from forum.importers.sample.words import Terms
from forum.opportunities.models import Opportunity
from forum.topics.models.post import Post, PostMention
from forum.topics.models.reaction import Like
from forum.topics.models.topic import Topic, TopicMarket, TopicTag, TopicTerm
from forum.topics.service.cooking import cook_post

OPPORTUNITY = "opportunity"
_QUOTE = re.compile(r'^(\[quote="[^"\]]*, post:\d+)("\])$', re.MULTILINE)
_LIKED_AFTER = timedelta(minutes=47)


@dataclass
class Community:
    """Ids by name of what is there before anyone speaks."""

    users: dict[str, int]
    categories: dict[str, int]
    tags: dict[str, int]
    terms: Terms


@dataclass
class Told:
    """What was written: rows with their ids, to count and mark from."""

    topics: dict[int, Conversation] = field(default_factory=dict)
    posts: dict[int, tuple[int, int, Saying]] = field(default_factory=dict)  # topic, number

    @property
    def post_ids(self) -> tuple[int, int]:
        return min(self.posts), max(self.posts)


def tell(conversations: list[Conversation], community: Community) -> Told:
    """Write conversations down, oldest first."""
    told = Told()
    in_order = sorted(conversations, key=lambda one: one.posts[0].moment)
    rows = [_topic(one, community) for one in in_order]
    ids = session.scalars(insert(Topic).returning(Topic.id, sort_by_parameter_order=True), rows)
    told.topics = dict(zip(ids, in_order, strict=True))
    _write_posts(told, community)
    _cook_posts(told, community)
    _write_likes(told, community)
    _say_what_they_are_about(told, community)
    _accept_answers(told)
    return told


def _topic(one: Conversation, community: Community) -> dict[str, Any]:
    front, first, last = one.front, one.posts[0], one.posts[-1]
    author_id = community.users[first.username]
    return {
        "category_id": community.categories[front["category"]],
        "author_id": author_id,
        "kind": OPPORTUNITY if "side" in front else front["kind"],
        "title": front["title"],
        "slug": text.slug(front["title"]),
        "lang": front["lang"],
        "created_at": first.moment,
        "bumped_at": last.moment,
        "last_posted_at": last.moment,
        "last_poster_id": author_id,
        "participant_ids": [author_id],
        "highest_post_number": len(one.posts),
        "views": front["views"],
        "pinned_at": first.moment if front.get("pinned") else None,
        "pinned_globally": bool(front.get("pinned")) and front["category"] == "vie-du-reseau",
        "closed_at": last.moment if front.get("closed") else None,
    }


def _write_posts(told: Told, community: Community) -> None:
    sayings = sorted(
        (
            (topic_id, number, saying)
            for topic_id, one in told.topics.items()
            for number, saying in enumerate(one.posts, 1)
        ),
        key=lambda place: place[2].moment,
    )
    rows = [
        {
            "topic_id": topic_id,
            "number": number,
            "author_id": community.users[saying.username],
            "reply_to_number": saying.reply_to,
            "raw": _QUOTE.sub(rf"\1, topic:{topic_id}\2", saying.body),
            "cooked": "",
            "lang": saying.lang or told.topics[topic_id].front["lang"],
            "like_count": len(saying.likes),
            "created_at": saying.moment,
        }
        for topic_id, number, saying in sayings
    ]
    ids = session.scalars(insert(Post).returning(Post.id, sort_by_parameter_order=True), rows)
    told.posts = dict(zip(ids, sayings, strict=True))


def _cook_posts(told: Told, community: Community) -> None:
    """Only now that all are there, for they quote and name each other."""
    posts, topics, mentions = [], [], []
    for post_id, (topic_id, number, saying) in told.posts.items():
        one = told.topics[topic_id]
        with use_locale(saying.lang or one.front["lang"]):
            cooked = cook_post(
                _QUOTE.sub(rf"\1, topic:{topic_id}\2", saying.body),
                category_id=community.categories[one.front["category"]],
                post_id=post_id,
            )
        posts.append(_cooked(post_id, cooked))
        mentions += [
            {"post_id": post_id, "user_id": community.users[name]} for name in cooked.mentions
        ]
        if number == 1:
            topics.append({"row_id": topic_id, "summary": text.excerpt(cooked.text)})
    post, topic = Post.__table__, Topic.__table__
    session.connection().execute(
        update(post)  # type: ignore[arg-type]
        .where(post.c.id == bindparam("row_id"))
        .values(
            cooked=bindparam("html"), text=bindparam("words"), cooked_version=bindparam("made")
        ),
        posts,
    )
    session.connection().execute(
        update(topic)  # type: ignore[arg-type]
        .where(topic.c.id == bindparam("row_id"))
        .values(excerpt=bindparam("summary")),
        topics,
    )
    if mentions:
        session.execute(insert(PostMention), mentions)


def _cooked(post_id: int, cooked: Cooked) -> dict[str, Any]:
    return {
        "row_id": post_id,
        "html": cooked.html,
        "words": cooked.search_text,
        "made": cooked.version,
    }


def _write_likes(told: Told, community: Community) -> None:
    latest = clock.now() - timedelta(minutes=1)
    rows = [
        {
            "post_id": post_id,
            "user_id": community.users[name],
            "created_at": _liked_at(saying.moment, place, latest),
        }
        for post_id, (_topic_id, _number, saying) in told.posts.items()
        for place, name in enumerate(saying.likes, 1)
    ]
    session.execute(insert(Like), rows)


def _liked_at(moment: datetime, place: int, latest: datetime) -> datetime:
    return min(moment + place * _LIKED_AFTER, latest)


def _say_what_they_are_about(told: Told, community: Community) -> None:
    tags, markets, terms, cards = [], [], [], []
    firms = {firm.slug: firm for firm in sections("firms.md")}
    for topic_id, one in told.topics.items():
        front = one.front
        ids = dict.fromkeys(community.tags[name] for name in front["tags"])
        tags += [{"topic_id": topic_id, "tag_id": tag_id} for tag_id in ids]
        markets += [{"topic_id": topic_id, "country": code} for code in front.get("markets", ())]
        known = community.terms.knowhow(front.get("knowhow", ()))
        terms += [{"topic_id": topic_id, "term_id": term_id} for term_id in known]
        if "side" in front:
            firm = firms[front["firm"]]
            ends = one.posts[0].moment + timedelta(days=front["valid_days"])
            cards.append(
                {
                    "topic_id": topic_id,
                    "side": front["side"],
                    "kind": front["kind"],
                    "company": firm["name"],
                    "place": firm["city"],
                    "sector_id": community.terms.sector(front["sector"]),
                    "valid_until": ends.date(),
                    "status": front["status"],
                }
            )
    for table, rows in ((TopicTag, tags), (TopicMarket, markets), (TopicTerm, terms)):
        session.execute(insert(table), rows)
    session.execute(insert(Opportunity), cards)


def _accept_answers(told: Told) -> None:
    post_ids = {(topic_id, number): i for i, (topic_id, number, _saying) in told.posts.items()}
    rows = [
        {"row_id": topic_id, "answer": post_ids[topic_id, one.front["solved"]]}
        for topic_id, one in told.topics.items()
        if "solved" in one.front
    ]
    topic = Topic.__table__
    session.connection().execute(
        update(topic)  # type: ignore[arg-type]
        .where(topic.c.id == bindparam("row_id"))
        .values(accepted_post_id=bindparam("answer")),
        rows,
    )
