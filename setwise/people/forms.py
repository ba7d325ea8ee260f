from __future__ import annotations

import calendar
from typing import Any

from django import forms
from django.conf import settings

from setwise.people.models import Person, ReminderChoice
from setwise.people.models.person import validate_zone
from setwise.people.models.reminder_choice import EARLIEST, LATEST, MANNERS
from setwise.people.reminding import KINDS
from setwise.ui import zones

MOST_LINES, LONGEST_LINE = 10, 80


def zone_field() -> forms.CharField:
    return forms.CharField(
        label="Time zone",
        max_length=64,
        initial="Europe/London",
        widget=forms.Select(choices=zones.choices()),
        validators=[validate_zone],
        help_text="Times are shown to you in this zone.",
    )


def name_field() -> forms.CharField:
    return forms.CharField(
        label="Your name",
        max_length=200,
        help_text="As your set should see it.",
        error_messages={"required": "Write your name."},
    )


class LinesField(forms.CharField):
    """A few short lines, one thing a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [
            line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()
        ]

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > MOST_LINES:
            raise forms.ValidationError(f"Ten lines at most; there are {len(value)}.")
        if any(len(line) > LONGEST_LINE for line in value):
            raise forms.ValidationError(f"Keep each line below {LONGEST_LINE} characters.")

    def run_validators(self, value: Any) -> None:
        super().run_validators("\n".join(value))  # among them: no null, which PostgreSQL refuses


class SignupForm(forms.Form):
    """What open sign-up asks besides the address; allauth adds that."""

    name = name_field()

    def signup(self, request: Any, user: Person) -> None:
        """Nothing more to save: the adapter has."""


class FirstPersonForm(forms.Form):
    name = name_field()
    email = forms.EmailField(label="Your e-mail address", max_length=254)
    zone = zone_field()


class NewAddressForm(forms.Form):
    email = forms.EmailField(
        label="The new address",
        max_length=254,
        error_messages={
            "required": "Write an e-mail address.",
            "invalid": "This is not an e-mail address.",
        },
    )

    def __init__(self, *args: Any, own: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if email == self.own:
            raise forms.ValidationError("That is your address already.")
        if "=?" in email:  # words in a header's own code: a letter could not go
            raise forms.ValidationError("This is not an e-mail address.")
        return email


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Code",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
        error_messages={"required": "Write the code."},
    )


class AccountForm(forms.ModelForm[Person]):
    name = name_field()
    zone = zone_field()
    language = forms.ChoiceField(label="Language", choices=settings.LANGUAGES)
    strengths = LinesField(label="My strengths", help_text="One a line.")
    growing = LinesField(label="What I want to grow", help_text="One a line.")

    class Meta:
        model = Person
        fields = ("name", "role", "zone", "language", "strengths", "growing", "shows_strengths")
        labels = {
            "role": "Your role",
            "shows_strengths": "Show my strengths and what I want to grow to my sets",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # a select without its value shows its first: better the zone that is used in its place
        self.initial["zone"] = zones.zone(self.instance.zone).key


class RemindersForm(forms.ModelForm[ReminderChoice]):
    manner = forms.ChoiceField(
        label="How should they come?", choices=MANNERS, widget=forms.RadioSelect
    )
    hour = forms.TypedChoiceField(
        label="At what time of day?",
        coerce=int,
        choices=[(hour, f"{hour:02}:00") for hour in range(EARLIEST, LATEST + 1)],
    )
    weekday = forms.TypedChoiceField(
        label="The weekly one comes on a", coerce=int, choices=list(enumerate(calendar.day_name))
    )

    class Meta:
        model = ReminderChoice
        fields = (*KINDS, "manner", "hour", "weekday")

    @property
    def kinds(self) -> list[forms.BoundField]:
        return [self[kind] for kind in KINDS]
