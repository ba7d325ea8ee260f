from __future__ import annotations

from django import forms

from setwise.sets.forms import AnswerForm


class DayForm(forms.Form):
    """The day from which the set goes on without a facilitator."""

    day = forms.DateField(
        label="From which day?",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The seat empties as that day begins where you are.",
        error_messages={"invalid": "Write a date such as 2027-02-09."},
    )


class LiveWithoutForm(AnswerForm):
    """A member's answer; the version that `about` names is none here."""

    field_order = ("says", "would_let")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        del self.fields["about"]
        self.fields["would_let"].help_text = "Your set reads this."
