"""The base of every form, and protection against requests forged by other sites."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect

from forum.core.i18n import _, ngettext

csrf = CSRFProtect()


class _Catalogue:
    """WTForms' own messages, in our catalogue."""

    def gettext(self, message: str) -> str:
        return _(message)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return ngettext(singular, plural, count)


class Form(FlaskForm):
    """A form whose messages follow the page's language."""

    class Meta(FlaskForm.Meta):
        # The token is checked once for the whole request, by `csrf`, before the view runs.
        csrf = False

        def get_translations(self, form: Any) -> _Catalogue:
            return _Catalogue()


def page_cursor() -> str | None:
    """The place in a list that the address asks for."""
    return request.args.get("after") or None
