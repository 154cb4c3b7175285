"""The people and places that tests speak of."""

from dataclasses import dataclass, fields
from datetime import timedelta
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import insert

from forum.accounts.guest import Guest
from forum.accounts.models.group import (
    AUTOMATIC,
    EVERYONE,
    FIRST_MADE_ID,
    MEMBERS,
    STAFF,
    Group,
    Membership,
)
from forum.accounts.models.user import User
from forum.categories.models import CREATE, SEE, Category, CategoryGroup
from forum.categories.queries import load_rights
from forum.core import clock, versions
from forum.core.database import session, transaction

PASSWORD = "a long sentence for the door"
CHESS_GROUP_ID = FIRST_MADE_ID


@dataclass
class Cast:
    """Ada is admin, Max moderator, Rose a trusted member in the chess club, Nina new, Silas
    silenced, Otto an ordinary member outside the club; the guest has no account."""

    ada: User
    max: User
    rose: User
    nina: User
    silas: User
    otto: User
    guest: Guest
    square: Category  # everyone sees, members write
    staff_room: Category  # staff only
    chess_club: Category  # the group `chess` only

    def person(self, name: str) -> Any:
        """Someone by name, for tables of people."""
        return getattr(self, name)

    @property
    def people(self) -> list[Any]:
        """Everyone, the guest too."""
        found = [getattr(self, field.name) for field in fields(self)]
        return [someone for someone in found if isinstance(someone, User | Guest)]


def assemble() -> Cast:
    """Put everyone in place, in an empty database."""
    with transaction():
        moment = clock.now() - timedelta(days=60)
        session.execute(
            insert(Group),
            [
                {"id": i, "name": name, "automatic": True, "created_at": moment, "full_name": ""}
                for i, name in AUTOMATIC.items()
            ],
        )
        session.add(Group(id=CHESS_GROUP_ID, name="chess", full_name="Chess", created_at=moment))
        people = {
            "ada": _person("ada", trust_level=4, is_admin=True),
            "max": _person("max", trust_level=3, is_moderator=True),
            "rose": _person("rose", trust_level=3),
            "nina": _person("nina", trust_level=0),
            "silas": _person("silas", trust_level=1, silenced_until=clock.now() + timedelta(9)),
            "otto": _person("otto", trust_level=1),
        }
        session.add_all(people.values())
        session.flush()
        session.add(
            Membership(group_id=CHESS_GROUP_ID, user_id=people["rose"].id, created_at=moment)
        )
        square = _place("square", 1, {EVERYONE: SEE, MEMBERS: CREATE})
        staff_room = _place("staff-room", 2, {STAFF: CREATE})
        chess_club = _place("chess-club", 3, {CHESS_GROUP_ID: CREATE})
        versions.step("categories")
    people["rose"].made_group_ids = frozenset({CHESS_GROUP_ID})
    guest = Guest()
    for someone in [*people.values(), guest]:
        someone.categories_version = None
        load_rights(someone)
    return Cast(**people, guest=guest, square=square, staff_room=staff_room, chess_club=chess_club)


def _person(username: str, **more: Any) -> User:
    moment = clock.now() - timedelta(days=60)
    return User(
        username=username,
        username_lower=username,
        username_skeleton=username,
        name=username.title(),
        email=f"{username}@example.org",
        password_hash=_hashed_password(),
        confirmed_at=moment,
        created_at=moment,
        locale="en",
        **more,
    )


def _place(slug: str, hue: int, rights: dict[int, int]) -> Category:
    name = slug.replace("-", " ").capitalize()
    category = Category(
        slug=slug,
        name_fr=name,
        name_en=name,
        hue=hue,
        position=hue,
        lang="both",
        private=EVERYONE not in rights,
        created_at=clock.now(),
    )
    session.add(category)
    session.flush()
    session.add_all(
        CategoryGroup(category_id=category.id, group_id=group, level=level)
        for group, level in rights.items()
    )
    session.flush()
    return category


@cache
def _hashed_password() -> str:
    return PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
