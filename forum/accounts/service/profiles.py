"""How members present themselves, and how they like their pages."""

from zoneinfo import available_timezones

from forum.accounts import settings
from forum.accounts.models.user import User
from forum.accounts.service import changes
from forum.accounts.service.registration import check_name
from forum.config import config
from forum.core.errors import Invalid
from forum.core.i18n import LOCALES, _
from forum.core.markup.context import Context
from forum.core.markup.markdown import cook
from forum.core.text import squeeze

THEMES = ("light", "dark", "auto")


def edit(
    user: User, *, name: str, company: str, location: str, languages: list[str], bio: str
) -> None:
    """Change what others read about a member."""
    name = squeeze(name)
    check_name(name)
    if len(bio) > settings.MAX_BIO():
        raise Invalid(_("Use at most %(count)s characters.", count=settings.MAX_BIO()), "bio")
    user.name, user.company, user.location = name, squeeze(company), squeeze(location)
    user.languages = ",".join(dict.fromkeys(languages))
    write_bio(user, bio)
    changes.tell(user)


def write_bio(user: User, raw: str) -> None:
    """Keep a presentation as typed and as shown."""
    user.bio_raw = raw.strip()
    context = Context(footnote_prefix=f"u{user.id or 0}", base_url=config().base_url)
    user.bio_cooked = cook(user.bio_raw, context).html if user.bio_raw else ""


def choose_interface(
    user: User, *, locale: str, theme: str, time_zone: str, shortcuts: bool
) -> None:
    """Change how pages look to a member."""
    if time_zone not in available_timezones():
        raise Invalid(_("Choose a time zone from the list."), "time_zone")
    choose_locale(user, locale)
    choose_theme(user, theme)
    user.time_zone, user.shortcuts = time_zone, shortcuts


def choose_locale(user: User, locale: str) -> None:
    """Read pages and mails in this language."""
    if locale not in LOCALES:
        raise Invalid(_("Choose French or English."), "locale")
    user.locale = locale


def choose_theme(user: User, theme: str) -> None:
    """Read on light or dark ground, or as the device says."""
    check_theme(theme)
    user.theme = theme


def check_theme(theme: str) -> None:
    """Refuse a theme that does not exist."""
    if theme not in THEMES:
        raise Invalid(_("Choose light, dark or as the device."), "theme")
