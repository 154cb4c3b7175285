"""Mails about accounts, and what is forgotten with time."""

from forum.accounts import mailer, queries
from forum.accounts.models.user import User
from forum.accounts.service import registration, sessions, tokens
from forum.core.database import transaction
from forum.core.jobs import every, job


@job
def mail_confirmation(user_id: int) -> None:
    """Send a new member the link that confirms the address."""
    user = queries.find(user_id)
    if user is not None and user.confirmed_at is None and user.email:
        mailer.confirmation(user, _link_for(user, tokens.CONFIRM))


@job
def mail_already_member(user_id: int) -> None:
    """Tell the owner of an address that someone signed up with it."""
    user = queries.find(user_id)
    if user is not None and user.email:
        mailer.already_member(user, _link_for(user, tokens.RESET))


@job
def mail_welcome(user_id: int) -> None:
    """Greet a member whose account is ready."""
    user = queries.find(user_id)
    if user is not None and user.email:
        mailer.welcome(user)


@job
def mail_confirmation_again(email: str) -> None:
    """Send the link once more, when the address waits for it."""
    user = queries.by_email(email)
    if user is not None and user.confirmed_at is None and not user.staged:
        mailer.confirmation(user, _link_for(user, tokens.CONFIRM))


@job
def mail_password_reset(login: str) -> None:
    """Send the link to a new password, when there is such a member.

    The name is looked up here and not in the request, whose time would tell whether it exists.
    """
    user = queries.by_login(login)
    if user is not None and user.email:
        mailer.password_reset(user, _link_for(user, tokens.RESET))


@job
def mail_password_changed(user_id: int) -> None:
    """Tell a member that the password was changed."""
    user = queries.find(user_id)
    if user is not None and user.email:
        mailer.password_changed(user)


@job
def mail_email_change(user_id: int, email: str) -> None:
    """Ask the new address for a confirmation, and tell the present one."""
    user = queries.find(user_id)
    if user is None or user.email == email:
        return
    owner = queries.by_email(email)
    if owner is not None:
        mailer.email_taken(owner)
    else:
        mailer.email_change(user, email, _link_for(user, tokens.CHANGE_EMAIL, email))
    if user.email:
        mailer.email_change_notice(user, email)


@job
def mail_silenced(user_id: int) -> None:
    """Tell a member that he may only read for a while."""
    user = queries.find(user_id)
    if user is not None and user.email and user.silenced_until:
        mailer.silenced(user)


@job
def mail_suspended(user_id: int) -> None:
    """Tell a member that he may not come in for a while."""
    user = queries.find(user_id)
    if user is not None and user.email and user.suspended_until:
        mailer.suspended(user)


@every(minutes=60)
def forget_expired() -> None:
    """Remove sessions and links that have ended, and accounts that were never confirmed."""
    with transaction():
        sessions.forget_expired()
        tokens.forget_expired()
        registration.forget_unconfirmed()


def _link_for(user: User, purpose: str, email: str | None = None) -> str:
    with transaction():
        return tokens.issue(user, purpose, email=email)
