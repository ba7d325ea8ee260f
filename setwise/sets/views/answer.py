from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from setwise.people.requests import SignedInRequest
from setwise.sets import agreeing
from setwise.sets.forms import AnswerForm
from setwise.sets.models import GroundRules
from setwise.sets.seats import Seat, seated

NOTED = "Noted."
IN_FORCE = "These ground rules are in force."
REOPENED = (
    "Noted. What you said opens your next meeting. The agreed rules hold until then, and you may "
    "enter it."
)
OVER = "That version is not being agreed any more."


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def answer(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """*Can you live with this?* An answer counts for the words that were before its writer."""
    if request.method != "POST":
        row = agreeing.asked_about(request.user, seat.learning_set)
        return _page(request, seat, row, AnswerForm()) if row else _to_rules(seat)
    form = AnswerForm(request.POST)
    valid, about = form.is_valid(), form.cleaned_data.get("about")
    read = about and agreeing.asked_about(request.user, seat.learning_set, version=about)
    if not read:
        return _overtaken(request, seat)
    if not valid:
        return _page(request, seat, read, form, status=422)
    says, would_let = form.cleaned_data["says"], form.cleaned_data["would_let"]
    try:
        row = agreeing.answer(seat, read, says=says, would_let=would_let, at=timezone.now())
    except agreeing.NotProposed:
        return _overtaken(request, seat)
    noted = REOPENED if read.state == "in force" else NOTED
    agreed = row.state == "in force" and says == "yes"
    messages.success(request, IN_FORCE if agreed else noted)
    return _to_rules(seat)


def _overtaken(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """The words that were read are asked about no more: the new ones, with what was typed kept.

    A yes is not carried over: nobody has said it to these words.
    """
    says, typed = request.POST.get("says", ""), request.POST.get("would_let", "")
    row = agreeing.asked_about(request.user, seat.learning_set)
    if row:
        kept = AnswerForm(initial={"says": "no" if says == "no" else None, "would_let": typed})
        return _page(request, seat, row, kept, status=409, overtaken=True)
    if not typed.strip():
        messages.info(request, OVER)
        return _to_rules(seat)
    context = {"typed": typed, "learning_set": seat.learning_set}
    context |= {"accent": seat.learning_set.accent, "over": OVER}
    return render(request, "sets/answer_over.html", context, status=409)


def _page(
    request: SignedInRequest,
    seat: Seat,
    row: GroundRules,
    form: AnswerForm,
    *,
    status: int = 200,
    overtaken: bool = False,
) -> HttpResponse:
    context = {
        "rules": row,
        "form": form,
        "overtaken": overtaken,
        "learning_set": seat.learning_set,
        "accent": seat.learning_set.accent,
    }
    return render(request, "sets/answer.html", context, status=status)


def _to_rules(seat: Seat) -> HttpResponse:
    return redirect("sets:rules", seat.learning_set.id)
