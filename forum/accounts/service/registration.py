"""Becoming a member. Nobody learns from the answers which addresses have an account."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TypedDict, Unpack

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from forum.accounts import names, passwords, queries, settings
from forum.accounts.models.user import User
from forum.accounts.service import addresses, tokens
from forum.accounts.signals import RegistrationRepeated, UserConfirmed, UserRegistered
from forum.config import config
from forum.core import clock
from forum.core.database import session
from forum.core.errors import Conflict, Invalid, require
from forum.core.i18n import _
from forum.core.signals import announce
from forum.core.text import squeeze


class Details(TypedDict, total=False):
    """What may be known of a new member besides his name and address."""

    name: str
    company: str
    location: str
    languages: str
    locale: str
    trust_level: int


def register(
    *, username: str, email: str, password: str, name: str = "", locale: str = "fr"
) -> User | None:
    """Someone asks for an account, and is mailed a link to confirm the address.

    Gives None when the address has an account; its owner is told by mail, the caller is not.
    """
    require(settings.SIGN_UP_OPEN(), _("This community is not taking new members now."))
    for fault in faults(username=username, email=email, password=password, name=name):
        raise fault
    username, address, name = names.normalize(username), addresses.normalize(email), squeeze(name)
    password_hash = passwords.hash_of(password)  # in both cases, so that they take as long
    owner = queries.by_email(address)
    if owner is None:
        user = _new_user(username, address, password_hash, {"name": name, "locale": locale})
        if _inserted(user):
            announce(UserRegistered(user_id=user.id))
            return user
        owner = queries.by_email(address)  # someone else was quicker, with the name or the address
        if owner is None:
            raise Invalid(_("This username is taken, or looks like one that is."), "username")
    announce(RegistrationRepeated(user_id=owner.id))
    return None


def faults(*, username: str, email: str, password: str, name: str = "") -> Iterator[Invalid]:
    """Everything a sign-up would be refused for, so that it can be mended at once.

    Whether the address has an account is none of it.
    """
    username = names.normalize(username)
    checks: tuple[Callable[[], object], ...] = (
        lambda: check_name(squeeze(name)),
        lambda: names.check(username),
        lambda: _refuse_taken(username),
        lambda: addresses.normalize(email),
        lambda: passwords.check(password, about=(username, name, email)),
    )
    named = set()
    for check in checks:
        try:
            check()
        except Invalid as fault:
            if fault.field not in named:
                named.add(fault.field)
                yield fault


def confirm(secret: str) -> User:
    """The link in the mail was followed."""
    user, address = tokens.use(secret, tokens.CONFIRM)
    if user.email != address:
        raise Invalid(_("This link was sent to another address. Ask for a new one."))
    mark_confirmed(user)
    return user


def mark_confirmed(user: User) -> None:
    """The member has read a mail we sent to his address, which is all we ask for."""
    if user.confirmed_at is None:
        user.confirmed_at = clock.now()
        announce(UserConfirmed(user_id=user.id))


def create_member(
    *,
    username: str,
    email: str,
    password: str | None = None,
    confirmed: bool = True,
    admin: bool = False,
    moderator: bool = False,
    **details: Unpack[Details],
) -> User:
    """An account made by an operator: no limit, no mail, any password, even a reserved name.

    Raises `Invalid` for a name that cannot be one, `Conflict` when name or address is taken.
    """
    username, address = names.normalize(username), addresses.normalize(email)
    names.check_shape(username)
    password_hash = passwords.hash_of(password) if password else None
    user = _new_user(username, address, password_hash, details)
    user.confirmed_at = clock.now() if confirmed else None
    user.is_admin, user.is_moderator = admin, moderator
    if not _inserted(user):
        raise Conflict(_("This username or this address is taken."))
    return user


def forget_unconfirmed() -> None:
    """Free the names and addresses of accounts that nobody confirmed and nobody used."""
    long_ago = clock.now() - timedelta(days=settings.UNCONFIRMED_DAYS())
    session.execute(
        delete(User).where(
            User.confirmed_at.is_(None),
            User.staged.is_(False),
            User.created_at < long_ago,
            User.post_count == 0,
        )
    )


def check_name(name: str) -> None:
    """Refuse a full name that carries markup, an address or control characters."""
    if len(name) > 120:
        raise Invalid(_("Use at most %(count)s characters.", count=120), "name")
    if not name.isprintable() or any(sign in name for sign in "<>@|\u200b") or "://" in name:
        raise Invalid(_("Write the name as people say it, without signs or links."), "name")


def _new_user(username: str, address: str, password_hash: str | None, details: Details) -> User:
    return User(
        username=username,
        username_lower=username.lower(),
        username_skeleton=names.skeleton(username),
        email=address,
        password_hash=password_hash,
        time_zone=config().time_zone,
        created_at=clock.now(),
        **{"locale": config().locale, **details},
    )


def _inserted(user: User) -> bool:
    """Whether name and address were still free: the table decides, not an earlier look at it."""
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError:
        return False
    return True


def _refuse_taken(username: str) -> None:
    if queries.looks_taken(names.skeleton(username)) or queries.group_by_name(username.lower()):
        raise Invalid(_("This username is taken, or looks like one that is."), "username")
