"""Accounts for the authors of an archive: staged, without address or password, never mailed."""

from collections.abc import Iterable

from sqlalchemy import func, insert, select

from forum.accounts import names
from forum.accounts.models.group import Group
from forum.accounts.models.user import User
from forum.config import config
from forum.core import clock
from forum.core.database import session
from forum.core.text import squeeze
from forum.importers.models import ImportedAuthor
from forum.importers.rendered import Author

LONGEST_NAME = 120
LONGEST_KEY = 254
_NOT_IN_NAMES = str.maketrans("", "", '<>@|\u200b"')


def accounts_of(authors: Iterable[Author]) -> tuple[dict[str, int], int]:
    """The user id behind each author's key, and how many accounts were made for them.

    An address that a member has confirmed is that member; whoever else wrote gets a staged account.
    """
    wanted: dict[str, Author] = {}
    for author in authors:
        wanted.setdefault(author.key, author)
    found = _known(list(wanted))
    members = _members([key for key in wanted if key not in found])
    strangers = [author for key, author in wanted.items() if key not in found | members]
    made = _stage(strangers)
    links = [{"key": key, "user_id": user_id} for key, user_id in (members | made).items()]
    if links:
        session.execute(insert(ImportedAuthor), links)
    return found | members | made, len(made)


def shown_name(name: str) -> str:
    """A name as people say it: no markup, no address, nothing that cannot be printed."""
    printable = "".join(letter for letter in name if letter.isprintable() or letter.isspace())
    return squeeze(printable.translate(_NOT_IN_NAMES).strip(" '()"))[:LONGEST_NAME].strip()


def _known(keys: list[str]) -> dict[str, int]:
    rows = session.execute(
        select(ImportedAuthor.key, ImportedAuthor.user_id).where(ImportedAuthor.key.in_(keys))
    )
    return {row.key: row.user_id for row in rows}


def _members(keys: list[str]) -> dict[str, int]:
    rows = session.execute(
        select(User.email, User.id).where(
            User.email.in_([key for key in keys if "@" in key]),
            User.confirmed_at.is_not(None),
        )
    )
    return {row.email: row.id for row in rows}


def _stage(authors: list[Author]) -> dict[str, int]:
    if not authors:
        return {}
    taken = _taken()
    moment = clock.now()
    rows = []
    for author in authors:
        name = shown_name(author.name)
        username = names.unique_username("author" if names.is_reserved(name) else name, taken)
        rows.append(
            {
                "username": username,
                "username_lower": username.lower(),
                "username_skeleton": names.skeleton(username),
                "name": name,
                "staged": True,
                "locale": config().locale,
                "time_zone": config().time_zone,
                "created_at": moment,
            }
        )
    ids = session.scalars(insert(User).returning(User.id, sort_by_parameter_order=True), rows)
    return {author.key: user_id for author, user_id in zip(authors, ids, strict=True)}


def _taken() -> set[str]:
    """What no new name may look like: the names of all accounts and groups."""
    looks = set(session.scalars(select(User.username_skeleton)))
    return looks | {
        names.skeleton(name) for name in session.scalars(select(func.lower(Group.name)))
    }
