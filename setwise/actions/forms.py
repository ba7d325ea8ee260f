from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from setwise.actions.deciding import LONGEST, Decision
from setwise.people.models import Person

TELLABLE = (
    ("done", "Done"),
    ("going", "Going on"),
    ("changed", "Changed into something else"),
    ("let go", "Let go"),
)


class ActionForm(forms.Form):
    text = forms.CharField(
        label="What will I do?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write what you will do."},
    )
    due_on = forms.DateField(
        label="By when?",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write a date such as 2027-02-09."},
    )
    first_step = forms.CharField(
        label="My first step",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    sign = forms.CharField(
        label="How will I know?",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    confidence = forms.IntegerField(
        label="How confident am I, from 1 to 10?", required=False, min_value=1, max_value=10
    )
    ally = forms.ModelChoiceField(
        label="An ally in the set",
        required=False,
        queryset=Person.objects.none(),
        empty_label="Nobody",
        help_text="They see this action once they say yes.",
    )

    def __init__(self, *args: Any, allies: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ally"].queryset = allies  # type: ignore[attr-defined]

    def decision(self) -> Decision:
        return Decision(**self.cleaned_data)


class ProgressForm(forms.Form):
    state = forms.ChoiceField(
        label="How is it going?",
        choices=TELLABLE,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one. All four are good answers."},
    )
    happened = forms.CharField(
        label="What happened?",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    learned = forms.CharField(
        label="What did I learn?",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PreparationForm(forms.Form):
    """What a member thinks of beforehand. Nothing is required."""

    issue = forms.CharField(
        label="What might I bring, in a sentence?",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    why_now = forms.CharField(
        label="Why now?", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    success = forms.CharField(
        label="What would success look like?",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    willing = forms.ChoiceField(
        label="Am I willing to be challenged on it?",
        required=False,
        choices=[("", "I leave it open"), ("yes", "Yes"), ("not yet", "Not yet")],
        widget=forms.RadioSelect,
    )


class PreparedActionForm(forms.Form):
    """How an action went, as its owner might say it in the meeting."""

    state = forms.ChoiceField(
        label="How is it?",
        required=False,
        choices=[("", "I leave it open"), *TELLABLE],
        widget=forms.RadioSelect,
    )
    happened = forms.CharField(
        label="What happened?",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    learned = forms.CharField(
        label="What did I learn?",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
