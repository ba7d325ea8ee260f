from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from setwise.coaching import guides
from setwise.coaching.guides import Guide
from setwise.meetings import rotating
from setwise.meetings.gate import meeting_seated
from setwise.meetings.models import Meeting
from setwise.people.requests import SignedInRequest
from setwise.protocols.agenda import plan
from setwise.room import chairing, composing, entering, loading, regions
from setwise.room.composing import RefusedForm
from setwise.room.entering import Entry
from setwise.room.leaving import taken_away
from setwise.room.models import Room
from setwise.room.opening import EARLIEST, open_room
from setwise.room.refusing import Refusal
from setwise.room.snapshot import Snapshot
from setwise.room.standing import Standing, standing, visible
from setwise.room.writable import open_composers
from setwise.sets.agreeing import current_settings, owes_answer
from setwise.sets.following import way_of
from setwise.sets.offering_guides import offered_to
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
    minutes, way = min(max(meeting.minutes, 30), 480), way_of(rules)
    context = {
        "meeting": meeting,
        "learning_set": seat.learning_set,
        "accent": seat.learning_set.accent,
        "way": way,
        "protocol": way.protocol,
        "stops": plan(way.protocol, minutes=minutes, issues=rules.issues_per_meeting),
        "owes": owes_answer(request.user, seat.learning_set),
        "is_over": meeting.ends_at <= timezone.now(),
        "too_early": timezone.now() < meeting.starts_at - EARLIEST,
        "turn": rotating.chairs([meeting], at=timezone.now()).get(meeting.id),
        "elsewhere": request.user.zone != meeting.zone,
    }
    return render(request, "room/door.html", context)


def show(
    request: SignedInRequest,
    meeting_id: UUID,
    *,
    refused: RefusedForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The live page, as the stream would push it; a `refused` form is shown filled in again."""
    entry = entering.enter(request.user, meeting_id)
    now = loading.load(entry.room, at=timezone.now())
    who = standing(now, request.user.id)
    if who.controls and not now.where.closed and not _in_sight(now, who):
        chairing.keep_in_sight(entry.room, request.user, at=timezone.now())
    seen = visible(now, who)
    learning_set = entry.seat.learning_set
    shell = regions.shell(seen, who)
    unsent = composing.unsent(refused, entry.room, request.user)
    context: dict[str, Any] = {
        "regions": regions.render(seen, who, regions.Rendered()),
        "me": who,
        "shell": shell,
        "open": shell["open"],
        "room": entry.room,
        "meeting": entry.room.meeting,
        "learning_set": learning_set,
        "accent": learning_set.accent,
        "deed": uuid.uuid4(),
        "refused": refused,
        "problem": refused.refusal.sentence if refused and not unsent else "",
        "unsent": unsent,
        "owes": owes_answer(request.user, learning_set),
    }
    if who.entered:
        context["handable"] = composing.handable_rounds(entry.room, request.user)
    if now.where.closed:
        context["after"] = taken_away(entry, at=timezone.now())
    elif who.entered:
        use = "" if refused else request.GET.get("use", "")
        context |= _composers(entry, seen, who, None if unsent else refused, use)
    return render(request, "room/room.html", context, status=status)


def _in_sight(now: Snapshot, who: Standing) -> bool:
    me = now.person(who.person)
    return me is not None and me.present


def _composers(
    entry: Entry, seen: Snapshot, who: Standing, refused: RefusedForm | None, use: str
) -> dict[str, Any]:
    """The page's own part, which is never pushed: made of no more than its reader may see."""
    open_ = open_composers(seen, who)
    mine = composing.offered(entry, seen, composing.own(entry, seen, who), open_, use=use)
    own = [each.after(refused) for each in mine]
    others = [each.after(refused) for each in composing.for_others(entry, seen, who)]
    leads = [each.after(refused) for each in composing.leading.leading(seen, who)]
    every = (*own, *others, *leads)
    placed = any(each.problem or any(a.problem for a in each.also) for each in every)
    found: dict[str, Any] = {
        "composers": own,
        "for_others": others,
        "for_leading": leads,
        "unfold_leading": any(each.problem for each in leads),
        "guides_here": _guides(seen, who),
        "offers": offered_to(entry.person, at=timezone.now(), learning_set=seen.learning_set),
        "others_open": bool({each.name for each in others} & set(open_)),
        "unfold_others": any(each.problem for each in others) or seen.recording,
    }
    return found | ({"problem": ""} if placed else {})  # it stands beside its field


def _guides(seen: Snapshot, who: Standing) -> list[Guide]:
    """What may help in this stage: other guides for whoever presents, or holds the controls."""
    stop, language = seen.course.stop, get_language() or ""
    if who.presents:
        return guides.some(["presenting"], language)
    return guides.here(stage=stop.stage, step=stop.kind, leads=who.controls, language=language)


@require_safe
@meeting_seated
def stream(request: SignedInRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    """The stream's address where the server in front knows no ASGI: the page works without it."""
    return HttpResponse(
        "The stream is served beside Django.", status=501, content_type="text/plain"
    )
