from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from setwise.meetings.moments import moment
from setwise.meetings.refusing import Refusal
from setwise.meetings.scheduling import Plan
from setwise.people.models.person import validate_zone
from setwise.ui import zones


class WhereForm(forms.Form):
    """How long and where: a room, a link, or both."""

    zone = forms.CharField(
        label="Time zone of the place",
        max_length=64,
        validators=[validate_zone],
        help_text="Everyone also sees the time in their own zone.",
    )
    minutes = forms.IntegerField(
        label="Length, in minutes",
        min_value=30,
        max_value=480,
        error_messages={
            "min_value": "Half an hour is the shortest that works.",
            "max_value": "Eight hours is the longest.",
        },
    )
    place = forms.CharField(
        label="Place",
        max_length=200,
        required=False,
        help_text="A room and a building. Give a place, a link, or both.",
    )
    link = forms.URLField(
        label="Link",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="For whoever joins by video.",
        error_messages={"invalid": "Write a whole address, such as https://meet.example/our-set."},
    )

    def __init__(
        self, *args: Any, at: datetime, until: datetime | None = None, **kwargs: Any
    ) -> None:
        """`until`: when the set closes, if that is announced."""
        super().__init__(*args, **kwargs)
        self.at, self.until = at, until
        self.fields["zone"].widget = forms.Select(choices=zones.choices())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (
            not data.get("place")
            and not data.get("link")
            and not {"place", "link"} & set(self.errors)
        ):
            self.add_error("place", "Say where: a place, a link, or both.")
        return data


class MeetingForm(WhereForm):
    """When and where, as the people who meet would say it: a date and a time at the place."""

    date = forms.DateField(
        label="Date",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Choose a date.",
            "invalid": "Write a date such as 2027-02-09.",
        },
    )
    time = forms.TimeField(
        label="Start",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Choose a time.", "invalid": "Write a time such as 14:00."},
    )
    title = forms.CharField(
        label="Title",
        max_length=120,
        required=False,
        help_text="Such as “Third meeting”. Never the issue: everyone’s calendar shows it.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if {"date", "time", "zone"} <= data.keys():
            try:
                data["starts_at"] = moment(
                    data["date"], data["time"], data["zone"], at=self.at, until=self.until
                )
            except Refusal as refusal:
                self.add_error(refusal.field, refusal.sentence)
        return data

    def plan(self) -> Plan:
        data = self.cleaned_data
        return Plan(
            starts_at=data["starts_at"],
            zone=data["zone"],
            minutes=data["minutes"],
            title=data["title"],
            place=data["place"],
            link=data["link"],
        )
