"""The base of every form, and protection against requests forged by other sites."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect
from wtforms.validators import ValidationError

from forum.core.errors import Invalid, Refusal
from forum.core.i18n import _, lazy

csrf = CSRFProtect()

# What WTForms may say to a member, named here so that it is translated with the rest.
WTFORMS_MESSAGES = (
    lazy("Not a valid choice."),
    lazy("Not a valid integer value."),
    lazy("Invalid Choice: could not coerce."),
    lazy("'%(value)s' is not a valid choice for this field."),
    lazy("This field is required."),
)


class _Catalogue:
    """WTForms' own messages, in our catalogue."""

    def gettext(self, message: str) -> str:
        return _(message)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        # WTForms fills the places of its messages itself.
        return _(singular if count == 1 else plural)


class Longest:
    """Refuses a text of more than so many characters, and tells the browser of it."""

    def __init__(self, characters: int) -> None:
        self.characters = characters
        self.field_flags = {"maxlength": characters}

    def __call__(self, _form: Any, field: Any) -> None:
        if len(field.data or "") > self.characters:
            raise ValidationError(_("Use at most %(count)s characters.", count=self.characters))


class Rule:
    """Asks a rule of a service beforehand, so that its refusal is told with what else is wrong."""

    def __init__(self, rule: Callable[[str], object]) -> None:
        self.rule = rule

    def __call__(self, _form: Any, field: Any) -> None:
        try:
            self.rule(field.data or "")
        except Invalid as refusal:
            raise ValidationError(refusal.message) from refusal


class Form(FlaskForm):
    """A form whose messages follow the page's language."""

    class Meta(FlaskForm.Meta):
        # The token is checked once for the whole request, by `csrf`, before the view runs.
        csrf = False

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            if request.is_json:
                raise Invalid(_("This page takes forms, not JSON."))
            given = super().wrap_formdata(form, formdata)
            if given and any(isinstance(v, str) and "\0" in v for _k, v in given.items(multi=True)):
                raise Invalid(_("A field holds a character that cannot be kept."))
            return given

        def get_translations(self, form: Any) -> _Catalogue:
            return _Catalogue()

    def refuse(self, refusal: Refusal) -> None:
        """Show what a rule said, beside the field it names or above the form."""
        field = self._fields.get(getattr(refusal, "field", None) or "")
        if field is None:
            self.form_errors.append(refusal.message)
        else:
            field.errors = [*field.errors, refusal.message]


def page_cursor() -> str | None:
    """The place in a list that the address asks for."""
    return request.args.get("after") or None
