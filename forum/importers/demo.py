"""The demo community: loaded once into an empty forum, dated relative to today."""

from dataclasses import dataclass

from sqlalchemy import select

from forum.accounts.models.user import User
from forum.config import config
from forum.core.database import session, transaction
from forum.core.i18n import _
from forum.importers import tallies
from forum.importers.sample import marks, news, people, places, searches, sought, talk
from forum.importers.sample.files import conversations
from forum.importers.sample.talk import Community
from forum.importers.sample.words import Terms
from forum.search import queueing, seeds
from forum.topics import counters
from forum.topics.models.topic import Topic
from forum.vocabulary import service as vocabulary

PASSWORD = people.PASSWORD
SITE_NAME = "Réseau Estuaire"


class NotHere(Exception):
    """The demo does not belong in this forum; the message says why."""


@dataclass(frozen=True)
class SignIn:
    """One of those to sign in as."""

    username: str
    role: str


SIGN_INS = (
    SignIn("maelle.corbinais", "admin"),
    SignIn("thomas.wexley", "moderator"),
    SignIn("ines.querouan", "member, in the cold-chain club"),
    SignIn("youssef.tazarine", "new member"),
)


def load_when_empty() -> list[SignIn]:
    """Fill an empty forum; gives whom to sign in as, if the community is the demo's."""
    if is_empty() and not config().production:
        load()
    return sign_ins()


def sign_ins() -> list[SignIn]:
    """The demo's members to sign in as; none in a forum that is not the demo's."""
    there = set(
        session.scalars(
            select(User.username).where(
                User.username.in_([one.username for one in SIGN_INS]),
                User.email.endswith("@example.org"),
            )
        )
    )
    return [one for one in SIGN_INS if one.username in there]


def is_empty() -> bool:
    """Whether nobody has come and nothing was said yet."""
    somebody = select(User.id).limit(1)
    something = select(Topic.id).limit(1)
    return not session.execute(select(somebody.exists() | something.exists())).scalar_one()


def load() -> None:
    """Write the whole community down in one transaction; raises `NotHere` rather than do harm."""
    if config().production:
        raise NotHere(_("Everyone knows the demo's passwords: it is not for production."))
    with transaction():
        if not is_empty():
            raise NotHere(_("This forum has members or topics: the demo is for an empty one."))
        vocabulary.load()
        seeds.load()
        users, groups = people.settle()
        categories, tags = places.lay_out(groups)
        told = talk.tell(
            [*conversations("topics"), *conversations("opportunities")],
            Community(users, categories, tags, Terms()),
        )
        marks.leave_marks(told, users, [one.username for one in SIGN_INS])
        marks.count_views(told)
        sought.write_down()
        news.spread(told, users, [one.username for one in SIGN_INS])
        searches.save(told, users)
        counters.rebuild()
        standing = tallies.standings(told.topics)
        tallies.recount(told.topics, before=standing)
        queueing.enqueue_posts(*told.post_ids)
