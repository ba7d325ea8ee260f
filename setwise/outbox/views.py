from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from setwise.outbox import demo, overview, reading, transport, trying_again

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


@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """The operator's page: what waits, what stopped and why. For anybody else there is none."""
    _let_in_an_operator(request)
    context = {
        "overview": overview.of(at=timezone.now()),
        "keeps_letters": transport.keeps_letters(),
        "rate": settings.SETWISE_MAIL_RATE,
    }
    return render(request, "outbox/mail.html", context)


@require_POST
def mail_again(request: HttpRequest) -> HttpResponse:
    """Send the letters again that one trouble stopped."""
    _let_in_an_operator(request)
    count = trying_again.try_again(trouble=request.POST.get("trouble", ""), at=timezone.now())
    if count:
        messages.success(
            request, "On its way again." if count == 1 else f"{count} on their way again."
        )
    else:
        messages.info(request, "There was nothing that could be sent again.")
    return redirect("outbox:mail")


def _let_in_an_operator(request: HttpRequest) -> None:
    if not getattr(request.user, "is_staff", False):
        raise Http404
