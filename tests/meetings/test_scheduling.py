"""Fixing, moving and cancelling: who may, whom it tells, and what becomes of the answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from setwise.meetings import replying, scheduling
from setwise.meetings.models import Meeting
from setwise.sets import handing_over
from tests.cast import Cast
from tests.meetings.planning import AT, PLAN, plan
from tests.sets.doors import SEATED
from tests.sets.mailbox import received

HOUR, WEEK = timedelta(hours=1), timedelta(days=7)


def everyone_once(company: Cast) -> dict[str, int]:
    """Each who belongs now: whoever did it, and the facilitator from outside, among them."""
    rows = company.learning_set.memberships.filter(left_at=None, suspended_at=None)
    return dict.fromkeys(rows.values_list("person__email", flat=True), 1)


def answers(meeting: Meeting) -> dict[str, str]:
    return {row.person.name: row.answer for row in meeting.replies.select_related("person")}


@pytest.fixture
def answered(company: Cast, meeting: Meeting) -> dict[str, str]:
    """Two said yes and one sent apologies."""
    given = {"facilitator": "yes", "member": "yes", "presenter": "apologies"}
    for role, answer in given.items():
        replying.reply(company.seat(role), meeting, answer=answer, at=AT)
    return {company.people[role].name: answer for role, answer in given.items()}


def test_anyone_in_the_set_fixes_a_meeting_and_each_is_told_once(company: Cast) -> None:
    meeting = scheduling.fix(company.seat("late joiner"), plan=PLAN, at=AT)
    assert (meeting.starts_at, meeting.ends_at) == (
        PLAN.starts_at,
        PLAN.starts_at + timedelta(minutes=90),
    )
    assert (meeting.arranged_by, meeting.sequence) == (company.people["late joiner"], 0)
    assert received("fixed") == received("") == everyone_once(company)
    assert len(everyone_once(company)) == 8


def test_a_member_who_fixes_a_meeting_is_coming_and_an_outsider_is_not_counted(
    company: Cast,
) -> None:
    for role, found in (("member", {company.people["member"].name: "yes"}), ("facilitator", {})):
        assert answers(scheduling.fix(company.seat(role), plan=PLAN, at=AT)) == found


@pytest.mark.parametrize(
    "changed", [{"place": "The café"}, {"link": ""}, {"title": "Other"}, {"zone": "Europe/Dublin"}]
)
def test_what_moves_no_time_keeps_the_answers_and_tells_everyone(
    company: Cast, meeting: Meeting, answered: dict[str, str], changed: dict[str, Any]
) -> None:
    moved = scheduling.move(company.seat("facilitator"), meeting, plan=plan(**changed), at=AT)
    assert answers(meeting) == answered
    assert (moved.starts_at, moved.sequence) == (PLAN.starts_at, 1)
    assert {name: getattr(moved, name) for name in changed} == changed
    assert received("moved") == everyone_once(company)


@pytest.mark.parametrize(
    "changed", [{"starts_at": PLAN.starts_at + HOUR}, {"minutes": 120}, {"minutes": 60}]
)
def test_a_new_time_asks_everyone_again_but_whoever_moved_it(
    company: Cast, meeting: Meeting, answered: dict[str, str], changed: dict[str, Any]
) -> None:
    assert len(answers(meeting)) == len(answered) == 3
    scheduling.move(company.seat("facilitator"), meeting, plan=plan(**changed), at=AT)
    assert answers(meeting) == {company.people["facilitator"].name: "yes"}
    meeting.refresh_from_db()
    assert meeting.ends_at - meeting.starts_at == timedelta(minutes=meeting.minutes)
    assert received("moved") == everyone_once(company)


def test_moving_it_to_where_it_is_tells_nobody(
    company: Cast, meeting: Meeting, answered: dict[str, str]
) -> None:
    assert scheduling.move(company.seat("facilitator"), meeting, plan=PLAN, at=AT).sequence == 0
    assert (received("moved"), answers(meeting)) == ({}, answered)


def test_each_move_is_a_letter_of_its_own(company: Cast, meeting: Meeting) -> None:
    for weeks in (1, 2, 1):
        later = plan(starts_at=PLAN.starts_at + weeks * WEEK)
        meeting = scheduling.move(company.seat("facilitator"), meeting, plan=later, at=AT)
    assert meeting.sequence == 3
    assert received("moved") == dict.fromkeys(everyone_once(company), 3)


def test_cancelling_twice_is_one_cancellation_and_one_letter(
    company: Cast, meeting: Meeting
) -> None:
    same = Meeting.objects.get(pk=meeting.pk)
    scheduling.cancel(company.seat("facilitator"), meeting, at=AT)
    scheduling.cancel(company.seat("facilitator"), same, at=AT + HOUR)
    scheduling.cancel(company.seat("facilitator"), meeting, at=AT + WEEK)
    meeting.refresh_from_db()
    assert (meeting.cancelled_at, meeting.sequence) == (AT, 1)
    assert received("cancelled") == everyone_once(company)


def test_a_cancelled_meeting_is_not_moved(company: Cast, meeting: Meeting) -> None:
    stale = Meeting.objects.get(pk=meeting.pk)
    scheduling.cancel(company.seat("facilitator"), meeting, at=AT)
    with pytest.raises(scheduling.NotChangeable):
        scheduling.move(company.seat("facilitator"), stale, plan=plan(minutes=60), at=AT)
    assert received("moved") == {}


def test_what_is_over_is_neither_moved_nor_cancelled(company: Cast, meeting: Meeting) -> None:
    seat, end = company.seat("facilitator"), meeting.ends_at
    with pytest.raises(scheduling.NotChangeable):
        scheduling.move(seat, meeting, plan=plan(minutes=120), at=end)
    with pytest.raises(scheduling.NotChangeable):
        scheduling.cancel(seat, meeting, at=end)
    assert received("moved") == received("cancelled") == {}
    scheduling.cancel(seat, meeting, at=end - timedelta(seconds=1))
    assert received("cancelled") == everyone_once(company)


def test_the_facilitator_and_whoever_arranged_it_may_change_it_and_no_other(
    company: Cast,
) -> None:
    meeting = scheduling.fix(company.seat("member"), plan=PLAN, at=AT)
    may = {role: scheduling.may_change(company.seat(role), meeting) for role in SEATED}
    assert may == {role: role in ("facilitator", "member") for role in SEATED}
    with pytest.raises(PermissionDenied):
        scheduling.move(company.seat("presenter"), meeting, plan=plan(minutes=60), at=AT)
    with pytest.raises(PermissionDenied):
        scheduling.cancel(company.seat("presenter"), meeting, at=AT)
    meeting.refresh_from_db()
    assert (meeting.minutes, meeting.cancelled_at, received("moved")) == (90, None, {})


def test_where_nobody_facilitates_anyone_in_the_set_may_change_it(
    company: Cast, meeting: Meeting
) -> None:
    handing_over.give_facilitation(company.seat("facilitator"), to=None, at=AT)
    assert scheduling.may_change(company.seat("late joiner"), meeting)
    scheduling.cancel(company.seat("late joiner"), meeting, at=AT)
    assert received("cancelled") == everyone_once(company)
