"""Which reminders I get: signed in, or by the link at the foot of an e-mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from setwise.people import linking, reminding
from setwise.people.by_link import by_link
from setwise.people.forms import RemindersForm
from setwise.people.models import Link, Person, ReminderChoice
from setwise.people.requests import SignedInRequest, signed_in
from setwise.ui import zones

SAVED = "Saved. It holds from the next e-mail on."
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@signed_in
def reminders(request: SignedInRequest) -> HttpResponse:
    """Choose which reminders I get, and when."""
    return _page(request, request.user)


@get_or_post
@by_link("reminders")
def by_foot(request: HttpRequest, link: Link) -> HttpResponse:
    """The same without signing in. Opening it changes nothing."""
    return _page(request, link.person)


@csrf_exempt  # a mail program posts here by itself (RFC 8058): the token is the proof
@get_or_post
def stop(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """Stop the kind of reminder that an e-mail was, by the mail program's press or by the page's."""
    if request.method != "POST":
        return _ask(request, token, kind)
    link = linking.find("reminders", token, at=timezone.now())
    if link is None or kind not in (*reminding.KINDS, reminding.DIGEST):
        return linking.dead(request)
    reminding.switch_off(link.person, kind)
    if "List-Unsubscribe" in request.POST:
        return linking.private(HttpResponse("Stopped.", content_type="text/plain"))
    messages.success(request, "Stopped. Here you see what still comes.")
    return linking.private(redirect("people:reminders-by-link", token))


@by_link("reminders")
def _ask(request: HttpRequest, link: Link, kind: str) -> HttpResponse:
    if kind not in (*reminding.KINDS, reminding.DIGEST):
        raise Http404
    choose = reverse("people:reminders-by-link", args=[linking.token_of(link)])
    return _page(request, link.person, stopping=kind, choose=choose)


def _page(
    request: HttpRequest, person: Person, *, stopping: str = "", choose: str = ""
) -> HttpResponse:
    row = reminding.kept_for(person)
    label = "" if stopping in ("", reminding.DIGEST) else ReminderChoice._meta.get_field(stopping)
    posted = request.POST if request.method == "POST" else None
    form = RemindersForm(posted, instance=row)
    if posted is not None and form.is_valid():
        reminding.choose(person, form.cleaned_data)
        messages.success(request, SAVED)
        return redirect(request.path)
    context = {
        "form": form,
        "person": person,
        "own": request.user == person,
        "stopping": stopping,
        "choose": choose,
        "zone": zones.called(person.zone),
        "label": getattr(label, "verbose_name", ""),
    }
    status = 422 if form.errors else 200
    return render(request, "people/reminders.html", context, status=status)
