"""The shape of a category as an admin writes it."""

from collections.abc import Callable, Iterable

from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional

from forum.categories import hues
from forum.categories.models import Category
from forum.categories.service import LONGEST_DESCRIPTION, LONGEST_NAME, Details
from forum.core.i18n import _, lazy
from forum.web.forms import Form, Longest

NONE = 0
Choices = Iterable[tuple[str, object]]


def _discussion() -> Choices:
    return [("discussion", _("Discussion"))]


_kinds: Callable[[], Choices] = _discussion


def offer_kinds(source: Callable[[], Choices]) -> None:
    """Say which kinds new topics can be of; `app.py` does, for features above."""
    global _kinds
    _kinds = source


class CategoryForm(Form):
    """Everything but the rights, which are a table of their own."""

    name_fr = StringField(
        lazy("Name in French"),
        [InputRequired(), Longest(LONGEST_NAME)],
        render_kw={"lang": "fr"},
    )
    name_en = StringField(
        lazy("Name in English"),
        [InputRequired(), Longest(LONGEST_NAME)],
        render_kw={"lang": "en"},
    )
    slug = StringField(lazy("Address"), [Optional(), Longest(LONGEST_NAME)])
    description_fr = TextAreaField(
        lazy("Description in French"),
        [Optional(), Longest(LONGEST_DESCRIPTION)],
        render_kw={"lang": "fr"},
    )
    description_en = TextAreaField(
        lazy("Description in English"),
        [Optional(), Longest(LONGEST_DESCRIPTION)],
        render_kw={"lang": "en"},
    )
    hue = RadioField(lazy("Colour"), coerce=int, default=hues.SLATE)
    parent_id = SelectField(lazy("Parent category"), coerce=int, default=NONE)
    position = IntegerField(lazy("Place in the list"), [Optional(), NumberRange(1, 10_000)])
    lang = SelectField(lazy("Language of its topics"), default="both")
    kind = SelectField(lazy("New topics begin as"), default="discussion")

    def offer(self, parents: Iterable[Category]) -> "CategoryForm":
        """Fill the choices."""
        self.hue.choices = list(hues.NAMES.items())
        self.lang.choices = [
            ("both", _("French and English")),
            ("fr", _("French")),
            ("en", _("English")),
        ]
        self.kind.choices = list(_kinds())
        self.parent_id.choices = [
            (NONE, _("None: first level")),
            *((category.id, category.name) for category in parents),
        ]
        return self

    @property
    def details(self) -> Details:
        """What was written, for the service."""
        return Details(
            name_fr=self.name_fr.data or "",
            name_en=self.name_en.data or "",
            slug=self.slug.data or "",
            description_fr=self.description_fr.data or "",
            description_en=self.description_en.data or "",
            hue=self.hue.data,
            lang=self.lang.data,
            kind=self.kind.data,
        )
