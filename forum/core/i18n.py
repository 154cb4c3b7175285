"""The two languages we speak, usable in and outside a request."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel import Locale
from babel.support import NullTranslations, Translations

LOCALES = ("fr", "en")
_FOLDER = Path(__file__).parent.parent / "translations"
_current: ContextVar[str] = ContextVar("locale", default="fr")


@cache
def _catalogue(locale: str) -> NullTranslations:
    return Translations.load(str(_FOLDER), [locale])


@cache
def _babel(locale: str) -> Locale:
    return Locale.parse(locale)


def current_locale() -> str:
    """The language of what is being written now: fr or en."""
    return _current.get()


def babel_locale() -> Locale:
    """The same as a Babel locale, for dates, numbers and country names."""
    return _babel(_current.get())


def set_locale(locale: str) -> None:
    """Choose the language until the current thread or task says otherwise."""
    _current.set(locale if locale in LOCALES else LOCALES[0])


@contextmanager
def use_locale(locale: str) -> Iterator[None]:
    """Write in a language for a while, as a mail to one member needs."""
    token = _current.set(locale if locale in LOCALES else LOCALES[0])
    try:
        yield
    finally:
        _current.reset(token)


def _(message: str, **values: object) -> str:
    """The message in the current language; values fill its named places."""
    text = _catalogue(_current.get()).ugettext(message)
    return text % values if values else text


def ngettext(singular: str, plural: str, count: int, **values: object) -> str:
    """The form of the message that fits a number, which is also the place `count`."""
    text = _catalogue(_current.get()).ungettext(singular, plural, count)
    return text % {"count": count, **values}


class LazyText:
    """A message that is translated when it is read, for texts declared at import."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __str__(self) -> str:
        return _(self.message)

    def __html__(self) -> str:
        return str(self)


def lazy(message: str) -> LazyText:
    """Declare a text now, translate it when a person reads it."""
    return LazyText(message)
