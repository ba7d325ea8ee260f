"""What is answered in somebody's own calendar counts as what is pressed on the page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from setwise.meetings import calendar, replying, scheduling
from setwise.meetings.calendar_reply import CalendarReply, parse
from setwise.meetings.models import Meeting
from tests.cast import Cast
from tests.meetings.planning import AT, PLAN, plan
from tests.meetings.test_calendar_reply import SAMPLES, UID

LATER = plan(starts_at=PLAN.starts_at + timedelta(hours=2))


def said(company: Cast, meeting: Meeting, partstat: str, sequence: int = 0) -> str:
    answer = CalendarReply(calendar.uid(meeting), sequence, partstat)
    return replying.reply_by_calendar(company.seat("member"), meeting, answer, at=AT)


def kept(company: Cast, meeting: Meeting) -> list[str]:
    rows = meeting.replies.filter(person=company.people["member"])
    return list(rows.values_list("answer", flat=True))


@pytest.mark.parametrize(
    ("sample", "answer"),
    [("outlook-accepted", "yes"), ("apple-accepted", "yes"), ("exchange-declined", "apologies")],
)
def test_accepting_is_yes_and_declining_is_apologies(
    company: Cast, meeting: Meeting, sample: str, answer: str
) -> None:
    ics = (SAMPLES / f"{sample}.ics").read_bytes()
    read = parse(ics.replace(UID.encode(), calendar.uid(meeting).upper().encode()))
    assert read
    seat = company.seat("member")
    assert replying.reply_by_calendar(seat, meeting, read, at=AT) == answer
    assert kept(company, meeting) == [answer]


def test_the_last_answer_stands_and_perhaps_is_none(company: Cast, meeting: Meeting) -> None:
    assert said(company, meeting, "ACCEPTED") == "yes"
    assert said(company, meeting, "DECLINED") == "apologies"
    assert kept(company, meeting) == ["apologies"]
    assert said(company, meeting, "TENTATIVE") == "undecided"
    assert kept(company, meeting) == []


def test_one_passed_on_within_the_set_says_nothing_for_whom_it_was_sent_to(
    company: Cast, meeting: Meeting
) -> None:
    seat, uid = company.seat("member"), calendar.uid(meeting)
    fellow = CalendarReply(uid, 0, "DECLINED", company.people["facilitator"].email)
    assert replying.reply_by_calendar(seat, meeting, fellow, at=AT) == ""
    assert kept(company, meeting) == []
    for address in ("another.address@of-theirs.example", company.people["member"].email):
        own = CalendarReply(uid, 0, "DECLINED", address)
        assert replying.reply_by_calendar(seat, meeting, own, at=AT) == "apologies"


@pytest.mark.parametrize("partstat", ["NEEDS-ACTION", "DELEGATED", "COMPLETED", "MAYBE", ""])
def test_any_other_word_changes_nothing(company: Cast, meeting: Meeting, partstat: str) -> None:
    said(company, meeting, "ACCEPTED")
    assert said(company, meeting, partstat) == ""
    assert kept(company, meeting) == ["yes"]


def test_an_answer_to_the_old_time_is_none_to_the_new_one(company: Cast, meeting: Meeting) -> None:
    scheduling.move(company.seat("facilitator"), meeting, plan=LATER, at=AT)
    assert said(company, meeting, "ACCEPTED", sequence=0) == ""
    assert said(company, meeting, "TENTATIVE", sequence=0) == ""
    assert kept(company, meeting) == []
    assert said(company, meeting, "ACCEPTED", sequence=1) == "yes"


def test_an_answer_from_before_a_new_place_alone_counts(company: Cast, meeting: Meeting) -> None:
    elsewhere = plan(place="The café")
    scheduling.move(company.seat("facilitator"), meeting, plan=elsewhere, at=AT)
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.asked_sequence) == (1, 0)
    assert said(company, meeting, "ACCEPTED", sequence=0) == "yes"


def test_an_answer_to_another_meeting_is_none_to_this_one(company: Cast, meeting: Meeting) -> None:
    other = scheduling.fix(company.seat("facilitator"), plan=LATER, at=AT)
    assert said(company, other, "DECLINED") == "apologies"
    answer = CalendarReply(calendar.uid(other), 0, "ACCEPTED")
    assert replying.reply_by_calendar(company.seat("member"), meeting, answer, at=AT) == ""
    assert kept(company, meeting) == []


def test_nothing_is_answered_once_it_is_cancelled_or_over(company: Cast, meeting: Meeting) -> None:
    seat, answer = company.seat("member"), CalendarReply(calendar.uid(meeting), 0, "TENTATIVE")
    with pytest.raises(scheduling.NotChangeable):
        replying.reply_by_calendar(seat, meeting, answer, at=meeting.ends_at)
    scheduling.cancel(company.seat("facilitator"), meeting, at=AT)
    for partstat in ("ACCEPTED", "TENTATIVE"):
        with pytest.raises(scheduling.NotChangeable):
            said(company, meeting, partstat, sequence=1)
