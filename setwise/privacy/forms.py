from __future__ import annotations

from django import forms


class ClosingForm(forms.Form):
    """The last day of a set."""

    day = forms.DateField(
        label="The set’s last day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="A week from now at the earliest. It closes at the end of that day.",
        error_messages={"required": "Choose a day.", "invalid": "Write a day such as 2027-02-09."},
    )
