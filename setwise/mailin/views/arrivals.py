from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from setwise.mailin.counting import counts
from setwise.people.requests import SignedInRequest, signed_in


@require_safe
@signed_in
def arrivals(request: SignedInRequest) -> HttpResponse:
    """For operators: how much came in, by its kind."""
    if not request.user.is_staff:
        raise Http404
    ways = {
        "address": settings.SETWISE_REPLY_ADDRESS,
        "mailbox": bool(settings.SETWISE_IMAP_URL),
        "port": settings.SETWISE_LMTP and settings.SETWISE_LMTP[1],
    }
    found = counts(at=timezone.now())
    return render(request, "mailin/arrivals.html", {"counts": found, "ways": ways})
