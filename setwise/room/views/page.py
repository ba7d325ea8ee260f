from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from setwise.actions.forms import TELLABLE
from setwise.actions.models import Action
from setwise.meetings.gate import meeting_seated
from setwise.meetings.models import Meeting
from setwise.people.requests import SignedInRequest
from setwise.protocols.agenda import plan
from setwise.protocols.shipped import load as protocol
from setwise.room import entering, loading, regions
from setwise.room.entering import Entry
from setwise.room.models import Room
from setwise.room.opening import open_room
from setwise.room.refusing import Refusal
from setwise.room.snapshot import Snapshot
from setwise.room.standing import Standing, open_composers, standing
from setwise.sets.agreeing import being_agreed, current_settings, owes_answer
from setwise.sets.models import Clause
from setwise.sets.seats import Seat


@never_cache
@require_safe
@meeting_seated
def room(request: SignedInRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    """The room of a meeting: its door before it is opened, the live page, and after it is closed."""
    if not Room.objects.visible_to(request.user).filter(meeting=meeting).exists():
        return _door(request, seat, meeting)
    return show(request, meeting.id)


@require_POST
@meeting_seated
def open_(request: SignedInRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    """Open the room, or a recording of a meeting that was held without it."""
    try:
        open_room(seat, meeting, recording=bool(request.POST.get("recording")), at=timezone.now())
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("room:room", meeting.id)


def _door(request: SignedInRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    rules = current_settings(seat.learning_set)
    minutes = min(max(meeting.minutes, 30), 480)
    context = {
        "meeting": meeting,
        "learning_set": seat.learning_set,
        "accent": seat.learning_set.accent,
        "protocol": protocol(rules.protocol),
        "stops": plan(protocol(rules.protocol), minutes=minutes, issues=rules.issues_per_meeting),
        "owes": owes_answer(request.user, seat.learning_set),
        "is_over": meeting.ends_at <= timezone.now(),
        "elsewhere": request.user.zone != meeting.zone,
    }
    return render(request, "room/door.html", context)


def show(
    request: SignedInRequest, meeting_id: UUID, *, typed: QueryDict | None = None, status: int = 200
) -> HttpResponse:
    """The live page, as the stream would push it; `typed` fills refused forms in again."""
    entry = entering.enter(request.user, meeting_id)
    now = loading.load(entry.room, at=timezone.now())
    who = standing(now, request.user.id)
    learning_set = entry.seat.learning_set
    context: dict[str, Any] = {
        "regions": regions.render(now, who, regions.Rendered()),
        "me": who,
        "shell": regions.shell(now, who),
        "entry": entry,
        "room": entry.room,
        "meeting": entry.room.meeting,
        "learning_set": learning_set,
        "accent": learning_set.accent,
        "deed": uuid.uuid4(),
        "typed": typed or {},
        "refused": status != 200,
        "subjects": Clause.SUBJECTS,
        "owes": owes_answer(request.user, learning_set),
        "proposal": being_agreed(learning_set),
    }
    if who.entered:
        context |= _shell(entry, now, who)
    return render(request, "room/room.html", context, status=status)


def _shell(entry: Entry, now: Snapshot, who: Standing) -> dict[str, Any]:
    """The page's own part, which is never pushed: composers, own actions, own check-out."""
    person, meeting = entry.person, entry.room.meeting
    own = (
        Action.objects.visible_to(person)
        .filter(owner=person, learning_set=entry.seat.learning_set)
        .open()
    )
    shown = set(meeting.shown_actions.filter(action__owner=person).values_list("action", flat=True))
    checked_out = entry.room.check_outs.filter(person=person).first()
    writers = current_settings(entry.seat.learning_set).note_writers
    may_note = writers == "anyone" or (writers == "facilitator" and entry.seat.is_facilitator)
    return {
        "round": now.round,
        "open": open_composers(now, who),
        "own_bid": next((bid for bid in now.bids if bid.author == person.id), None),
        "own_actions": [(row, row.id in shown) for row in own.order_by("decided_at")],
        "checked_out": checked_out,
        "tellable": TELLABLE,
        "others": [p for p in now.people if p.status == "entered" and p.id != person.id]
        if may_note
        else [],
        "now": now,
    }


@require_safe
@meeting_seated
def stream(request: SignedInRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    """The stream's address where the server in front knows no ASGI: the page works without it."""
    return HttpResponse(
        "The stream is served beside Django.", status=501, content_type="text/plain"
    )
