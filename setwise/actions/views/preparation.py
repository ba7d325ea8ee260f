from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from setwise.actions import preparing
from setwise.actions.forms import PreparationForm, PreparedActionForm
from setwise.actions.models import Action
from setwise.actions.preparing import Prepared, Told
from setwise.meetings.gate import meeting_seated
from setwise.meetings.models import Meeting
from setwise.meetings.scheduling import NotChangeable
from setwise.people.requests import SignedInRequest
from setwise.sets.agreeing import current_settings
from setwise.sets.seats import Seat
from setwise.vault.sealing import keys_at_hand

OVER = "This meeting is over or was cancelled, so nothing was changed."
OFF = "Your ground rules leave preparation out, so nothing was changed."
DOES = ("erase", "skip")  # whatever stands in the form
ToldForm = tuple[Action, PreparedActionForm]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@meeting_seated
def prepare(request: SignedInRequest, seat: Seat, meeting: Meeting) -> HttpResponse:
    """What I think of beforehand for one meeting: mine alone, and never required."""
    seat.must(seat.is_member, "Members prepare: they are who brings issues.")
    at = timezone.now()
    actions = preparing.to_prepare(request.user, meeting)
    with keys_at_hand(row.key_id for row in actions):
        now = preparing.prepared_by(request.user, meeting)
        form, told = _forms(request, now, actions)
        valid = all([form.is_valid(), *(each.is_valid() for _, each in told)])
        if request.method == "POST" and (valid or request.POST.get("do") in DOES):
            return _change(request, seat, meeting, form, told, at)
        return _page(request, seat, meeting, now, form, told, at)


def _forms(
    request: SignedInRequest, now: Prepared, actions: list[Action]
) -> tuple[PreparationForm, list[ToldForm]]:
    """The forms as they were sent, else as it is kept."""
    data = request.POST if request.method == "POST" else None
    form = PreparationForm(data, initial={name: getattr(now, name) for name in preparing.WORDS})
    return form, [
        (row, _told_form(data, row.id, now.actions.get(row.id, Told()))) for row in actions
    ]


def _told_form(data: Mapping[str, str] | None, pk: UUID, told: Told) -> PreparedActionForm:
    initial = {name: getattr(told, name) for name in preparing.TOLD}
    return PreparedActionForm(data, prefix=f"action-{pk}", initial=initial)


def _change(
    request: SignedInRequest,
    seat: Seat,
    meeting: Meeting,
    form: PreparationForm,
    told: list[ToldForm],
    at: datetime,
) -> HttpResponse:
    do, said = request.POST.get("do", ""), "Kept. Only you can read it."
    try:
        if do == "erase":
            preparing.erase(request.user, meeting)
            said = "Erased."
        elif do == "skip":
            preparing.skip(seat, meeting, at=at)
            said = "That is fine. You are not asked again for this meeting."
        else:
            actions = {row.id: Told(**each.cleaned_data) for row, each in told}
            prepared = Prepared(**form.cleaned_data, actions=actions)
            preparing.prepare(seat, meeting, prepared, at=at)
    except NotChangeable:
        messages.info(request, OVER)
    except preparing.NotPrepared:
        messages.info(request, OFF)
    else:
        messages.success(request, said)
    return redirect("actions:prepare", meeting.id)


def _page(
    request: SignedInRequest,
    seat: Seat,
    meeting: Meeting,
    now: Prepared,
    form: PreparationForm,
    told: list[ToldForm],
    at: datetime,
) -> HttpResponse:
    refused = form.is_bound
    context = {
        "meeting": meeting,
        "learning_set": seat.learning_set,
        "accent": seat.learning_set.accent,
        "form": form,
        "told": told,
        "written": now.any,
        "is_over": bool(meeting.cancelled_at) or meeting.ends_at <= at,
        "prepares": current_settings(seat.learning_set).prepares,
        "elsewhere": request.user.zone != meeting.zone,
    }
    return render(request, "actions/prepare.html", context, status=422 if refused else 200)
