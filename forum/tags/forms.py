"""The shape of a tag as staff write it."""

from typing import Any

from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from forum.core.i18n import lazy
from forum.tags.service import LONGEST_LABEL, MOST_SYNONYMS
from forum.tags.words import LONGEST
from forum.web.forms import Form, Longest


class TagForm(Form):
    """Labels and synonyms."""

    label_fr = StringField(
        lazy("Label in French"), [Optional(), Longest(LONGEST_LABEL)], render_kw={"lang": "fr"}
    )
    label_en = StringField(
        lazy("Label in English"), [Optional(), Longest(LONGEST_LABEL)], render_kw={"lang": "en"}
    )
    synonyms = TextAreaField(lazy("Synonyms"), [Optional(), Longest(MOST_SYNONYMS * (LONGEST + 2))])

    @property
    def words(self) -> dict[str, Any]:
        """What was written, for the service; synonyms come with commas or one a line."""
        synonyms = (self.synonyms.data or "").replace("\n", ",").split(",")
        return {
            "label_fr": self.label_fr.data or "",
            "label_en": self.label_en.data or "",
            "synonyms": [word.strip() for word in synonyms],
        }


class NewTagForm(TagForm):
    """The same with the name, which is the address and never changes."""

    name = StringField(lazy("Name"), [InputRequired(), Longest(LONGEST)])


class MergeForm(Form):
    """Which tag takes the topics of another."""

    into = StringField(lazy("Merge into"), [InputRequired(), Longest(LONGEST)])
