"""The database asked directly: while there is no index. Plain, but within the same rights."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, not_, or_, select, true

from forum.core.database import session
from forum.search import analysis
from forum.search.backend import Counts, Hits, Match, gather, tally
from forum.search.insisting import insisted_on
from forum.search.question import (
    Alike,
    Among,
    Beginning,
    Either,
    Every,
    Has,
    Most,
    Near,
    Node,
    Not,
    Phrase,
    Question,
    Word,
    Written,
)
from forum.topics.models.post import REGULAR, Post
from forum.topics.models.topic import Topic, TopicMarket, TopicTag, TopicTerm

# The newest ones: reading all of a large forum would keep everyone waiting.
MOST_POSTS = 1_000


class DatabaseFinder:
    """Finds words as they are written, without their other forms."""

    def search(self, question: Question) -> Hits:
        return gather(_matches(question), question)

    def count(self, question: Question) -> Counts:
        return tally(_matches(question), question)

    def alike(self, _word: str, _most: int) -> Sequence[str]:
        return ()

    def side_by_side(self, _words: Sequence[str], _post_ids: Collection[int]) -> Mapping[int, int]:
        return {}


def _matches(question: Question) -> Iterator[Match]:
    rows = session.execute(
        select(
            Post.id,
            Post.topic_id,
            Post.created_at,
            Post.like_count,
            Topic.category_id,
            Topic.kind,
            Post.lang,
            Post.author_id,
        )
        .join(Topic, Topic.id == Post.topic_id)
        .where(
            Topic.category_id.in_(question.visible_category_ids),
            true() if question.sees_unlisted else Topic.listed,
            Topic.deleted_at.is_(None),
            Post.deleted_at.is_(None),
            Post.kind == REGULAR,
            _condition(question.node),
        )
        .order_by(Post.created_at.desc(), Post.id.desc())
        .limit(MOST_POSTS)
    ).all()
    topic_ids = {row.topic_id for row in rows}
    tags = _values(TopicTag.topic_id, TopicTag.tag_id, topic_ids)
    terms = _values(TopicTerm.topic_id, TopicTerm.term_id, topic_ids)
    markets = _values(TopicMarket.topic_id, TopicMarket.country, topic_ids)
    for row in rows:
        sorts = (
            (row.category_id,),
            (row.kind,),
            tags[row.topic_id],
            markets[row.topic_id],
            terms[row.topic_id],
            (row.lang,),
            (row.created_at.year,),
            (row.author_id,),
        )
        # Nothing tells better from worse here, so the newest comes first.
        yield Match(0.0, row.id, row.topic_id, row.created_at.timestamp(), row.like_count, sorts)


def _values(owner: Any, value: Any, topic_ids: set[int]) -> dict[int, tuple[int | str, ...]]:
    found: dict[int, tuple[int | str, ...]] = defaultdict(tuple)
    for topic_id, thing in session.execute(select(owner, value).where(owner.in_(topic_ids))):
        found[topic_id] += (thing,)
    return found


def _condition(node: Node) -> ColumnElement[bool]:
    condition: ColumnElement[bool]
    match node:
        case Word() | Phrase():
            condition = _contains(node)
        case Beginning(text):
            condition = _contains(Word(text, in_title=True))
        case Near(words):
            condition = and_(*(_contains(Word(word, node.in_title)) for word in words))
        case Alike(part, others):
            condition = or_(_condition(part), *(_condition(other) for other, _weight in others))
        case Among(what, ids):
            condition = (Topic.id if what == "topic" else Post.id).in_(ids)
        case Has(name, values):
            condition = _PROPERTIES[name](values) if values else false()
        case Not(part):
            condition = not_(_condition(part))
        case Written():
            condition = _in_time(node)
        case Every() | Either() | Most():
            condition = _together(node)
    return condition


def _in_time(written: Written) -> ColumnElement[bool]:
    return and_(
        true() if written.since is None else Post.created_at >= written.since,
        true() if written.until is None else Post.created_at < written.until,
    )


def _together(node: Every | Either | Most) -> ColumnElement[bool]:
    if isinstance(node, Every):
        return and_(true(), *map(_condition, insisted_on(node.nodes)))
    return or_(false(), *map(_condition, node.nodes))


def _contains(sought: Word | Phrase) -> ColumnElement[bool]:
    title = Topic.title.icontains(sought.text, autoescape=True)
    # The address holds the title without accents.
    plain = "-".join(analysis.words(sought.text))
    title = or_(title, Topic.slug.contains(plain, autoescape=True)) if plain else title
    if sought.in_title:
        return title
    return or_(title, Post.text.icontains(sought.text, autoescape=True))


def _numbers(values: tuple[str, ...]) -> list[int]:
    return [int(value) for value in values]


def _of_topic(model: Any, column: Any, values: list[Any]) -> ColumnElement[bool]:
    return exists().where(model.topic_id == Topic.id, column.in_(values))


def _mark(values: tuple[str, ...]) -> ColumnElement[bool]:
    meanings: dict[str, ColumnElement[bool]] = {
        "first": Post.number == 1,
        "solved": Topic.accepted_post_id.is_not(None),
        "answer": func.coalesce(Topic.accepted_post_id, 0) == Post.id,
        "closed": Topic.closed_at.is_not(None),
        "archived": Topic.archived_at.is_not(None),
    }
    return or_(*(meanings[value] for value in values))


_PROPERTIES: dict[str, Any] = {
    "author": lambda values: Post.author_id.in_(_numbers(values)),
    "category": lambda values: Topic.category_id.in_(_numbers(values)),
    "topic": lambda values: Topic.id.in_(_numbers(values)),
    "kind": Topic.kind.in_,
    "lang": Post.lang.in_,
    "mark": _mark,
    "tag": lambda values: _of_topic(TopicTag, TopicTag.tag_id, _numbers(values)),
    "knowhow": lambda values: _of_topic(TopicTerm, TopicTerm.term_id, _numbers(values)),
    "market": lambda values: _of_topic(TopicMarket, TopicMarket.country, [*values]),
}
