from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from setwise.people.requests import SignedInRequest
from setwise.sets import graduating, objecting
from setwise.sets.graduation_forms import DayForm, LiveWithoutForm
from setwise.sets.models import Graduation, Membership
from setwise.sets.seats import Seat, seated
from setwise.vault.sealing import keys_at_hand


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def graduation(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Going on without a facilitator: proposing it, answering, taking it back, and how it stands."""
    row = graduating.standing(seat.learning_set, at=timezone.now())
    form = _form(request, seat, row)
    if request.method == "POST":
        try:
            said = _carry_out(request, seat, row, form)
        except graduating.NotNow as refusal:
            if not isinstance(form, DayForm):
                messages.info(request, str(refusal))
                return redirect("sets:graduation", seat.learning_set.id)
            form.add_error("day", str(refusal))
        else:
            if said:
                messages.success(request, said)
                return redirect("sets:graduation", seat.learning_set.id)
    return _page(request, seat, row, form)


def _form(
    request: SignedInRequest, seat: Seat, row: Graduation | None
) -> DayForm | LiveWithoutForm:
    data = request.POST or None
    do = request.POST.get("do")
    if do == "propose" or (row is None and seat.is_facilitator and do != "withdraw"):
        return DayForm(data)
    return LiveWithoutForm(data)


def _carry_out(
    request: SignedInRequest, seat: Seat, row: Graduation | None, form: DayForm | LiveWithoutForm
) -> str:
    """Do what was posted; what to say of it, '' where the form is to be shown again."""
    at = timezone.now()
    if isinstance(form, DayForm):
        seat.must(seat.is_facilitator, "The facilitator proposes this.")
        if not form.is_valid():
            return ""
        graduating.propose(seat, on=form.cleaned_data["day"], at=at)
        return "Proposed. Each member is asked, and told by e-mail."
    withdraws = request.POST.get("do") == "withdraw"
    if row is None:
        raise graduating.NotNow(graduating.OVER if withdraws else graduating.NO_MORE)
    if withdraws:
        graduating.withdraw(seat, row, at=at)
        return "Taken back. You stay in the seat."
    seat.must(seat.is_member and not seat.is_facilitator, "The members answer this.")
    if not form.is_valid():
        return ""
    says, words = form.cleaned_data["says"], form.cleaned_data["would_let"]
    now = graduating.answer(seat, row, says=says, would_let=words, at=at)
    return "Noted. All of you have said yes: it is agreed." if now.agreed_at else "Noted."


def _page(
    request: SignedInRequest, seat: Seat, row: Graduation | None, form: DayForm | LiveWithoutForm
) -> HttpResponse:
    learning_set, at = seat.learning_set, timezone.now()
    people = Membership.objects.visible_to(request.user).filter(learning_set=learning_set)
    earlier = Graduation.objects.visible_to(request.user).filter(learning_set=learning_set)
    if row:
        earlier = earlier.exclude(pk=row.pk)
    context: dict[str, Any] = {
        "seat": seat,
        "learning_set": learning_set,
        "accent": learning_set.accent,
        "row": row,
        "form": form,
        "facilitator": people.facilitating().select_related("person").first(),
        "graduated": graduating.took_effect(learning_set, at=at),
        "may_answer": bool(row)
        and learning_set.goes_on
        and seat.is_member
        and not seat.is_facilitator,
        "earlier": earlier.select_related("facilitator__person").order_by("-proposed_at"),
        "at": at,
    }
    if row:
        context |= _answers(request, seat, row)
        mine, words = context["mine"] or (None, "")
        form.initial = {"says": mine.answer, "would_let": words} if mine else {}
    return render(request, "sets/graduation.html", context, status=422 if form.errors else 200)


def _answers(request: SignedInRequest, seat: Seat, row: Graduation) -> dict[str, Any]:
    """Who has said what: the words of an objection for whoever was in the set when it was made."""
    since = objecting.joined_at(request.user, seat.learning_set)
    answers = list(row.answers.select_related("person").order_by("answered_at"))
    asked = graduating.asked(row)
    still_in = {person.id for person in asked}
    with keys_at_hand(each.key_id for each in answers):
        said = [
            (each, each.would_let() if since and each.answered_at >= since else "")
            for each in answers
            if each.person_id in still_in
        ]
    answered = {each.person_id for each, _ in said}
    return {
        "said": said,
        "missing": [person for person in asked if person.id not in answered],
        "mine": next((each for each in said if each[0].person_id == request.user.id), None),
    }
