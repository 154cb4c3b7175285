"""People by doors: who finds which words of a secret topic, at every door of the house.

Each scene puts a topic with a word of its own in every field somewhere. Whoever may not know it
must not find one word at any door; and whoever may must find at each door the words it is there
to tell, else the table would prove nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import Any

import pytest

from forum.accounts import queries as accounts
from forum.accounts.models.group import EVERYONE, MEMBERS, STAFF
from forum.accounts.service import groups, sanctions, sessions
from forum.categories import service as categories
from forum.categories.models import CREATE, SEE
from forum.core import clock
from forum.core.database import transaction
from forum.topics.service import posts, states, topics
from tests.cast import CHESS_GROUP_ID
from tests.doors import doors
from tests.doors.doors import DOORS, Caller, Door
from tests.doors.secrets import OF_THE_PLACE, WORDS, Secret, hide, know_anew, make_place

EVERYBODY = "guest una silas otto rose max ada"
CANNOT_WRITE = {"guest", "una", "silas"}
OPEN = {EVERYONE: SEE, MEMBERS: CREATE}
CLUB = {CHESS_GROUP_ID: CREATE}
OF_THE_TOPIC = frozenset(WORDS) - OF_THE_PLACE - {"group"}
OF_BOTH = frozenset(WORDS) - {"group"}
# A link that was cooked while a place was open to all keeps the name that the place had then.
BUT_ITS_NAME = OF_BOTH - {"category"}


@dataclass(frozen=True)
class Scene:
    """A place for the secret. `sees`: who may know it by its address; `lists`: who finds it
    listed, counted and searched; `before` happens after the secret was made and opened."""

    name: str
    arrange: Callable[[Any], Secret]
    people: str
    sees: str
    lists: str
    then: Callable[[Any, Secret], None] | None = None
    words: frozenset[str] = OF_BOTH
    answerable: bool = True


def in_the_club(cast: Any) -> Secret:
    return hide(cast, make_place(cast, CLUB), author=cast.rose, replier=cast.ada)


def in_the_staff_room(cast: Any) -> Secret:
    return hide(cast, make_place(cast, {STAFF: CREATE}), author=cast.ada, replier=cast.max)


def in_the_open(cast: Any) -> Secret:
    return hide(cast, make_place(cast, OPEN), author=cast.otto, replier=cast.rose)


def in_the_square(cast: Any) -> Secret:
    place = make_place(cast, CLUB)
    return hide(cast, place, author=cast.otto, replier=cast.rose, begun_in=cast.square)


def move(cast: Any, secret: Secret) -> None:
    for topic in (secret.topic, secret.fresh):
        topics.change(topic, by=cast.ada, category_id=secret.place.id)


def close_place(cast: Any, secret: Secret) -> None:
    categories.set_rights(secret.place, CLUB, by=cast.ada)


def delete(cast: Any, secret: Secret) -> None:
    for topic in (secret.topic, secret.fresh):
        topics.remove(topic, by=cast.ada)


def delete_reply(cast: Any, secret: Secret) -> None:
    posts.remove(secret.reply, secret.topic, by=cast.ada)


def unlist(cast: Any, secret: Secret) -> None:
    for topic in (secret.topic, secret.fresh):
        states.unlist(topic, by=cast.ada)


def expel(cast: Any, _secret: Secret) -> None:
    groups.remove(accounts.group_by_name("chess"), cast.rose, by=cast.ada)


def suspend(cast: Any, _secret: Secret) -> None:
    until = clock.now() + timedelta(days=3)
    with transaction():
        sanctions.set_trust_level(cast.rose, 1, by=cast.ada)
    sanctions.suspend(cast.rose, until=until, reason="Quarrels", by=cast.ada)


def sign_out(cast: Any, _secret: Secret) -> None:
    sessions.end_all(cast.rose)


SCENES = [
    Scene("a club", in_the_club, EVERYBODY, sees="rose ada", lists="rose ada"),
    Scene("the staff room", in_the_staff_room, "guest rose max ada", sees="max ada", lists="max ada"),
    Scene("the open", in_the_open, "guest una ada", sees=EVERYBODY, lists=EVERYBODY),
    Scene("a topic that moves into a club", in_the_square, "guest otto max rose",
          sees="rose ada", lists="rose ada", then=move),
    Scene("a category that is closed", in_the_open, "guest otto max rose",
          sees="rose ada", lists="rose ada", then=close_place, words=BUT_ITS_NAME),
    Scene("a deleted topic", in_the_open, "guest otto rose max",
          sees="max ada", lists="", then=delete, words=OF_THE_TOPIC, answerable=False),
    Scene("a deleted reply", in_the_open, "guest otto rose max",
          sees="rose max ada", lists="", then=delete_reply, words=frozenset({"reply"})),
    Scene("an unlisted topic", in_the_open, "guest otto rose max",
          sees=EVERYBODY, lists="max ada", then=unlist, words=OF_THE_TOPIC),
    Scene("a member who left the club", in_the_club, "rose ada", sees="ada", lists="ada", then=expel),
    Scene("a member who is suspended", in_the_club, "rose ada", sees="ada", lists="ada", then=suspend),
    Scene("a member who signed out", in_the_club, "rose ada", sees="ada", lists="ada", then=sign_out),
]  # fmt: skip


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_nobody_finds_more_than_he_may_and_nobody_less(scene, cast, callers, catch_up):
    secret = scene.arrange(cast)
    people = callers(scene.people)
    if scene.then is not None:
        know_anew(cast)
        catch_up()
        # A guest has been everywhere already, so that whatever is kept for the next one is stale.
        (guest,) = callers("guest")
        for door in DOORS if "guest" in scene.people else ():
            door.knock(guest, secret)
        with transaction():
            scene.then(cast, secret)
    catch_up()

    found = {
        (door, caller): words_behind(door, caller, secret) for door in DOORS for caller in people
    }

    assert report(leaks(scene, *key, words) for key, words in found.items()) == ""
    assert report(missing(scene, *key, words, secret) for key, words in found.items()) == ""


def report(faults: Iterable[list[str]]) -> str:
    """One line a fault."""
    return "\n".join(chain.from_iterable(faults))


def words_behind(door: Door, caller: Caller, secret: Secret) -> frozenset[str]:
    """The fields whose words are heard, in whatever case or slug they stand."""
    heard = door.knock(caller, secret).lower()
    return frozenset(field for field, word in WORDS.items() if word.lower() in heard)


def leaks(scene: Scene, door: Door, caller: Caller, words: frozenset[str]) -> list[str]:
    if caller.name in (scene.lists if door.listing else scene.sees).split():
        return []
    told = (words & scene.words) - {door.typed}
    return [f"{door.name}: {caller.name} finds {word}" for word in told]


def missing(
    scene: Scene, door: Door, caller: Caller, words: frozenset[str], secret: Secret
) -> list[str]:
    if caller.name not in (scene.lists if door.listing else scene.sees).split():
        return []
    if not is_for(door, caller, scene, secret):
        return []
    lost = (door.tells & scene.words) - words
    return [f"{door.name}: {caller.name} does not find {word}" for word in lost]


def is_for(door: Door, caller: Caller, scene: Scene, secret: Secret) -> bool:
    """Whether a door that is only for some is for this caller."""
    name, author = caller.name, secret.author.username
    return {
        "": True,
        doors.MEMBERS: name != "guest",
        doors.NOT_THE_AUTHOR: name not in ("guest", author),
        # Otto's time to edit is over by then; Rose, who is trusted, has a month.
        doors.AUTHOR: name in ("max", "ada") or name == author == "rose",
        doors.WRITERS: name not in CANNOT_WRITE and (scene.answerable or door.listing),
        doors.STAFF: name in ("max", "ada"),
    }[door.only]
