"""From posts to topics: one hit a topic, its best posts folded under it, and counts by facet."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from heapq import nlargest

from forum.search import ranking
from forum.search.backend import FOLDED, Counts, Hit, Hits
from forum.search.backends.lists import Posts
from forum.search.backends.matching import Matching
from forum.search.backends.snapshot import Columns
from forum.search.question import FACETS, LATEST, LIKES, OLDEST, RELEVANCE, Question

# Facets of the topic stand first in FACETS; these are of the post itself.
_OF_POSTS = ("lang", "year", "author")
_SHARED = {"category": 0, "kind": 1, "tag": 2, "market": 3, "knowhow": 4}
Rank = Callable[[int], tuple[float, ...]]


def hits(found: Posts, matching: Matching, question: Question) -> Hits:
    """The page of topics that is asked for, best first."""
    columns = matching.columns
    found = _ticked(found, columns, question.chosen)
    rank = _rank(_finished(found, matching), columns, question.order)
    topics: dict[int, tuple[float, ...]] = {}
    for doc in found:
        place, topic = rank(doc), columns.topic[doc]
        if topic not in topics or place > topics[topic]:
            topics[topic] = place
    if question.order == RELEVANCE:
        share = ranking.WHOLE_TOPIC / max(ranking.FEW_WORDS, matching.wording.count)
        for topic, worth in _as_a_whole(matching, topics).items():
            best, *rest = topics[topic]
            topics[topic] = (best + share * worth, *rest)
    first = nlargest(question.offset + question.limit, topics, key=topics.__getitem__)
    page = first[question.offset :]
    folded = _of_topics(found, columns, set(page))
    return Hits(
        page=[
            _hit(nlargest(1 + FOLDED, folded[topic], key=rank), columns, topics[topic][0])
            for topic in page
        ],
        topics=len(topics),
        posts=len(found),
    )


def counts(found: Posts, columns: Columns, question: Question) -> Counts:
    """How many topics have each value of each facet, as the other facets are ticked."""
    told: dict[str, Mapping[int | str, int]] = {}
    ticked = _ticked(found, columns, question.chosen)
    by_topic = _by_topic(ticked, columns)
    for facet in FACETS:
        if question.chosen.get(facet):
            others = {name: values for name, values in question.chosen.items() if name != facet}
            more = _ticked(found, columns, others)
            told[facet] = _count(facet, more, _by_topic(more, columns), columns)
        else:
            told[facet] = _count(facet, ticked, by_topic, columns)
    return told


def _by_topic(found: Iterable[int], columns: Columns) -> Mapping[int, int]:
    """A document of each topic: all of them share what is the topic's.

    But for a moment, while the topic is being indexed anew.
    """
    topic = columns.topic
    return {topic[doc]: doc for doc in found}


def _count(
    facet: str, found: Iterable[int], by_topic: Mapping[int, int], columns: Columns
) -> Counter[int | str]:
    if facet in _OF_POSTS:
        values, topic = getattr(columns, facet), columns.topic
        return Counter(value for value, _topic in {(values[doc], topic[doc]) for doc in found})
    place, shared = _SHARED[facet], columns.shared
    return Counter(value for doc in by_topic.values() for value in shared[doc][place])


def _as_a_whole(matching: Matching, topics: Collection[int]) -> dict[int, float]:
    """What the words are worth in a topic as if it were one long post."""
    topic_of, posts = matching.columns.topic, matching.rights.posts
    usual = matching.rights.count / max(1, len(posts))
    whole: dict[int, float] = dict.fromkeys(topics, 0.0)
    for weight, posts_with, as_typed in matching.wording.spoken:
        often: dict[int, float] = {}
        for doc, worth in posts_with.items():
            topic = topic_of[doc]
            often[topic] = often.get(topic, 0.0) + worth
        rare = weight * ranking.rarity(len(often), len(posts))
        typed_in = {topic_of[doc] for doc in as_typed}
        for topic, worth in often.items():
            if topic in whole:
                held = 1 - ranking.TOPIC_LENGTH + ranking.TOPIC_LENGTH * posts[topic] / usual
                exact = 1 + ranking.EXACT_BOOST if topic in typed_in else 1
                whole[topic] += rare * exact * ranking.saturated(worth / held)
    return whole


def _ticked(found: Posts, columns: Columns, chosen: Mapping[str, frozenset[int | str]]) -> Posts:
    for facet, wanted in chosen.items():
        if not wanted:
            continue
        if facet in _OF_POSTS:
            values = getattr(columns, facet)
            found = {doc: score for doc, score in found.items() if values[doc] in wanted}
        else:
            place, shared = _SHARED[facet], columns.shared
            found = {
                doc: score
                for doc, score in found.items()
                if not wanted.isdisjoint(shared[doc][place])
            }
    return found


def _finished(found: Posts, matching: Matching) -> Posts:
    """Scores with what members have made of the posts, and whole titles for more."""
    merit, length, words = (
        matching.columns.merit,
        matching.columns.title_length,
        matching.wording.count,
    )
    in_title = matching.wording.in_title
    finished = {}
    for doc, score in found.items():
        worth = score * merit[doc]
        if words and (hit := in_title.get(doc)):
            whole = min(1.0, hit / max(1, length[doc])) * min(1.0, hit / words)
            worth *= 1 + ranking.WHOLE_TITLE_BOOST * whole
        finished[doc] = worth
    return finished


def _rank(scores: Posts, columns: Columns, order: str) -> Rank:
    """What a document is put in order by; the id comes last, so equals always stand alike."""
    created, likes, ids = columns.created, columns.likes, columns.id
    if order == LATEST:
        return lambda doc: (created[doc], ids[doc])
    if order == OLDEST:
        return lambda doc: (-created[doc], -ids[doc])
    if order == LIKES:
        return lambda doc: (likes[doc], scores[doc], -ids[doc])
    return lambda doc: (scores[doc], created[doc], -ids[doc])


def _of_topics(found: Posts, columns: Columns, topics: set[int]) -> dict[int, list[int]]:
    kept = defaultdict(list)
    for doc in found:
        if columns.topic[doc] in topics:
            kept[columns.topic[doc]].append(doc)
    return kept


def _hit(documents: list[int], columns: Columns, score: float) -> Hit:
    best, *others = documents
    return Hit(
        columns.id[best],
        columns.topic[best],
        score,
        tuple(columns.id[doc] for doc in others),
    )
