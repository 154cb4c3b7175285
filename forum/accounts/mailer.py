"""The mails about an account, each in the language of whoever receives it."""

from forum.accounts import settings
from forum.accounts.models.user import User
from forum.config import config
from forum.core import mail
from forum.core.i18n import _, use_locale
from forum.web import letters


def confirmation(user: User, secret: str) -> None:
    """The link that confirms the address of a new member."""
    with use_locale(user.locale):
        subject = _("Confirm your address for %(site)s", site=config().site_name)
        link = _link("/signup/confirm", secret)
        _send(user, subject, "confirm", link=link, hours=settings.CONFIRM_HOURS())


def already_member(user: User, secret: str) -> None:
    """Someone, most likely the owner, signed up with an address that has an account."""
    with use_locale(user.locale):
        subject = _("You already have an account at %(site)s", site=config().site_name)
        link = _link("/password-reset", secret)
        _send(user, subject, "already_member", link=link, hours=settings.RESET_HOURS())


def welcome(user: User) -> None:
    """The account is ready."""
    with use_locale(user.locale):
        subject = _("Welcome to %(site)s", site=config().site_name)
        _send(user, subject, "welcome", link=config().base_url + "/")


def password_reset(user: User, secret: str) -> None:
    """The link to a new password."""
    with use_locale(user.locale):
        subject = _("Choose a new password for %(site)s", site=config().site_name)
        link = _link("/password-reset", secret)
        _send(user, subject, "password_reset", link=link, hours=settings.RESET_HOURS())


def password_changed(user: User) -> None:
    """A notice, so that a stranger's change does not go unseen."""
    with use_locale(user.locale):
        subject = _("Your password for %(site)s was changed", site=config().site_name)
        link = config().base_url + "/password-reset"
        _send(user, subject, "password_changed", link=link)


def email_change(user: User, email: str, secret: str) -> None:
    """The link, to the new address, that makes it the member's."""
    with use_locale(user.locale):
        subject = _("Confirm your new address for %(site)s", site=config().site_name)
        link = _link("/preferences/email", secret)
        hours = settings.CONFIRM_HOURS()
        _send(user, subject, "email_change", to=email, link=link, hours=hours)


def email_change_notice(user: User, email: str) -> None:
    """A notice to the present address that another one was asked for."""
    with use_locale(user.locale):
        subject = _("Your address for %(site)s is about to change", site=config().site_name)
        link = config().base_url + "/password-reset"
        _send(user, subject, "email_change_notice", email=email, link=link)


def email_taken(owner: User) -> None:
    """Someone asked to move an account to an address that has one."""
    with use_locale(owner.locale):
        subject = _("Your address is in use at %(site)s", site=config().site_name)
        _send(owner, subject, "email_taken", link=config().base_url + "/password-reset")


def silenced(user: User) -> None:
    """The member may only read until a day, and why."""
    with use_locale(user.locale):
        subject = _("You cannot write at %(site)s for now", site=config().site_name)
        _send(user, subject, "silenced", until=user.silenced_until, reason=user.silence_reason)


def suspended(user: User) -> None:
    """The member may not come in until a day, and why."""
    with use_locale(user.locale):
        subject = _("Your account at %(site)s is suspended", site=config().site_name)
        _send(user, subject, "suspended", until=user.suspended_until, reason=user.suspension_reason)


def _send(user: User, subject: str, name: str, *, to: str | None = None, **known: object) -> None:
    known |= {"user": user, "subject": subject, "locale": user.locale}
    parts = letters.drawn(f"accounts/mail/{name}", **known)
    mail.send(to=to or user.email or "", subject=subject, **parts)


def _link(path: str, secret: str) -> str:
    # From the configuration only: what a request says of its host is anyone's word.
    return f"{config().base_url}{path}/{secret}"
