"""Reading people."""

from sqlalchemy import Label, String, cast, func, or_, select

from forum.accounts.models.group import Group, Membership
from forum.accounts.models.token import UserSession, digest
from forum.accounts.models.user import User
from forum.core import clock
from forum.core.database import session
from forum.core.errors import NotFound
from forum.core.versions import number_of


def recognise(secret: str) -> User | None:
    """The member whose session this is, with the groups he is in, in one statement."""
    row = session.execute(
        select(User, UserSession, _made_groups(), number_of("categories").label("categories"))
        .join(UserSession, UserSession.user_id == User.id)
        .where(UserSession.digest == digest(secret), UserSession.expires_at > clock.now())
    ).first()
    if row is None or is_suspended(row.User):
        return None
    user: User = row.User
    user.session, user.session_secret = row.UserSession, secret
    user.made_group_ids = _ids(row.made_groups)
    user.categories_version = row.categories
    return user


def with_groups(user: User) -> User:
    """The user, knowing which made groups he is in."""
    user.made_group_ids = frozenset(
        session.scalars(select(Membership.group_id).where(Membership.user_id == user.id))
    )
    return user


def _made_groups() -> Label[str]:
    return (
        select(func.aggregate_strings(cast(Membership.group_id, String), ","))
        .where(Membership.user_id == User.id)
        .scalar_subquery()
        .label("made_groups")
    )


def _ids(text: str | None) -> frozenset[int]:
    return frozenset(int(part) for part in text.split(",")) if text else frozenset()


def is_suspended(user: User) -> bool:
    """Whether the account is closed for now."""
    return user.suspended_until is not None and user.suspended_until > clock.now()


def find(user_id: int) -> User | None:
    """A user by id."""
    return session.get(User, user_id)


def by_username(username: str) -> User | None:
    """A user by name, whatever the case."""
    return session.scalar(select(User).where(User.username_lower == username.lower()))


def get_by_username(username: str) -> User:
    """The same, insisting."""
    user = by_username(username)
    if user is None:
        raise NotFound
    return user


def by_login(login: str) -> User | None:
    """A user by e-mail address or username, whatever the case."""
    wanted = login.strip().lower()
    return session.scalar(
        select(User).where(
            or_(User.username_lower == wanted, func.lower(User.email) == wanted),
            User.staged.is_(False),
        )
    )


def by_ids(user_ids: set[int]) -> dict[int, User]:
    """Several users at once, by id."""
    if not user_ids:
        return {}
    rows = session.scalars(select(User).where(User.id.in_(user_ids)))
    return {user.id: user for user in rows}


def paths_by_username(usernames: set[str]) -> dict[str, str]:
    """Where mentioned members live: lower-case username to path; unknown names are absent."""
    if not usernames:
        return {}
    rows = session.execute(
        select(User.username_lower, User.username).where(
            User.username_lower.in_({name.lower() for name in usernames})
        )
    )
    return {row.username_lower: f"/u/{row.username}" for row in rows}


def groups() -> list[Group]:
    """All groups, automatic ones first."""
    return list(session.scalars(select(Group).order_by(Group.id)))


def group_by_name(name: str) -> Group | None:
    """A group by name."""
    return session.scalar(select(Group).where(Group.name == name))
