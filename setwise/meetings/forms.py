from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms

from setwise.meetings.scheduling import Plan
from setwise.people.models.person import validate_zone
from setwise.ui import zones

FARTHEST = timedelta(days=366 * 3)
OVER = "That day is over. Choose one still to come."
CLOSED = "Your set closes before that day. Choose an earlier one, or keep the set on."
TOO_FAR = "That is more than three years away. Is the year right?"


class MeetingForm(forms.Form):
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
    title = forms.CharField(
        label="Title",
        max_length=120,
        required=False,
        help_text="Such as “Third meeting”. Never the issue: everyone’s calendar shows it.",
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
        if {"date", "time", "zone"} <= data.keys():
            self._clean_start(data)
        return data

    def _clean_start(self, data: dict[str, Any]) -> None:
        days = (data["date"] - self.at.date()).days
        if abs(days) > FARTHEST.days + 2:  # first: the first and last days have no time in UTC
            self.add_error("date", TOO_FAR if days > 0 else OVER)
            return
        local = datetime.combine(data["date"], data["time"], zoneinfo.ZoneInfo(data["zone"]))
        starts_at = local.astimezone(UTC)
        if starts_at.astimezone(local.tzinfo).replace(fold=0) != local.replace(fold=0):
            self.add_error("time", "The clocks go forward then, so this time does not exist.")
        elif starts_at < self.at - timedelta(days=1):
            self.add_error("date", OVER)
        elif starts_at > self.at + FARTHEST:
            self.add_error("date", TOO_FAR)
        elif self.until and starts_at > self.until:
            self.add_error("date", CLOSED)
        data["starts_at"] = starts_at

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
