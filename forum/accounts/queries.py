"""Reading people."""

from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Label,
    Select,
    String,
    and_,
    bindparam,
    cast,
    exists,
    func,
    or_,
    select,
)

from forum.accounts import policies, settings
from forum.accounts.models import group as automatic
from forum.accounts.models.group import Group, Membership
from forum.accounts.models.token import OneTimeToken, UserSession, digest
from forum.accounts.models.user import User
from forum.accounts.policies import Viewer
from forum.core import clock, versions
from forum.core.database import session
from forum.core.errors import NotFound
from forum.core.paging import Page, page


def recognise(secret: str) -> User | None:
    """The member whose session this is, with the groups he is in, in one statement."""
    row = session.execute(_signed_in(), {"digest": digest(secret), "now": clock.now()}).first()
    if row is None or policies.is_suspended(row.User):
        return None
    user: User = row.User
    user.own_session, user.session_secret = row.UserSession, secret
    user.made_group_ids = _ids(row.made_groups)
    user.categories_version = versions.remember(row.versions).get("categories", 0)
    return user


@cache
def _signed_in() -> Select[Any]:
    statement: Any = (
        select(User, UserSession, _made_groups(), versions.written().label("versions"))
        .join(UserSession, UserSession.user_id == User.id)
        .where(UserSession.digest == bindparam("digest"), UserSession.expires_at > bindparam("now"))
    )
    return statement


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


def find(user_id: int) -> User | None:
    """A user by id."""
    return session.get(User, user_id)


def get(user_id: int) -> User:
    """The same, insisting."""
    user = find(user_id)
    if user is None:
        raise NotFound
    return user


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
            or_(User.username_lower == wanted, User.email == wanted),
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


def visible(viewer: Viewer, username: str) -> User:
    """The user behind a profile, or `NotFound` when absent or not to be seen yet."""
    user = session.scalar(
        select(User).where(User.username_lower == username.lower(), policies.visible_to(viewer))
    )
    if user is None:
        raise NotFound
    return user


def by_email(email: str) -> User | None:
    """Whose address this is, staged authors included. Addresses are kept in lower case."""
    return session.scalar(select(User).where(User.email == email))


def looks_taken(skeleton: str) -> bool:
    """Whether a name exists that looks the same."""
    return bool(session.scalar(select(exists().where(User.username_skeleton == skeleton))))


def wears_avatar(key: str) -> bool:
    """Whether anyone shows this picture; two members may have the same."""
    return bool(session.scalar(select(exists().where(User.avatar_key == key))))


def directory(search: str = "", *, by_posts: bool = False, after: str | None = None) -> Page:
    """Members by name, or the most active first."""
    statement = select(User).where(policies.listed(), _named(search))
    order = (User.post_count.desc(), User.id.desc()) if by_posts else (User.username_lower.asc(),)
    return page(statement, *order, after=after, size=settings.MEMBERS_PER_PAGE())


def everyone(search: str = "", *, after: str | None = None) -> Page:
    """All accounts for staff, newest first; e-mail addresses are searched too."""
    found = or_(_named(search), User.email.contains(search.strip().lower(), autoescape=True))
    statement = select(User).where(found if search.strip() else _named(""))
    return page(statement, User.id.desc(), after=after, size=settings.MEMBERS_PER_PAGE())


def sessions_of(user: User) -> list[UserSession]:
    """Where a member is signed in, the latest visit first."""
    rows = select(UserSession).where(
        UserSession.user_id == user.id, UserSession.expires_at > clock.now()
    )
    return list(session.scalars(rows.order_by(UserSession.last_seen_at.desc())))


def holder(secret: str, purpose: str) -> User | None:
    """Whom an unused link belongs to; None when it has expired or was used."""
    return session.scalar(
        select(User)
        .join(OneTimeToken, OneTimeToken.user_id == User.id)
        .where(
            OneTimeToken.digest == digest(secret),
            OneTimeToken.purpose == purpose,
            OneTimeToken.used_at.is_(None),
            OneTimeToken.expires_at > clock.now(),
        )
    )


def groups() -> list[Group]:
    """All groups, automatic ones first."""
    return list(session.scalars(select(Group).order_by(Group.id)))


def visible_groups(viewer: Viewer) -> list[Group]:
    """The groups a viewer may know of, automatic ones first."""
    found = select(Group).where(policies.groups_visible_to(viewer)).order_by(Group.id)
    return list(session.scalars(found))


def group_by_name(name: str) -> Group | None:
    """A group by name."""
    return session.scalar(select(Group).where(Group.name == name))


def visible_group(viewer: Viewer, name: str) -> Group:
    """A group by name, or `NotFound` when absent or secret."""
    group = group_by_name(name)
    if group is None or not policies.can_see_group(viewer, group):
        raise NotFound
    return group


def made_groups_of(viewer: Viewer, user: User) -> list[Group]:
    """The made groups a member is in, as far as the viewer may know."""
    return list(
        session.scalars(
            select(Group)
            .join(Membership, Membership.group_id == Group.id)
            .where(Membership.user_id == user.id, policies.groups_visible_to(viewer))
            .order_by(Group.name)
        )
    )


def members_of(group: Group, *, after: str | None = None) -> Page:
    """Who is in a group, by name."""
    statement = select(User).where(_belongs_to(group))
    return page(statement, User.username_lower.asc(), after=after, size=settings.MEMBERS_PER_PAGE())


def ids_of_members(group: Group) -> Select[int]:
    """A statement of who is in a group, for other statements."""
    return select(User.id).where(_belongs_to(group))


def member_counts() -> dict[int, int]:
    """Group id to number of members, for made groups."""
    rows = session.execute(select(Membership.group_id, func.count()).group_by(Membership.group_id))
    return {row[0]: row[1] for row in rows}


def _named(search: str) -> ColumnElement[bool]:
    wanted = search.strip().lower()
    return or_(
        User.username_lower.contains(wanted, autoescape=True),
        func.lower(User.name).contains(wanted, autoescape=True),
        func.lower(User.company).contains(wanted, autoescape=True),
    )


def _belongs_to(group: Group) -> ColumnElement[bool]:
    if not group.automatic:
        return User.id.in_(select(Membership.user_id).where(Membership.group_id == group.id))
    rules: dict[int, ColumnElement[bool]] = {
        automatic.ADMINS: User.is_admin.is_(True),
        automatic.MODERATORS: User.is_moderator.is_(True),
        automatic.STAFF: or_(User.is_admin, User.is_moderator),
    }
    level = group.id - automatic.TRUST_LEVEL_0
    return and_(policies.listed(), rules.get(group.id, User.trust_level >= max(level, 0)))
