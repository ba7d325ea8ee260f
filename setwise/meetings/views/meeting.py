from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from setwise.meetings import (
    going_ahead,
    next_best,
    quorum,
    replying,
    rotating,
    scheduling,
    volunteering,
)
from setwise.meetings.gate import meeting_seated
from setwise.meetings.models import Meeting
from setwise.people.requests import SignedInRequest
from setwise.sets.agreeing import current_settings
from setwise.sets.models import Membership
from setwise.sets.seats import Seat

OVER = "This meeting is over or was cancelled, so nothing was changed."
DOOR = timedelta(hours=12)  # before that the door is only where one reads what will happen
SAID = {"yes": "Noted: you are coming.", "apologies": "Noted: you send apologies."}
LATE = (
    "Noted: you send apologies. It is later than your set agreed, and things happen: "
    "thank you for telling the others all the same."
)


@require_safe
@meeting_seated
def meeting(request: SignedInRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    """When, where, who is coming, and my own answer."""
    people = (
        Membership.objects.visible_to(request.user)
        .seated()
        .filter(learning_set=seat.learning_set)
        .select_related("person")
        .order_by("person__name")
    )
    answers = {reply.person_id: reply.answer for reply in meeting.replies.all()}
    at = timezone.now()
    is_over, room_is = _state(meeting, at=at)
    found, may_change = quorum.of(meeting), scheduling.may_change(seat, meeting)
    too_few = found.lost and may_change and going_ahead.is_open(meeting, at=at)
    notice, rules = replying.agreed_notice(meeting), current_settings(seat.learning_set)
    turn = rotating.chairs([meeting], at=at).get(meeting.id)
    willing = turn is not None and not (turn.agreed and turn.person == request.user)
    context = {
        "turn": turn,
        "may_chair": willing and seat.is_member and not hasattr(meeting, "room"),
        "meeting": meeting,
        "learning_set": seat.learning_set,
        "accent": seat.learning_set.accent,
        "seat": seat,
        "people": [(row, answers.get(row.person_id, "")) for row in people],
        "mine": answers.get(request.user.id, ""),
        "notice_hours": int(notice.total_seconds()) // 3600 if notice else 0,
        "quorum": found,
        "too_few": too_few,
        "offer": next_best.of(meeting, at=at) if too_few else None,
        "is_over": is_over,
        "room_is": room_is,
        "may_change": may_change,
        "may_prepare": not is_over
        and not meeting.cancelled_at
        and seat.is_member
        and rules.prepares,
        "agenda": rules.protocol_title,
        "elsewhere": request.user.zone != meeting.zone,
    }
    return render(request, "meetings/meeting.html", context)


def _state(meeting: Meeting, *, at: datetime) -> tuple[bool, str]:
    """Whether it is over; and its room: `to come`, `open`, still `to write down`, or nothing now."""
    room = getattr(meeting, "room", None)  # made by the app above, once somebody opens it
    closed = bool(room and room.closed_at)
    is_over = closed or meeting.ends_at <= at
    if closed or meeting.cancelled_at:
        return is_over, ""
    if room:
        return is_over, "open"
    if is_over:
        return is_over, "to write down"
    return is_over, "to come" if meeting.starts_at - DOOR > at else "open"


@require_POST
@meeting_seated
def reply(request: SignedInRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    """Say yes or send apologies."""
    answer = request.POST.get("answer", "")
    if answer not in ("yes", "apologies"):
        messages.error(request, "Choose yes or apologies.")
        return redirect("meetings:meeting", meeting.id)
    at = timezone.now()
    try:
        replying.reply(seat, meeting, answer=answer, at=at)
    except scheduling.NotChangeable:
        messages.info(request, OVER)
    else:
        late = answer == "apologies" and replying.is_late(meeting, at=at)
        messages.success(request, LATE if late else SAID[answer])
    return redirect("meetings:meeting", meeting.id)


@require_POST
@meeting_seated
def hold(request: SignedInRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    """Hold the meeting although too few can come."""
    try:
        going_ahead.hold_anyway(seat, meeting, at=timezone.now())
    except scheduling.NotChangeable:
        messages.info(request, OVER)
    except going_ahead.RuleMoves:
        messages.warning(request, "You agreed that a meeting below quorum is moved.")
    else:
        messages.success(request, "Noted: you meet anyway. The set sees it on this page.")
    return redirect("meetings:meeting", meeting.id)


@require_POST
@meeting_seated
def next_date(request: SignedInRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    """Move a meeting to which too few can come to the next best date, as its page offered it."""
    try:
        next_best.take(seat, meeting, said=request.POST.get("starts_at", ""), at=timezone.now())
    except scheduling.NotChangeable:
        messages.info(request, OVER)
    except next_best.Changed:
        messages.info(request, "Things have changed meanwhile, so nothing was moved. Look again.")
    else:
        messages.success(request, "Moved. Everyone is told by e-mail, and asked again.")
    return redirect("meetings:meeting", meeting.id)


@require_POST
@meeting_seated
def chair(request: SignedInRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    """Chair the meeting, in place of whoever is to."""
    try:
        volunteering.volunteer(seat, meeting, at=timezone.now())
    except scheduling.NotChangeable:
        messages.info(request, OVER)
    except volunteering.Led:
        messages.info(request, "Your facilitator leads this meeting, so it needs no chair.")
    except volunteering.RoomOpen:
        messages.info(request, "The room is open: the controls are handed over there.")
    else:
        messages.success(request, "Thank you: you chair this meeting.")
    return redirect("meetings:meeting", meeting.id)
