"""The shape of what is written. Lengths in words a rule understands are checked by the rules."""

from flask import request
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from forum.core.errors import NotFound
from forum.core.i18n import lazy
from forum.topics.queries.lists import PERIODS
from forum.web.forms import Form

# What Discourse calls them.
SAME_PERIODS = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
}


def asked_period() -> str:
    """The period that the address asks the best topics of."""
    asked = request.args.get("period", "month")
    period = SAME_PERIODS.get(asked, asked)
    if period not in PERIODS:
        raise NotFound
    return period


class TopicForm(Form):
    """A new topic."""

    title = StringField(lazy("Title"), [InputRequired(lazy("Say what it is about."))])
    category_id = SelectField(lazy("Category"), coerce=int)
    kind = SelectField(lazy("Kind"))
    tags = StringField(lazy("Tags"))
    lang = SelectField(
        lazy("Language"),
        choices=[
            SelectChoice("", lazy("As written")),
            SelectChoice("fr", "Français"),
            SelectChoice("en", "English"),
        ],
    )
    raw = TextAreaField(lazy("Your message"), [InputRequired(lazy("Write your message."))])
    key = HiddenField()


class ReplyForm(Form):
    """A reply."""

    raw = TextAreaField(lazy("Your reply"), [InputRequired(lazy("Write your reply."))])
    reply_to_post_number = IntegerField(validators=[Optional()])
    lang = StringField()
    key = HiddenField()


class EditForm(Form):
    """A post to be said better; the title too, when it is the first."""

    raw = TextAreaField(lazy("Your message"), [InputRequired(lazy("Write your message."))])
    edit_reason = StringField(lazy("Reason"))
    version = IntegerField(validators=[Optional()])
    title = StringField(lazy("Title"))
    category_id = SelectField(lazy("Category"), coerce=int)
    tags = StringField(lazy("Tags"))
