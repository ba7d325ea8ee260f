from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setwise.people.requests import SignedInRequest
from setwise.sets import agreeing, amending
from setwise.sets.forms import AnswerForm, RulesForm
from setwise.sets.models import GroundRules
from setwise.sets.seats import Seat, seated

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@seated
def rules(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """The agreement in force, what is being agreed, and every version before."""
    learning_set = seat.learning_set
    versions = GroundRules.objects.visible_to(request.user).filter(learning_set=learning_set)
    context = {
        "learning_set": learning_set,
        "accent": learning_set.accent,
        "in_force": agreeing.rules_in_force(learning_set),
        "proposal": agreeing.being_agreed(learning_set),
        "owed": agreeing.owed_by(request.user).get(learning_set.id),
        "versions": versions.filter(state__in=("in force", "past")).order_by("-number"),
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
        "assents": row.assents.select_related("person").order_by("answered_at"),
    }
    return render(request, "sets/version.html", context)


@get_or_post
@seated
def edit(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Write the next version; the one in force binds until this is agreed."""
    at = timezone.now()
    rules, clauses = amending.outline(seat.learning_set)
    form = RulesForm(request.POST or None, instance=rules, clauses=clauses)
    if request.method != "POST" or not form.is_valid():
        return _edit_page(request, seat, form)
    row = amending.write(
        seat, amending.draft(seat, at=at), settings=form.settings(), clauses=form.clauses(), at=at
    )
    if "propose" in request.POST:
        amending.propose(seat, row, at=at)
        messages.success(request, "Proposed. Everyone is asked whether they can live with it.")
        return redirect("sets:answer", seat.learning_set.id)
    messages.success(request, "Saved. Nobody is asked yet.")
    return redirect("sets:rules", seat.learning_set.id)


def _edit_page(request: SignedInRequest, seat: Seat, form: RulesForm) -> HttpResponse:
    context = {
        "form": form,
        "learning_set": seat.learning_set,
        "accent": seat.learning_set.accent,
        "was_proposed": agreeing.is_proposed(seat.learning_set),
    }
    return render(request, "sets/rules_edit.html", context, status=422 if form.errors else 200)


@get_or_post
@seated
def answer(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """*Can you live with this?*"""
    learning_set = seat.learning_set
    waiting = agreeing.owed_by(request.user).get(learning_set.id)
    proposal = agreeing.being_agreed(learning_set)
    proposed = proposal if proposal and proposal.state == "proposed" else None
    row = waiting or proposed or agreeing.rules_in_force(learning_set)
    if row is None:
        return redirect("sets:rules", learning_set.id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = agreeing.answer(seat, row, **form.cleaned_data, at=timezone.now())
        except agreeing.NotProposed:
            messages.info(request, "That version is not being agreed any more.")
        else:
            said = "These ground rules are in force." if row.state == "in force" else "Noted."
            messages.success(request, said)
        return redirect("sets:rules", learning_set.id)
    context = {
        "rules": row,
        "form": form,
        "learning_set": learning_set,
        "accent": learning_set.accent,
    }
    return render(request, "sets/answer.html", context, status=422 if form.errors else 200)


@require_POST
@seated
def withdraw(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Take back the version being agreed."""
    row = agreeing.being_agreed(seat.learning_set)
    if row:
        amending.withdraw(seat, row)
        messages.success(request, "Taken back. What was in force before still is.")
    return redirect("sets:rules", seat.learning_set.id)
