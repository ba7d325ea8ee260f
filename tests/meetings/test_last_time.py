"""A set meets where it met: the form to fix a meeting starts with the last one's place."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from setwise.meetings import scheduling
from setwise.meetings.models import Meeting
from tests.cast import Cast
from tests.meetings.planning import AT, plan
from tests.sets.visiting import page, signed_in

FIELDS = ("zone", "place", "link", "date", "time", "title")


def started_with(client: Client, company: Cast) -> tuple[str, ...]:
    form = client.get(f"/sets/{company.learning_set.id}/meetings/new/").context["form"]
    return tuple(form[name].value() or "" for name in FIELDS)


def test_the_form_starts_with_place_link_and_zone_of_the_meeting_fixed_last(
    company: Cast,
) -> None:
    Meeting.objects.all().delete()
    client, seat = signed_in(company.people["late joiner"]), company.seat("facilitator")
    assert started_with(client, company) == ("Asia/Kathmandu", "", "", "", "", "")
    scheduling.fix(seat, plan=plan(place="Room 1"), at=AT)
    earlier = plan().starts_at - timedelta(days=7)
    last = plan(starts_at=earlier, zone="Europe/Dublin", place="Room 2", link="")
    meeting = scheduling.fix(seat, plan=last, at=AT + timedelta(days=1))
    assert started_with(client, company) == ("Europe/Dublin", "Room 2", "", "", "", "")
    Meeting.objects.filter(pk=meeting.pk).update(cancelled_at=AT)
    assert started_with(client, company)[1:3] == ("Room 1", "https://meet.example/our-set")


def test_place_and_link_are_not_called_optional_where_one_of_them_is_needed(
    company: Cast,
) -> None:
    client = signed_in(company.people["member"])
    words = page(client, f"/sets/{company.learning_set.id}/meetings/new/")
    labels = [part.partition("</label>")[0] for part in words.split("<label ")[1:]]
    optional = [
        label.partition(">")[2].split(" <")[0] for label in labels if "if you like" in label
    ]
    assert optional == ["Title"]
    assert "Give a place, a link, or both." in words
