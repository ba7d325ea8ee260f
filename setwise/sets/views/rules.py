from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setwise.people.requests import SignedInRequest
from setwise.sets import agreeing, amending, objecting
from setwise.sets.forms import RulesForm
from setwise.sets.models import GroundRules
from setwise.sets.seats import Seat, seated

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
MEANWHILE = (
    "Somebody else wrote on these rules while you did, so nothing was saved. What you typed is "
    "still here. Look at theirs on the rules page; to put yours in their place, save again."
)


@require_safe
@seated
def rules(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """The agreement in force, what is being agreed, what is objected, and every version before."""
    learning_set = seat.learning_set
    versions = GroundRules.objects.visible_to(request.user).filter(learning_set=learning_set)
    context = {
        "learning_set": learning_set,
        "accent": learning_set.accent,
        "in_force": agreeing.rules_in_force(learning_set),
        "proposal": agreeing.being_agreed(learning_set),
        "owed": agreeing.owed_by(request.user).get(learning_set.id),
        "objections": objecting.heard_by(request.user, learning_set),
        "versions": versions.filter(state__in=("in force", "past")).order_by("-number"),
        "withdrawn": versions.filter(state="withdrawn", proposed_at__isnull=False).order_by(
            "-number"
        ),
    }
    return render(request, "sets/rules.html", context)


@require_safe
@seated
def version(request: SignedInRequest, seat: Seat, number: int) -> HttpResponse:
    """One version: its words, its settings, who agreed and when. Prints on A4."""
    visible = GroundRules.objects.visible_to(request.user).filter(learning_set=seat.learning_set)
    row = get_object_or_404(visible, number=number)
    context = {
        "rules": row,
        "learning_set": seat.learning_set,
        "accent": seat.learning_set.accent,
        "answers": objecting.answers_to(row, request.user),
    }
    return render(request, "sets/version.html", context)


@get_or_post
@seated
def edit(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Write the next version; the one in force binds until this is agreed."""
    at = timezone.now()
    rules, clauses = amending.outline(seat.learning_set)
    initial = {"protocol": request.GET["protocol"]} if "protocol" in request.GET else None
    form = RulesForm(request.POST or None, instance=rules, clauses=clauses, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return _edit_page(request, seat, form)
    written, seen = form.clauses(), request.POST.get("seen", "")
    try:
        row = amending.save(seat, settings=form.settings(), clauses=written, seen=seen, at=at)
    except amending.WrittenMeanwhile:
        form.add_error(None, MEANWHILE)
        return _edit_page(request, seat, form, refused=409)
    if "propose" in request.POST:
        amending.propose(seat, row, at=at)
        messages.success(request, "Proposed. Everyone is asked whether they can live with it.")
        return redirect("sets:answer", seat.learning_set.id)
    messages.success(request, "Saved. Nobody is asked yet.")
    return redirect("sets:rules", seat.learning_set.id)


def _edit_page(
    request: SignedInRequest, seat: Seat, form: RulesForm, *, refused: int = 422
) -> HttpResponse:
    context = {
        "form": form,
        "learning_set": seat.learning_set,
        "accent": seat.learning_set.accent,
        "seen": amending.mark(amending.outline(seat.learning_set)[0]),
        "was_proposed": agreeing.is_proposed(seat.learning_set),
    }
    status = refused if form.errors else 200
    return render(request, "sets/rules_edit.html", context, status=status)


@require_POST
@seated
def withdraw(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Take back the version being agreed."""
    row = agreeing.being_agreed(seat.learning_set)
    if row:
        amending.withdraw(seat, row)
        messages.success(request, "Taken back. What was in force before still is.")
    return redirect("sets:rules", seat.learning_set.id)
