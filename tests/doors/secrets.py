"""A topic that holds a word of its own in every field: wherever the word turns up, it was told."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from forum.accounts.models.group import Group
from forum.accounts.models.user import User
from forum.alerts.models import INSTANT, PAGE, SavedSearch, SearchHit
from forum.categories import service as categories
from forum.categories.models import Category
from forum.categories.queries import load_rights
from forum.categories.service import Details
from forum.core import clock, storage
from forum.core.database import session, transaction
from forum.notifications.models import MENTIONED, Notification
from forum.opportunities import service as opportunities
from forum.opportunities.service import Card
from forum.tags import service as tags
from forum.tags.models import Tag
from forum.topics.models.draft import Draft
from forum.topics.models.post import Attachment, Post
from forum.topics.models.reading import TRACKING, TopicDay, TopicReading
from forum.topics.models.topic import Topic
from forum.topics.service import posts, scores
from forum.vocabulary import service as vocabulary
from tests.factories.topics import make_reply, make_topic

# Each is in one field and nowhere else; no address that a door is knocked at holds one of them.
WORDS = {
    "title": "quavermint",
    "fresh": "zilpharet",  # the title of a second topic, which nobody opened
    "body": "brontelisk",
    "before": "ospindrake",  # what the body said before it was edited
    "reply": "crundlewick",
    "tag": "vellomorse",
    "label": "Thraxipole",
    "company": "Gromblesea",
    "place": "Wexlindor",
    "file": "pimberlots",
    "bytes": "snorvaleth",
    "category": "Ardelquist",
    "description": "felmonique",
    "group": "Yantressol",
}
OF_THE_PLACE = {"category", "description", "group"}
# Said in title, body and reply: what people may look for without knowing any of the words above.
COMMON = "marjoram"
MARKET, KNOWHOW = "SN", "machining"


@dataclass
class Secret:
    """What the doors are asked about."""

    place: Category
    topic: Topic
    fresh: Topic
    first: Post
    reply: Post
    attachment_id: int
    public: Topic  # open to all, and quotes the secret
    author: User
    replier: User

    @property
    def ids(self) -> dict[str, Any]:
        """The names that the addresses of doors use."""
        return {
            "place": self.place.id,
            "topic": self.topic.id,
            "post": self.first.id,
            "reply": self.reply.id,
            "file": self.attachment_id,
            "public": self.public.id,
            "author": self.author.username,
            "replier": self.replier.username,
            "tag": WORDS["tag"],
            "tag_id": session.scalar(select(Tag.id).where(Tag.name == WORDS["tag"])),
            "market": MARKET,
            "knowhow": KNOWHOW,
            "common": COMMON,
        }


def hide(cast: Any, place: Category, *, author: Any, replier: Any, begun_in: Any = None) -> Secret:
    """Put every word somewhere, written by those who may write there.

    `begun_in` is where the topics are begun; `place` is named after words of the secret.
    """
    with transaction():
        vocabulary.load()
    know_anew(cast)
    _name_the_group()
    topic = _topic(cast, begun_in or place, author)
    reply = make_reply(topic, replier, f"I know {COMMON} too, and {WORDS['reply']} beside it.")
    first = session.scalars(select(Post).where(Post.topic_id == topic.id, Post.number == 1)).one()
    _say_better(first, topic, author)
    title = f"Nobody has opened {WORDS['fresh']} so far"
    with clock.stopped(clock.now() - timedelta(hours=1)):
        fresh = make_topic(
            author, begun_in or place, f"Fresh and as yet unread by anyone, {COMMON}.", title=title
        )
    public = _quote(cast, topic, first, author)
    secret = Secret(place, topic, fresh, first, reply, _attach(first), public, author, replier)
    _leave_traces(secret)
    return secret


def make_place(cast: Any, rights: dict[int, int]) -> Category:
    """A category whose name and description are words of the secret."""
    details = Details(
        WORDS["category"],
        WORDS["category"],
        slug="behind-the-door",
        description_fr=WORDS["description"],
        description_en=WORDS["description"],
        kind=opportunities.KIND,
    )
    with transaction():
        return categories.create(details, by=cast.ada, granted=rights)


def know_anew(cast: Any) -> None:
    """Let everyone in the cast know his rights of this moment, as a request would."""
    for person in cast.people:
        person.categories_version = None
        load_rights(person)


def _topic(cast: Any, place: Category, author: Any) -> Topic:
    with transaction():
        tags.create(WORDS["tag"], by=cast.ada, label_fr=WORDS["label"], label_en=WORDS["label"])
    card = Card(
        side="offer",
        kind="business",
        markets=[MARKET],
        knowhow=[KNOWHOW],
        company=WORDS["company"],
        place=WORDS["place"],
    )
    with clock.stopped(clock.now() - timedelta(days=9)), transaction():
        return opportunities.publish(
            card,
            author=author,
            category_id=place.id,
            title=f"A shipment of {WORDS['title']} and {COMMON}",
            raw=f"It began as {WORDS['before']} with some {COMMON} in it.",
            tag_names=[WORDS["tag"]],
        )


def _say_better(first: Post, topic: Topic, author: Any) -> None:
    with clock.stopped(clock.now() - timedelta(days=9) + timedelta(hours=2)), transaction():
        posts.edit(first, topic, by=author, raw=f"It is now {WORDS['body']} with {COMMON} in it.")


def _attach(post: Post) -> int:
    key = storage.put(f"{WORDS['bytes']}\n".encode(), suffix=".txt")
    file = Attachment(
        post_id=post.id,
        file_name=f"{WORDS['file']}.txt",
        mime="text/plain",
        bytes=11,
        key=key,
        created_at=clock.now(),
    )
    with transaction():
        session.add(file)
    return file.id


def _quote(cast: Any, topic: Topic, first: Post, author: Any) -> Topic:
    """A topic for everyone that speaks of the secret as far as the composer lets it."""
    raw = (
        f'[quote="{author.username}, post:{first.number}, topic:{topic.id}"]\nSo it was said.\n'
        f"[/quote]\n\nSee #behind-the-door, @rose, and /t/-/{topic.id} for more of it."
    )
    return make_topic(cast.ada, cast.square, raw, title="Something was said elsewhere")


def _leave_traces(secret: Secret) -> None:
    """What everyone has kept from a time when he saw the topic: a mark, a draft, an alert, a
    notification."""
    moment = clock.now()
    for person in session.scalars(select(User)):
        with transaction():
            mark = session.get(TopicReading, (person.id, secret.topic.id))
            if mark is None:
                mark = TopicReading(
                    user_id=person.id, topic_id=secret.topic.id, first_visited_at=moment,
                    last_visited_at=moment,
                )  # fmt: skip
                session.add(mark)
            mark.level, mark.last_read_number = TRACKING, 1
            session.add(
                Draft(
                    user_id=person.id,
                    key=f"topic_{secret.topic.id}",
                    content='{"raw": "begun"}',
                    updated_at=moment,
                )
            )
            _save_search(person, secret)
            session.execute(
                insert(Notification).values(
                    user_id=person.id,
                    kind=MENTIONED,
                    topic_id=secret.topic.id,
                    post_id=secret.reply.id,
                    post_number=secret.reply.number,
                    actor_id=secret.topic.author_id,
                    created_at=moment,
                )
            )
    with transaction():
        session.add(TopicDay(topic_id=secret.topic.id, day=moment.date(), views=50))
        session.flush()
        scores.rebuild()


def _save_search(person: User, secret: Secret) -> None:
    """An alert that found the reply while its owner saw it, for each of them."""
    moment = clock.now() - timedelta(days=1)
    saved = SavedSearch(
        user_id=person.id,
        name=COMMON,
        asked=f"q={COMMON}",
        frequency=INSTANT,
        channel=PAGE,
        created_at=moment,
        last_run_at=moment,
        looked_at=moment,
    )
    session.add(saved)
    session.flush()
    session.add(
        SearchHit(
            saved_search_id=saved.id,
            topic_id=secret.topic.id,
            post_id=secret.reply.id,
            first_seen_at=clock.now(),
        )
    )


def _name_the_group() -> None:
    with transaction():
        session.scalars(select(Group).where(Group.name == "chess")).one().full_name = WORDS["group"]
