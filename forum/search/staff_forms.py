"""The shape of what staff write about search."""

import re

from wtforms import FileField, TextAreaField
from wtforms.validators import InputRequired

from forum.core.i18n import lazy
from forum.search.entries import LONGEST_NAME, MOST_NAMES
from forum.web.forms import Form, Longest

_BETWEEN_NAMES = re.compile(r"[\n|]")
_LONGEST_SIDE = MOST_NAMES * (LONGEST_NAME + 2) * 2


class EntryForm(Form):
    """What a thing is called, one name a line."""

    words_fr = TextAreaField(
        lazy("In French"), [InputRequired(), Longest(_LONGEST_SIDE)], render_kw={"lang": "fr"}
    )
    words_en = TextAreaField(
        lazy("In English"), [InputRequired(), Longest(_LONGEST_SIDE)], render_kw={"lang": "en"}
    )

    @property
    def sides(self) -> tuple[list[str], list[str]]:
        """The French names and the English ones."""
        fr, en = (_BETWEEN_NAMES.split(side.data or "") for side in (self.words_fr, self.words_en))
        return fr, en


class ImportForm(Form):
    """A file of pairs."""

    table = FileField(lazy("CSV file"))
