"""Meetings in somebody's own calendar: the private address, its page, and one meeting as a file."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_http_methods, require_safe

from setwise.meetings import calendar, subscription
from setwise.meetings.gate import meeting_seated
from setwise.meetings.models import Meeting
from setwise.people import linking
from setwise.people.requests import SignedInRequest, signed_in
from setwise.sets.seats import Seat

KIND = "text/calendar; charset=utf-8"
SAID = {
    "renew": "This is your address. Any other you had works no more.",
    "stop": "Stopped. The address works no more.",
}


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """All my meetings, for a calendar that subscribed to them. The address is the proof."""
    if not subscription.limit.allows(token):
        wait = {"Retry-After": "60"}
        status = HTTPStatus.TOO_MANY_REQUESTS
        return HttpResponse("Too often.", "text/plain", status, headers=wait)
    found = subscription.read(token, at=timezone.now())
    if found is None:
        return linking.dead(request)
    modified = int(found.changed_at.timestamp())
    headers = {
        "ETag": found.etag,
        "Last-Modified": http_date(modified),
        "Cache-Control": "private, no-cache",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
        "Content-Disposition": 'inline; filename="setwise.ics"',
    }
    whole = HttpResponse(found.ics, KIND, headers=headers)
    return get_conditional_response(request, found.etag, modified, whole) or whole


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def subscribing(request: SignedInRequest) -> HttpResponse:
    """My address: to copy, to make anew, to stop."""
    at, do = timezone.now(), request.POST.get("do", "")
    if request.method == "POST":
        if do == "renew":
            subscription.renew(request.user, at=at)
        elif do == "stop":
            subscription.stop(request.user)
        messages.success(request, SAID.get(do, "Nothing was changed."))
        return redirect("meetings:subscribing")
    address = subscription.address(request.user, at=at)
    webcal = address and f"webcal://{address.partition('://')[2]}"
    return render(request, "meetings/subscribing.html", {"address": address, "webcal": webcal})


@require_safe
@meeting_seated
def file(request: SignedInRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    """One meeting as a file, to open in whatever calendar there is."""
    response = HttpResponse(calendar.published([meeting], named=False), KIND)
    response["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return response
