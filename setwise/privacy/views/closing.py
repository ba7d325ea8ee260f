from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from setwise.people.requests import SignedInRequest
from setwise.privacy import closing as use_case
from setwise.privacy.forms import ClosingForm
from setwise.room.refusing import Refusal
from setwise.sets.agreeing import current_settings
from setwise.sets.seating import NotPossible
from setwise.sets.seats import Seat, seated


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def closing(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """What the end of the set means, when it is, and saying so for a day."""
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            use_case.announce(seat, day=form.cleaned_data["day"], at=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        except NotPossible as refusal:
            messages.warning(request, str(refusal))
            return redirect("privacy:closing", seat.learning_set.id)
        else:
            messages.success(
                request, "Everyone is told by e-mail. It can be taken back until then."
            )
            return redirect("privacy:closing", seat.learning_set.id)
    elif request.method == "POST":
        seat.must(use_case.may_announce(seat), use_case.FORBIDDEN)
    return _page(request, seat, form)


def _page(request: SignedInRequest, seat: Seat, form: ClosingForm) -> HttpResponse:
    learning_set = seat.learning_set
    ending = learning_set.closed_at or learning_set.closes_at
    context = {
        "form": form,
        "learning_set": learning_set,
        "accent": learning_set.accent,
        "may": use_case.may_announce(seat),
        "days": current_settings(learning_set).keep_days_after_close,
        "erases_at": learning_set.erases_at or (ending and use_case.erasing_day(learning_set)),
    }
    return render(request, "privacy/closing.html", context, status=422 if form.errors else 200)


@require_POST
@seated
def take_back(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Keep the set on."""
    try:
        use_case.take_back(seat, at=timezone.now())
        messages.success(request, "The set goes on. Everyone is told by e-mail.")
    except NotPossible as refusal:
        messages.warning(request, str(refusal))
    return redirect("today:set", seat.learning_set.id)
