from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from setwise.meetings import calendar, coming_up, losing_quorum
from setwise.meetings.calendar_reply import CalendarReply
from setwise.meetings.models import Meeting, Reply
from setwise.meetings.scheduling import NotChangeable
from setwise.sets.agreeing import rules_in_force
from setwise.sets.models import Membership
from setwise.sets.seats import Seat

ANSWERS = {"ACCEPTED": "yes", "DECLINED": "apologies"}  # as calendars say it


@transaction.atomic
def reply(seat: Seat, meeting: Meeting, *, answer: str, at: datetime) -> Reply:
    """Say yes or send apologies; the last answer stands, however late. No reason is asked.

    Where that leaves too few for a quorum, whoever convenes the meeting is told by e-mail.
    Raises NotChangeable once the meeting is cancelled or over.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    _must_be_open(meeting, at)
    said = _said(seat, meeting)
    row, _ = Reply.objects.update_or_create(
        meeting=meeting, person=seat.person, defaults={"answer": answer, "answered_at": at}
    )
    coming_up.answered(meeting, seat.person, answer=answer)
    _count(seat, meeting, said, answer, at)
    return row


@transaction.atomic
def reply_by_calendar(seat: Seat, meeting: Meeting, said: CalendarReply, *, at: datetime) -> str:
    """Take what somebody answered in their own calendar: returns yes, apologies, undecided or "".

    ACCEPTED is a yes, DECLINED are apologies; TENTATIVE takes back what was said, so that they are
    asked again. "" is no answer to this meeting: another one's, or to a time that holds no more. An
    answer from before a new place or title alone counts. So does one under an address that is not
    known here, since many people have several; one under a fellow member's, to whom the invitation
    was passed on, does not: it would say so for the wrong person.
    Raises NotChangeable once the meeting is cancelled or over.
    """
    current = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if said.uid.casefold() != calendar.uid(current) or said.sequence < current.asked_sequence:
        return ""
    if _is_anothers(said, seat):
        return ""
    if answer := ANSWERS.get(said.partstat):
        return reply(seat, current, answer=answer, at=at).answer
    if said.partstat != "TENTATIVE":
        return ""
    _must_be_open(current, at)
    said_before = _said(seat, current)
    current.replies.filter(person=seat.person).delete()
    _count(seat, current, said_before, "", at)
    return "undecided"


def _is_anothers(said: CalendarReply, seat: Seat) -> bool:
    others = Membership.objects.seated().filter(learning_set=seat.learning_set)
    return others.exclude(person=seat.person).filter(person__email=said.attendee).exists()


def _said(seat: Seat, meeting: Meeting) -> str:
    row = meeting.replies.filter(person=seat.person).first()
    return row.answer if row else ""


def _count(seat: Seat, meeting: Meeting, was: str, now: str, at: datetime) -> None:
    """See whether a member's answer lost or regained the quorum."""
    more = (now == "apologies") - (was == "apologies")
    if more and seat.is_member:
        losing_quorum.look(meeting, more_apologies=more, at=at)


def _must_be_open(meeting: Meeting, at: datetime) -> None:
    if meeting.cancelled_at or meeting.ends_at <= at:
        raise NotChangeable


def agreed_notice(meeting: Meeting) -> timedelta | None:
    """How long before the meeting its set agreed to send apologies; None where it agreed nothing."""
    rules = rules_in_force(meeting.learning_set)
    hours = rules.apologies_notice_hours if rules else 0
    return timedelta(hours=hours) if hours else None


def is_late(meeting: Meeting, *, at: datetime) -> bool:
    """Whether apologies sent now come later than the set agreed. They are taken all the same."""
    notice = agreed_notice(meeting)
    return notice is not None and at > meeting.starts_at - notice
