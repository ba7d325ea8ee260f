from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from setwise.meetings import joining
from setwise.people import signing_in
from setwise.people.models import Person
from setwise.people.practising import may_practise
from setwise.sets import inviting
from setwise.sets.forms import AcceptForm
from setwise.sets.models import Invitation

FULL = "The set filled up in the meantime: eight members is the most."
TAKEN = "The set has a facilitator already."


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
    return _page(request, row, form, known)


def _page(
    request: HttpRequest, row: Invitation, form: AcceptForm, known: Person | None = None
) -> HttpResponse:
    context = {
        "invitation": row,
        "learning_set": row.learning_set,
        "accent": row.learning_set.accent,
        "form": form,
        "known": known,
        # when and where, but not the link: that is for whoever said yes
        "dates": row.learning_set.meetings.coming(at=timezone.now())[:6],
        "may_practise": may_practise(request),
        "somebody_else": request.user.is_authenticated and request.user != known,
    }
    status = 409 if form.non_field_errors() else 422 if form.errors else 200
    return render(request, "meetings/invitation.html", context, status=status)


def _accept_known(request: HttpRequest, row: Invitation, known: Person | None) -> HttpResponse:
    if known is None or request.user != known:  # the link alone signs nobody in to an account
        messages.info(request, f"Sign in as {row.email} first. Then say yes here.")
        return redirect_to_login(request.path)
    try:
        joining.join(row, known, at=timezone.now())
    except inviting.SetFull:
        messages.warning(request, FULL)
    except inviting.SeatTaken:
        messages.warning(request, TAKEN)
    except inviting.NotOpen:
        messages.info(request, "This invitation was answered already.")
    else:
        return _welcome(request, row)
    return redirect("today:today")


def _accept_new(request: HttpRequest, row: Invitation, form: AcceptForm) -> HttpResponse:
    if request.user.is_authenticated:
        messages.info(request, f"Sign out first: this invitation is for {row.email}.")
        return redirect(request.path)
    try:
        joined = joining.join_anew(row, **form.cleaned_data, at=timezone.now())
    except inviting.AccountExists:
        return _accept_known(request, row, None)
    except inviting.NotOpen:
        return render(request, "meetings/invitation_over.html", status=410)
    except (inviting.SetFull, inviting.SeatTaken) as refusal:
        sentence = FULL if isinstance(refusal, inviting.SetFull) else TAKEN
        form.add_error(None, f"{sentence} Your invitation stays open, should that change.")
        return _page(request, row, form)
    signing_in.enter(request, joined.person)  # whoever holds the link reads that mailbox
    return _welcome(request, row)


def _welcome(request: HttpRequest, row: Invitation) -> HttpResponse:
    messages.success(request, f"Welcome to {row.learning_set.name}.")
    return redirect("today:set", row.learning_set_id)
