"""The page that a projector shows."""

from __future__ import annotations

from urllib.parse import urlsplit

import segno
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from setwise.meetings.gate import meeting_seated
from setwise.meetings.models import Meeting
from setwise.people.requests import SignedInRequest
from setwise.room.drawing import drawn
from setwise.room.models import Room
from setwise.room.screen import Screen, address
from setwise.sets.seats import Seat

QUIET_ZONE = 4  # modules around a code, so that cameras find it


@never_cache
@require_safe
@meeting_seated
def screen(request: SignedInRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    """The big screen, for anybody with a seat: they see as much of a room from its door."""
    room = Room.objects.visible_to(request.user).filter(meeting=meeting)
    found = room.select_related("chair").first()
    join = address(meeting)
    shown = Screen.read(found, at=timezone.now()).given() if found else {"meeting": meeting}
    context = {
        "meeting": meeting,
        "accent": seat.learning_set.accent,
        "code": code(join),
        "host": urlsplit(join).netloc,
        "now": drawn("screen", shown),
    }
    return render(request, "room/screen.html", context)


def code(url: str) -> SafeString:
    """A QR code as SVG, without a style of its own; black on white on every theme."""
    made = segno.make(url, micro=False)
    drawn = made.svg_inline(border=QUIET_ZONE, light="#fff", omitsize=True, svgclass="qr")
    return mark_safe(drawn)  # noqa: S308 - drawn from an address of ours, as paths alone
