from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from setwise.people import signing_in
from setwise.people.models import Person
from setwise.sets import inviting
from setwise.sets.forms import AcceptForm
from setwise.sets.models import Invitation


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The briefing, then yes or no, equally easy. Opening it changes nothing."""
    row = inviting.find(token, at=timezone.now())
    if row is None:
        return render(request, "meetings/invitation_over.html", status=410)
    if request.method == "POST" and request.POST.get("answer") == "no":
        inviting.decline(row, at=timezone.now())
        return render(request, "meetings/declined.html", {"invitation": row})
    known = inviting.known(row)
    if request.method == "POST" and known:
        return _accept_known(request, row, known)
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _accept_new(request, row, form)
    context = {
        "invitation": row,
        "learning_set": row.learning_set,
        "accent": row.learning_set.accent,
        "form": form,
        "known": known,
        # when and where, but not the link: that is for whoever said yes
        "dates": row.learning_set.meetings.coming(at=timezone.now())[:6],
        "somebody_else": request.user.is_authenticated and request.user != known,
    }
    return render(request, "meetings/invitation.html", context, status=422 if form.errors else 200)


def _accept_known(request: HttpRequest, row: Invitation, known: Person) -> HttpResponse:
    if request.user != known:  # the link alone signs nobody in to an account that exists
        messages.info(request, f"Sign in as {row.email} first. Then say yes here.")
        return redirect_to_login(request.path)
    return _accept(request, row, known)


def _accept_new(request: HttpRequest, row: Invitation, form: AcceptForm) -> HttpResponse:
    if request.user.is_authenticated:
        messages.info(request, f"Sign out first: this invitation is for {row.email}.")
        return redirect(request.path)
    person = inviting.person_for(row, **form.cleaned_data)
    signing_in.enter(request, person)  # whoever holds the link reads that mailbox
    return _accept(request, row, person)


def _accept(request: HttpRequest, row: Invitation, person: Person) -> HttpResponse:
    try:
        inviting.accept(row, person, at=timezone.now())
    except inviting.SetFull:
        messages.warning(request, "The set filled up in the meantime: eight members is the most.")
    except inviting.SeatTaken:
        messages.warning(request, "The set has a facilitator already.")
    except inviting.NotOpen:
        messages.info(request, "This invitation was answered already.")
    else:
        messages.success(request, f"Welcome to {row.learning_set.name}.")
        return redirect("today:set", row.learning_set_id)
    return redirect("today:today")
