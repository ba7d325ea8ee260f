"""The rhythm as people say it, and what they then do with the dates it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.dates import MONTHS, WEEKDAYS

from setwise.meetings import rhythm_words
from setwise.meetings.forms import WhereForm
from setwise.meetings.poll_forms import OpenForm, closing, date_field, time_field
from setwise.meetings.polling import Proposal, Where
from setwise.meetings.refusing import Refusal
from setwise.meetings.rhythm import Occurrence, Rhythm
from setwise.meetings.scheduling import Plan
from setwise.ui import zones

PARTS = {"morning": time(10), "afternoon": time(14), "evening": time(18)}


class RhythmForm(forms.Form):
    """Every so many weeks, on these days, at these times, from then on, so many meetings."""

    weeks = forms.IntegerField(label="Weeks from one to the next", min_value=1, max_value=26)
    count = forms.IntegerField(label="Meetings", min_value=1, max_value=12)
    first = date_field("From")
    days = forms.TypedMultipleChoiceField(
        label="On",
        coerce=int,
        choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick several, and the set chooses.",
        error_messages={"required": "Choose at least one day."},
    )
    parts = forms.MultipleChoiceField(
        label="In the",
        required=False,
        choices=[(name, f"{name}, {at:%H:%M}") for name, at in PARTS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    clock = time_field("Or at exactly")
    months_out = forms.TypedMultipleChoiceField(
        label="Not in",
        required=False,
        coerce=int,
        choices=list(MONTHS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    zone = WhereForm.base_fields["zone"]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["zone"].widget = forms.Select(choices=zones.choices())
        self.fields["first"].required = True
        self.fields["first"].error_messages["required"] = "Choose a date."

    def clean_first(self) -> date:
        first: date = self.cleaned_data["first"]
        if first < self.today:
            raise forms.ValidationError("That day is over. Choose one still to come.")
        if first.year > self.today.year + 2:
            raise forms.ValidationError("That is years away. Is the year right?")
        return first

    def clean_months_out(self) -> list[int]:
        months: list[int] = self.cleaned_data["months_out"]
        if len(months) == len(MONTHS):
            raise forms.ValidationError("Leave at least one month to meet in.")
        return months

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("parts") and not data.get("clock") and "clock" not in self.errors:
            self.add_error("parts", "Choose a time of day, or an exact time.")
        return data

    def rhythm(self) -> Rhythm:
        data = self.cleaned_data
        times = {PARTS[part] for part in data["parts"]} | {data["clock"] or PARTS[data["parts"][0]]}
        return Rhythm(
            weeks=data["weeks"],
            days=frozenset(data["days"]),
            times=tuple(sorted(times)),
            first=data["first"],
            count=data["count"],
            months_out=frozenset(data["months_out"]),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One meeting of the preview: its dates, each with its value and whether it is ticked."""

    title: str
    notes: list[str]
    dates: list[tuple[str, datetime, bool]]


class SeriesForm(WhereForm):
    """The dates that are ticked, where to meet, and until when to answer if the set is asked."""

    dates = forms.MultipleChoiceField(error_messages={"required": "Tick at least one date."})
    closes_on = OpenForm.base_fields["closes_on"]
    settles_itself = forms.BooleanField(
        label="Settle by itself once everyone has said yes to a date for each", required=False
    )

    def __init__(self, *args: Any, found: Sequence[Occurrence], zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["zone"]  # the rhythm's
        self.found, self.place_zone = found, zone
        self.asks = self.data.get("do") == "ask"
        self.fields["closes_on"].required = self.asks
        moments = [start.isoformat() for each in found for start in each.starts]
        self.fields["dates"].choices = [(each, each) for each in moments]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.asks and data.get("closes_on"):
            try:
                data["closes_at"] = closing(data["closes_on"], self.place_zone, at=self.at)
            except Refusal as refusal:
                self.refuse(refusal)
        return data

    def refuse(self, refusal: Refusal) -> None:
        """Say what a use-case refused, beside the field that it means."""
        self.add_error("dates" if refusal.field == "date" else refusal.field, refusal.sentence)

    @property
    def rows(self) -> list[Row]:
        """The preview; every date is ticked until somebody unticks it."""
        ticked = set(self.data.getlist("dates")) if self.is_bound else None  # type: ignore[attr-defined]
        return [
            Row(
                rhythm_words.of_the_series(each.number) if len(self.found) > 1 else "The meeting",
                rhythm_words.notes(each),
                [
                    (value, start, ticked is None or value in ticked)
                    for start in each.starts
                    if (value := start.isoformat())
                ],
            )
            for each in self.found
        ]

    def _ticked(self) -> list[tuple[datetime, ...]]:
        """For each meeting the dates that are ticked; a meeting without any is not meant."""
        ticked = set(self.cleaned_data["dates"])
        chosen = [
            tuple(start for start in each.starts if start.isoformat() in ticked)
            for each in self.found
        ]
        return [each for each in chosen if each]

    def proposal(self) -> Proposal:
        data = self.cleaned_data
        first, *later = self._ticked()
        return Proposal(
            dates=first,
            later=tuple(later),
            places=(Where(data["place"], data["link"]),),
            minutes=data["minutes"],
            zone=self.place_zone,
            closes_at=data["closes_at"],
            settles_itself=data["settles_itself"],
        )

    def plans(self) -> list[Plan]:
        """One meeting for each, on its first date that is ticked."""
        data = self.cleaned_data
        where = {"place": data["place"], "link": data["link"]}
        return [
            Plan(dates[0], self.place_zone, data["minutes"], **where) for dates in self._ticked()
        ]
