"""The shape of an opportunity's form."""

from datetime import timedelta
from typing import Any

from wtforms import (
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from forum.categories.policies import Viewer
from forum.core import clock
from forum.core.i18n import lazy
from forum.opportunities import settings
from forum.opportunities.models import LONGEST_COMPANY, LONGEST_PLACE
from forum.opportunities.service import Card, faults
from forum.topics.service.rules import sound_body, sound_title
from forum.vocabulary import markets
from forum.vocabulary import queries as vocabulary
from forum.web.forms import Form, Longest, Rule


class OpportunityForm(Form):
    """A new opportunity, or its card to be changed."""

    side = RadioField(
        lazy("What do you want to do?"),
        [InputRequired(lazy("Say whether it is an offer or a request."))],
        choices=[
            SelectChoice("request", lazy("A request")),
            SelectChoice("offer", lazy("An offer")),
        ],
    )
    kind = RadioField(
        lazy("Of which kind?"),
        [InputRequired(lazy("Choose business, technology or partnership."))],
        choices=[
            SelectChoice("business", lazy("Business")),
            SelectChoice("technology", lazy("Technology")),
            SelectChoice("partnership", lazy("Partnership")),
        ],
    )
    title = StringField(
        lazy("Title"), [InputRequired(lazy("Say what it is about.")), Rule(sound_title)]
    )
    raw = TextAreaField(
        lazy("Description"), [InputRequired(lazy("Describe it.")), Rule(sound_body)]
    )
    markets = SelectMultipleField(
        lazy("Markets"), [InputRequired(lazy("Choose at least one market."))]
    )
    sector = SelectField(lazy("Sector"))
    knowhow = SelectMultipleField(
        lazy("Know-how"), [InputRequired(lazy("Choose at least one know-how."))]
    )
    company = StringField(lazy("Company"), [Longest(LONGEST_COMPANY)])
    place = StringField(lazy("Place"), [Longest(LONGEST_PLACE)])
    valid_until = DateField(lazy("Open until"), [Optional()])
    tags = StringField(lazy("Tags"))
    lang = SelectField(
        lazy("Language"),
        choices=[
            SelectChoice("", lazy("As written")),
            SelectChoice("fr", "Français"),
            SelectChoice("en", "English"),
        ],
    )
    category_id = SelectField(lazy("Category"), coerce=int)
    key = HiddenField()

    def offer_choices(self, places: list[tuple[int, str]]) -> None:
        """What may be chosen, in the page's language."""
        self.markets.choices = [(code, name) for code, name in markets.countries()]
        self.sector.choices = [("", "…"), *((t.code, t.label) for t in vocabulary.divisions())]
        self.knowhow.choices = {
            root.label: [(root.code, root.label), *((t.code, t.label) for t in children)]
            for root, children in vocabulary.knowhow_tree()
        }
        self.category_id.choices = places

    def validate(self, extra_validators: Any = None) -> bool:
        """The fields by themselves, then as the card they make: all that is wrong is told at once."""
        super().validate(extra_validators)
        for fault in faults(self.card()):
            if not self.errors.get(fault.field):
                self.refuse(fault)
        return not self.errors

    def begin(self, viewer: Viewer) -> None:
        """What is most likely, before anything is typed."""
        days = timedelta(days=settings.DEFAULT_DAYS())
        self.valid_until.data = clock.now().date() + days
        self.company.data, self.place.data = viewer.company, viewer.location

    def card(self) -> Card:
        """The card as the form says it."""
        return Card(
            side=self.side.data,
            kind=self.kind.data,
            markets=self.markets.data or (),
            knowhow=self.knowhow.data or (),
            valid_until=self.valid_until.data,
            sector=self.sector.data or "",
            company=self.company.data or "",
            place=self.place.data or "",
        )
