"""The shape of what people type about themselves; the rules are in the services."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from zoneinfo import available_timezones

from wtforms import (
    BooleanField,
    FileField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from forum.accounts import settings
from forum.core.i18n import lazy
from forum.web.forms import Form, Longest

# Languages members of European networks read, by their own names.
LANGUAGES = {
    "fr": "Français",
    "en": "English",
    "de": "Deutsch",
    "es": "Español",
    "it": "Italiano",
    "nl": "Nederlands",
    "pt": "Português",
    "pl": "Polski",
    "br": "Brezhoneg",
    "ar": "العربية",
    "zh": "中文",
    "wo": "Wolof",
}
ZONES = ["UTC", *sorted(z for z in available_timezones() if "/" in z and "Etc/" not in z)]
PENALTIES = {
    24: lazy("1 day"),
    72: lazy("3 days"),
    168: lazy("1 week"),
    720: lazy("1 month"),
    8760: lazy("1 year"),
    876_000: lazy("For good"),
}
_REQUIRED = InputRequired()
_LONGEST_TYPED = settings.MAX_PASSWORD * 4  # a little patience before the rule speaks


def _stripped(text: str | None) -> str:
    return (text or "").strip()


def _choices(labels: Mapping[Any, Any]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in labels.items()]


class SignInForm(Form):
    login = StringField(lazy("E-mail address or username"), [_REQUIRED, Longest(254)])
    password = PasswordField(lazy("Password"), [_REQUIRED, Longest(_LONGEST_TYPED)])
    remember = BooleanField(lazy("Stay signed in on this device"), default=True)


class SignUpForm(Form):
    name = StringField(lazy("Full name"), [Optional(), Longest(120)], filters=[_stripped])
    username = StringField(lazy("Username"), [_REQUIRED, Longest(60)], filters=[_stripped])
    email = StringField(lazy("Work e-mail"), [_REQUIRED, Longest(254)], filters=[_stripped])
    password = PasswordField(lazy("Password"), [_REQUIRED, Longest(_LONGEST_TYPED)])


class ForgottenForm(Form):
    login = StringField(lazy("E-mail address or username"), [_REQUIRED, Longest(254)])


class NewPasswordForm(Form):
    password = PasswordField(lazy("New password"), [_REQUIRED, Longest(_LONGEST_TYPED)])


class ProfileForm(Form):
    name = StringField(lazy("Full name"), [Optional(), Longest(120)], filters=[_stripped])
    company = StringField(lazy("Company"), [Optional(), Longest(120)], filters=[_stripped])
    location = StringField(lazy("Place"), [Optional(), Longest(120)], filters=[_stripped])
    bio = TextAreaField(lazy("Presentation"), [Optional(), Longest(10_000)])
    languages = SelectMultipleField(
        lazy("Languages you read"),
        choices=_choices(LANGUAGES),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class AvatarForm(Form):
    picture = FileField(lazy("Picture"))


class EmailForm(Form):
    email = StringField(lazy("New address"), [_REQUIRED, Longest(254)], filters=[_stripped])
    confirmation = PasswordField(lazy("Your password"), [_REQUIRED, Longest(_LONGEST_TYPED)])


class PasswordForm(Form):
    current = PasswordField(lazy("Present password"), [_REQUIRED, Longest(_LONGEST_TYPED)])
    password = PasswordField(lazy("New password"), [_REQUIRED, Longest(_LONGEST_TYPED)])


class InterfaceForm(Form):
    locale = RadioField(lazy("Language"), choices=_choices({"fr": "Français", "en": "English"}))
    theme = RadioField(
        lazy("Theme"),
        choices=_choices(
            {"light": lazy("Light"), "dark": lazy("Dark"), "auto": lazy("As the device")}
        ),
    )
    time_zone = SelectField(
        lazy("Time zone"), choices=_choices({zone: zone.replace("_", " ") for zone in ZONES})
    )
    shortcuts = BooleanField(lazy("Single-key shortcuts"))


class GroupForm(Form):
    name = StringField(lazy("Name"), [_REQUIRED, Longest(60)], filters=[_stripped])
    full_name = StringField(lazy("Full name"), [Optional(), Longest(120)], filters=[_stripped])


class MemberForm(Form):
    username = StringField(lazy("Username"), [_REQUIRED, Longest(60)], filters=[_stripped])


class SanctionForm(Form):
    hours = SelectField(lazy("For how long"), coerce=int, choices=_choices(PENALTIES), default=24)
    reason = StringField(lazy("Reason, told to the member"), [_REQUIRED, Longest(300)])

    @property
    def length(self) -> timedelta:
        return timedelta(hours=self.hours.data)


class TrustForm(Form):
    trust_level = IntegerField(lazy("Trust level"), [InputRequired()])


class RolesForm(Form):
    admin = BooleanField(lazy("Admin"))
    moderator = BooleanField(lazy("Moderator"))
    animateur = BooleanField(lazy("Facilitator"))
