"""The shape of a saved search's forms."""

from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from forum.alerts import settings
from forum.alerts.models import DAILY, INSTANT, MAIL, NEVER, PAGE, WEEKLY
from forum.core.i18n import LazyText, lazy
from forum.web.forms import Form, Longest

FREQUENCY_LABELS: dict[str, LazyText] = {
    INSTANT: lazy("As it comes"),
    DAILY: lazy("Every morning"),
    WEEKLY: lazy("Every Monday"),
    NEVER: lazy("Not at all, only keep it"),
}
CHANNEL_LABELS: dict[str, LazyText] = {
    PAGE: lazy("On the site"),
    MAIL: lazy("On the site and by mail"),
}


def _choices(labels: dict[str, LazyText]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in labels.items()]


class SavedSearchForm(Form):
    """What it is called, when and how it tells."""

    name = StringField(lazy("Name"), [Longest(settings.LONGEST_NAME)])
    frequency = SelectField(lazy("Tell me"), choices=_choices(FREQUENCY_LABELS), default=INSTANT)
    channel = RadioField(lazy("Where"), choices=_choices(CHANNEL_LABELS), default=MAIL)
