"""A new password, or a new address: both proved by a link in a mail."""

from forum.accounts import passwords, queries
from forum.accounts.models.user import User
from forum.accounts.service import registration, sessions, tokens
from forum.accounts.signals import PasswordChanged
from forum.core.database import session
from forum.core.errors import Invalid
from forum.core.i18n import _
from forum.core.signals import announce


def reset_password(secret: str, *, password: str) -> User:
    """Choose a new password through the link; every session ends and other links die.

    It also confirms the address, and gives a staged author his account.
    """
    user, address = tokens.use(secret, tokens.RESET)
    if user.email != address:
        raise Invalid(_("This link was sent to another address. Ask for a new one."))
    _set_password(user, password)
    user.staged = False
    registration.mark_confirmed(user)
    sessions.end_all(user)
    return user


def change_password(user: User, *, current: str, password: str) -> None:
    """Change one's own password; every other session ends."""
    sessions.check_password(user, current, field="current")
    _set_password(user, password)
    sessions.end_others(user)


def change_email(secret: str) -> User:
    """The link sent to the new address was followed: it is the address from now on."""
    user, address = tokens.use(secret, tokens.CHANGE_EMAIL)
    owner = queries.by_email(address)
    if owner is not None and owner.id != user.id:
        raise Invalid(_("This address has an account by now."))
    user.email = address
    session.add(user)
    tokens.forget(user)
    registration.mark_confirmed(user)
    return user


def _set_password(user: User, password: str) -> None:
    passwords.check(password, about=(user.username, user.name, user.email or ""))
    user.password_hash = passwords.hash_of(password)
    tokens.forget(user)
    announce(PasswordChanged(user_id=user.id))
