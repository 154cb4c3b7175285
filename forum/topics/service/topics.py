"""Beginning a topic, changing it, deleting it."""

from collections.abc import Collection

from sqlalchemy import delete, insert

from forum.accounts.models.user import User
from forum.categories import queries as categories
from forum.core import clock, languages, text
from forum.core.database import session, take_turns
from forum.core.errors import Invalid, require
from forum.core.i18n import _
from forum.core.signals import announce
from forum.tags import service as tags
from forum.topics import counters, kinds, policies, settings
from forum.topics.models.post import Post
from forum.topics.models.topic import Topic, TopicMarket, TopicTag, TopicTerm
from forum.topics.service import posts, reading
from forum.topics.service.rules import refuse_repeat, sound_body, sound_title
from forum.topics.signals import (
    TopicChanged,
    TopicCreated,
    TopicDeleted,
    TopicMoved,
    TopicRecovered,
)


def create(
    *,
    author: User,
    category_id: int,
    title: str,
    raw: str,
    kind: str = "discussion",
    tag_names: Collection[str] = (),
    lang: str | None = None,
    key: str | None = None,
) -> Topic:
    """Begin a topic. The same `key` a second time gives the topic that the first time made."""
    take_turns(f"author {author.id}")
    already = posts.submitted(author, key)
    if already is not None:
        return session.get_one(Topic, already.topic_id)
    require(policies.can_create(author, category_id))
    title, raw = sound_title(title), sound_body(raw)
    refuse_repeat(author, raw)
    _spend(author)
    topic = _begin(author, category_id, title, raw, kind, lang)
    post = posts.write(topic, author=author, raw=raw, number=1, key=key, lang=lang)
    topic.excerpt = text.excerpt(post.text)
    _set_tags(topic, tag_names, by=author)
    counters.count_topic(topic)
    reading.mark_written(author, topic, 1)
    announce(TopicCreated(topic.id, post.id, category_id, author.id))
    return topic


def change(
    topic: Topic,
    *,
    by: User,
    title: str | None = None,
    category_id: int | None = None,
    kind: str | None = None,
    lang: str | None = None,
    tag_names: Collection[str] | None = None,
) -> None:
    """Another title, place, kind, language or tags; what is None stays."""
    posts.lock(topic)
    first = first_post(topic)
    require(policies.can_edit_topic(by, topic, first))
    if title is not None and text.squeeze(title) != topic.title:
        posts.keep_revision(first, by=by, title=topic.title)
        topic.title = sound_title(title)
        topic.slug = text.slug(topic.title)
    if category_id is not None and category_id != topic.category_id:
        _move(topic, to=category_id, by=by)
    if kind is not None:
        kinds.of_the_composer(topic.kind)  # what has a card of its own stays what it is
        topic.kind = kinds.of_the_composer(kind).name
    if lang in ("fr", "en"):
        topic.lang = lang
    if tag_names is not None:
        _set_tags(topic, tag_names, by=by)
    topic.version += 1
    announce(TopicChanged(topic.id, topic.category_id, by.id))


def remove(topic: Topic, *, by: User) -> None:
    """Delete a topic softly: staff still find it."""
    posts.lock(topic)
    require(policies.can_delete(by, topic))
    with counters.counted_anew(topic):
        topic.deleted_at, topic.deleted_by_id = clock.now(), by.id
    topic.version += 1
    announce(TopicDeleted(topic.id, topic.category_id, by.id))


def recover(topic: Topic, *, by: User) -> None:
    """Bring a deleted topic back."""
    posts.lock(topic)
    require(policies.can_recover(by, topic))
    with counters.counted_anew(topic):
        topic.deleted_at = topic.deleted_by_id = None
    topic.version += 1
    announce(TopicRecovered(topic.id, topic.category_id, by.id))


def set_markets(topic: Topic, countries: Collection[str]) -> None:
    """The markets a topic is about, as ISO 3166-1 alpha-2 codes."""
    session.execute(delete(TopicMarket).where(TopicMarket.topic_id == topic.id))
    rows = [{"topic_id": topic.id, "country": code} for code in sorted(set(countries))]
    if rows:
        session.execute(insert(TopicMarket), rows)


def set_terms(topic: Topic, term_ids: Collection[int]) -> None:
    """The know-how a topic is about."""
    session.execute(delete(TopicTerm).where(TopicTerm.topic_id == topic.id))
    rows = [{"topic_id": topic.id, "term_id": term_id} for term_id in sorted(set(term_ids))]
    if rows:
        session.execute(insert(TopicTerm), rows)


def first_post(topic: Topic) -> Post:
    """The post that opens a topic."""
    return session.query(Post).filter_by(topic_id=topic.id, number=1).one()


def _begin(
    author: User, category_id: int, title: str, raw: str, kind: str, lang: str | None
) -> Topic:
    moment = clock.now()
    default = categories.by_id(category_id).lang
    topic = Topic(
        category_id=category_id,
        author_id=author.id,
        kind=kinds.find(kind).name,
        title=title,
        slug=text.slug(title),
        lang=lang
        or languages.guess(f"{title} {raw}", author.locale if default == "both" else default),
        created_at=moment,
        bumped_at=moment,
        last_posted_at=moment,
        last_poster_id=author.id,
        highest_post_number=1,
        posts_count=1,
        participant_ids=[author.id],
    )
    session.add(topic)
    session.flush()
    return topic


def _move(topic: Topic, *, to: int, by: User) -> None:
    require(policies.can_create(by, to), _("You may not put topics there."))
    old = topic.category_id
    with counters.counted_anew(topic):
        topic.category_id = to
    announce(TopicMoved(topic.id, old, to))


def _set_tags(topic: Topic, names: Collection[str], *, by: User) -> None:
    most = settings.MAX_TAGS()
    found = tags.resolve(names, may_create=policies.can_create_tags(by))
    if len(found) > most:
        raise Invalid(_("A topic has at most %(most)s tags.", most=most), "tags")
    session.execute(delete(TopicTag).where(TopicTag.topic_id == topic.id))
    rows = [{"topic_id": topic.id, "tag_id": tag.id} for tag in found]
    if rows:
        session.execute(insert(TopicTag), rows)


def _spend(author: User) -> None:
    if author.is_staff:
        return
    limit = settings.CREATE if author.trust_level > 0 else settings.CREATE_NEW
    limit.spend(author.id)
