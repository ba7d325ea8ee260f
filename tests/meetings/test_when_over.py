"""What a meeting's page offers before, during and after: the room only while it is of use."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from setwise.meetings.models import Meeting
from setwise.project.demo.filling import seat_of
from setwise.room import closing, entering, opening
from tests.cast import Cast
from tests.meetings.planning import AT
from tests.sets.visiting import page, signed_in

OFFERS = (
    "Send apologies",
    "Yes, I am coming",
    "Go to the room",
    "Write it down",
    "What will happen",
)


def offered(company: Cast, meeting: Meeting) -> list[str]:
    words = page(signed_in(company.people["late joiner"]), f"/meetings/{meeting.id}/")
    return [offer for offer in OFFERS if offer in words]


def end(meeting: Meeting, at: datetime) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=at - timedelta(hours=2), ends_at=at)
    meeting.refresh_from_db()


def test_a_meeting_to_come_asks_and_leads_to_its_door_on_its_day(
    company: Cast, meeting: Meeting
) -> None:
    assert offered(company, company.meeting) == list(OFFERS[:3])
    assert offered(company, meeting) == [*OFFERS[:2], "What will happen"]


@pytest.mark.parametrize("recording", [False, True])
def test_a_room_is_led_to_while_it_is_open_and_no_longer(company: Cast, recording: bool) -> None:
    facilitator, meeting, at = company.people["facilitator"], company.meeting, timezone.now()
    seat = seat_of(facilitator, company.learning_set)
    if recording:
        end(meeting, at - timedelta(days=1))
        assert offered(company, meeting) == ["Write it down"]
    opening.open_room(seat, meeting, recording=recording, at=at)
    while_open = ["Go to the room"] if recording else list(OFFERS[:3])
    assert offered(company, meeting) == while_open
    end(meeting, at - timedelta(minutes=1))  # and it is late, but nobody has closed it
    assert offered(company, meeting) == ["Go to the room"]
    closing.close(entering.locked(facilitator, meeting.pk), at=at)
    assert offered(company, meeting) == []
    words = page(signed_in(company.people["member"]), f"/meetings/{meeting.id}/")
    assert "This meeting is over." in words and "Who was coming" in words


def test_a_room_that_was_closed_early_ends_the_meeting(company: Cast) -> None:
    seat, at = company.seat("facilitator"), timezone.now()
    assert company.meeting.ends_at > at
    opening.open_room(seat, company.meeting, at=at)
    closing.close(entering.locked(seat.person, company.meeting.pk), at=at)
    words = page(signed_in(seat.person), f"/meetings/{company.meeting.id}/")
    assert "This meeting is over." in words
    assert not [offer for offer in (*OFFERS, "Move it", "quorum") if offer in words]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "0 of 7 members are coming; no apologies, 7 still to answer."),
        ({"amara": "yes"}, "1 of 7 members is coming; no apologies, 6 still to answer."),
        ({"amara": "apologies", "ruth": "yes"}, "0 of 7 members are coming; 1 apology, 6 still"),
    ],
)
def test_members_are_counted_and_who_facilitates_from_outside_is_not_one(
    company: Cast, meeting: Meeting, answers: dict[str, str], sentence: str
) -> None:
    for key, answer in answers.items():
        meeting.replies.create(person=company.keys[key], answer=answer, answered_at=AT)
    words = page(signed_in(company.people["member"]), f"/meetings/{meeting.id}/")
    assert sentence in words
    assert 'Ruth Abercrombie <span class="muted">facilitator from outside</span>' in words


def test_when_all_come_the_page_says_so(company: Cast, meeting: Meeting) -> None:
    for key in company.keys:
        meeting.replies.create(person=company.keys[key], answer="yes", answered_at=AT)
    late = company.people["late joiner"]
    meeting.replies.create(person=late, answer="yes", answered_at=AT)
    assert "All 7 members are coming." in page(signed_in(late), f"/meetings/{meeting.id}/")
