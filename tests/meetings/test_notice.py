"""Notice for apologies: what the set agreed is said, and late ones are taken kindly."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from setwise.meetings import replying, scheduling
from setwise.meetings.models import Meeting
from tests.cast import Cast
from tests.meetings.planning import plan
from tests.sets.gathering import Gathered
from tests.sets.visiting import page, signed_in, told

HOUR = timedelta(hours=1)
AGREED = "You agreed to send apologies {} before."
KINDLY = "thank you for telling the others all the same"


def meet(gathered: Gathered | Cast, hours: float) -> Meeting:
    """A meeting in so many hours."""
    seat = gathered.seat("facilitator") if isinstance(gathered, Cast) else gathered.seat(0)
    start = timezone.now() + hours * HOUR
    return scheduling.fix(seat, plan=plan(starts_at=start), at=timezone.now())


@pytest.mark.parametrize(("hours", "words"), [(24, "24 hours"), (1, "1 hour"), (0, "")])
def test_the_reply_form_says_what_the_set_agreed(company: Cast, hours: int, words: str) -> None:
    company.learning_set.ground_rules.update(apologies_notice_hours=hours)
    shown = page(signed_in(company.people["member"]), f"/meetings/{meet(company, 99).id}/")
    assert ("You agreed to send apologies" in shown) is bool(words)
    assert not words or AGREED.format(words) in shown


def test_where_nothing_is_agreed_nothing_is_said(three: Gathered) -> None:
    meeting, client = meet(three, 2), signed_in(three.people[1])
    assert "You agreed to send apologies" not in page(client, f"/meetings/{meeting.id}/")
    assert told(client, f"/meetings/{meeting.id}/reply/", answer="apologies") == [
        "Noted: you send apologies."
    ]


@pytest.mark.parametrize(("hours", "late"), [(25, False), (23, True), (-1, True)])
def test_late_apologies_are_taken_and_told_kindly(company: Cast, hours: int, late: bool) -> None:
    client, meeting = signed_in(company.people["member"]), meet(company, hours)
    (said,) = told(client, f"/meetings/{meeting.id}/reply/", answer="apologies")
    assert said.startswith("Noted: you send apologies.") and (KINDLY in said) is late
    assert [row.answer for row in meeting.replies.filter(person=company.people["member"])] == [
        "apologies"
    ]
    assert told(client, f"/meetings/{meeting.id}/reply/", answer="yes") == [
        "Noted: you are coming."
    ]


def test_notice_ends_with_its_last_hour(company: Cast) -> None:
    meeting = meet(company, 99)
    last = meeting.starts_at - 24 * HOUR
    assert not replying.is_late(meeting, at=last)
    assert replying.is_late(meeting, at=last + timedelta(seconds=1))
