from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField

from setwise.meetings.forms import WhereForm
from setwise.meetings.moments import moment
from setwise.meetings.polling import MOST_WORDS, ONE_DATE, Proposal, Where
from setwise.meetings.refusing import Refusal

ROWS = 5  # dates on the first page; more are added on the poll's own
EVENING = time(20)  # by the place's clocks, when a poll closes on its day
TOO_SOON = "That evening is over. Choose a later day."


def date_field(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write a date such as 2027-02-09."},
    )


def time_field(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Write a time such as 14:00."},
    )


def closing(day: date, zone: str, *, at: datetime) -> datetime:
    """When a poll closes that is answered until that day; raises Refusal where that is over."""
    closes_at = moment(day, EVENING, zone, at=at)
    if closes_at <= at:
        raise Refusal("closes_on", TOO_SOON)
    return closes_at


class OpenForm(WhereForm):
    """A new poll: some dates by hand, a place, and until when to answer."""

    closes_on = forms.DateField(
        label="Answer by",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Answers are taken until eight that evening.",
        error_messages={
            "required": "Choose the last day for answers.",
            "invalid": "Write a date such as 2027-02-09.",
        },
    )
    settles_itself = forms.BooleanField(
        label="Settle by itself once everyone has said yes to a date", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, ROWS + 1):
            self.fields[f"date_{number}"] = date_field(f"Date {number}")
            self.fields[f"time_{number}"] = time_field(f"Start {number}")

    @property
    def rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        for number in range(1, ROWS + 1):
            yield self[f"date_{number}"], self[f"time_{number}"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "zone" in data:
            data["dates"] = self._dates(data)
            if "closes_on" in data:
                self._clean_close(data)
        return data

    def _dates(self, data: dict[str, Any]) -> list[datetime]:
        """A row without a date is not meant: its time only stands there to start from."""
        found = []
        for number in range(1, ROWS + 1):
            day, clock = data.get(f"date_{number}"), data.get(f"time_{number}")
            if day and clock:
                found += self._moment(number, day, clock, data["zone"])
            elif day and f"time_{number}" not in self.errors:
                self.add_error(f"time_{number}", "Choose a time.")
        if not found and not self.errors:
            self.add_error("date_1", ONE_DATE)
        return found

    def _moment(self, number: int, day: Any, clock: time, zone: str) -> list[datetime]:
        try:
            return [moment(day, clock, zone, at=self.at, until=self.until)]
        except Refusal as refusal:
            self.add_error(f"{refusal.field}_{number}", refusal.sentence)
            return []

    def _clean_close(self, data: dict[str, Any]) -> None:
        try:
            data["closes_at"] = closing(data["closes_on"], data["zone"], at=self.at)
        except Refusal as refusal:
            self.add_error("closes_on", refusal.sentence)

    def proposal(self) -> Proposal:
        data = self.cleaned_data
        return Proposal(
            dates=tuple(data["dates"]),
            places=(Where(data["place"], data["link"]),),
            minutes=data["minutes"],
            zone=data["zone"],
            closes_at=data["closes_at"],
            settles_itself=data["settles_itself"],
        )

    def refuse(self, refusal: Refusal) -> None:
        """Say what a use-case refused, beside the field that it means."""
        field = "date_1" if refusal.field == "date" else refusal.field
        self.add_error(field, refusal.sentence)


class DateForm(forms.Form):
    """One more date for a poll, at its place."""

    date, time = date_field("Date"), time_field("Start")

    def __init__(
        self, *args: Any, zone: str, at: datetime, until: datetime | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.at, self.until = zone, at, until
        self.fields["date"].required = self.fields["time"].required = True
        self.fields["date"].error_messages["required"] = "Choose a date."
        self.fields["time"].error_messages["required"] = "Choose a time."

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if {"date", "time"} <= data.keys():
            try:
                data["starts_at"] = moment(
                    data["date"], data["time"], self.zone, at=self.at, until=self.until
                )
            except Refusal as refusal:
                self.add_error(refusal.field, refusal.sentence)
        return data


class PlaceForm(forms.Form):
    """One more place for a poll."""

    place = WhereForm.base_fields["place"]
    link = WhereForm.base_fields["link"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("place") and not data.get("link") and not self.errors:
            self.add_error("place", "Say where: a place, a link, or both.")
        return data


class WordsForm(forms.Form):
    """A note to the convenor, beside the answers."""

    words = forms.CharField(
        label="A note to whoever asks",
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Nobody else reads it.",
    )


def answers(posted: Mapping[str, str]) -> dict[UUID, str]:
    """The answers in a form that was sent, by the ids of their dates and places."""
    found = {}
    for name, value in posted.items():
        prefix, _, about = name.partition(":")
        if prefix == "answer":
            try:
                found[UUID(about)] = value
            except ValueError:
                continue  # a name that no form of ours has
    return found
