from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from setwise.outbox import demo, reading

LOOPBACK = ("127.0.0.1", "::1")


@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    """The demo's letters, for a newcomer on their own machine; elsewhere there is no such page.

    Whoever reads sign-in mail can sign in, so this is refused to any other machine.
    """
    forwarded = "X-Forwarded-For" in request.headers
    if not settings.SETWISE_DEMO or forwarded or request.META["REMOTE_ADDR"] not in LOOPBACK:
        raise Http404
    letters = [demo.at_its_readers(letter) for letter in reading.letters()[:100]]
    return render(request, "outbox/demo_mail.html", {"letters": letters})
