"""A square with something to talk about, for browsers to open: one topic per journey."""

from forum.accounts.models.group import EVERYONE, MEMBERS
from forum.categories import service as categories
from forum.categories.models import CREATE, SEE
from forum.categories.queries import load_rights
from forum.categories.service import Details
from forum.core.database import transaction
from forum.opportunities import service as opportunities
from forum.opportunities.service import KIND, Card
from forum.topics.service import posts, topics
from forum.vocabulary import service as vocabulary
from tests.cast import Cast, assemble

# Title of a topic to how many posts it has.
TOPICS = {
    "Arrivals: who sees a reply appear": 14,
    "Changes: likes, edits and deletions": 6,
    "Lists: rows that move up": 2,
    "Drafts: what survives a reload": 2,
    "Twice: publishing without patience": 2,
    "Keyboard: answering without a mouse": 4,
    "Phone: answering with a thumb": 3,
    "Offline: the connection drops": 2,
    "Reading: what has been on screen": 5,
    "Conflict: two edit the same post": 3,
    "Closing: no more replies": 2,
    "Long: many pages of posts": 60,
    "Finding: what is new is found": 2,
    "Meanwhile: a reply comes while one writes": 2,
}
LONG_WORD = "Wagenlieferung" * 10


def fill() -> None:
    """The cast, every topic with its posts, Rose and Otto taking turns, and an offer of Rose's."""
    cast = assemble()
    for title, count in TOPICS.items():
        _talk(cast, title, count)
    _offer(cast)


def _talk(cast: Cast, title: str, count: int) -> None:
    with transaction():
        topic = topics.create(
            author=cast.rose,
            category_id=cast.square.id,
            title=title,
            raw=f"This is where the talk begins: {title}. Everyone may answer as they like.",
            lang="en",
        )
    for number in range(2, count + 1):
        author = cast.otto if number % 2 == 0 else cast.rose
        with transaction():
            posts.reply(
                topic,
                author=author,
                raw=f"Post {number} of “{title}”.\n\nA second paragraph to give it some height.",
            )


def _offer(cast: Cast) -> None:
    """An opportunity that says everything in one word."""
    with transaction():
        vocabulary.load()
        details = Details("Port", "Harbour", slug="harbour", kind=KIND)
        harbour = categories.create(details, by=cast.ada, granted={EVERYONE: SEE, MEMBERS: CREATE})
    cast.rose.categories_version = None
    load_rights(cast.rose)
    card = Card("offer", "business", ["SN"], ["machining"], company=LONG_WORD, place=LONG_WORD)
    with transaction():
        opportunities.publish(
            card,
            author=cast.rose,
            category_id=harbour.id,
            title=LONG_WORD,
            raw="A wall moves. " * 3,
        )


def address(title: str) -> str:
    """Where the topic that begins with a word is: `address("Drafts")`."""
    number = next(n for n, known in enumerate(TOPICS, 1) if known.startswith(title))
    return f"/t/-/{number}"
