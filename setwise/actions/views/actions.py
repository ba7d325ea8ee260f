from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setwise.actions import allying, deciding, progressing
from setwise.actions.forms import ActionForm, ProgressForm
from setwise.actions.models import Action
from setwise.people.requests import SignedInRequest, signed_in
from setwise.vault.sealing import keys_at_hand

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@signed_in
def mine(request: SignedInRequest) -> HttpResponse:
    """My actions: drafts to confirm, open ones, and what became of the others."""
    visible = Action.objects.visible_to(request.user).select_related("learning_set", "owner")
    own = visible.filter(owner=request.user)
    piles = {
        "drafts": list(own.filter(confirmed_at=None).order_by("decided_at")),
        "open": list(own.open().order_by("due_on", "decided_at")),
        "ended": list(own.exclude(ended_at=None).order_by("-ended_at")[:50]),
        "allied": list(visible.exclude(owner=request.user).open().order_by("due_on")),
    }
    context = piles | {
        "asked": allying.asked_of(request.user),
        "local_day": timezone.now().astimezone(request.user.tzinfo).date(),
    }
    with keys_at_hand(row.key_id for pile in piles.values() for row in pile):
        return render(request, "actions/mine.html", context)


@get_or_post
@signed_in
def action(request: SignedInRequest, action_id: UUID) -> HttpResponse:
    """One action of mine, or one whose ally I am; its owner says here how it goes."""
    row = _visible(request, action_id)
    form = ProgressForm(request.POST or None)
    if request.method == "POST":
        _must_own(request, row)
        if form.is_valid():
            progressing.tell(row, **form.cleaned_data, at=timezone.now())
            messages.success(
                request, "Noted. It waits for you at the next meeting’s progress step."
            )
            return redirect("actions:action", row.id)
    told = list(row.progress.all())
    context = {
        "action": row,
        "own": row.owner_id == request.user.id,
        "form": form,
        "told": [each for each in told if each.confirmed_at],
        "told_drafts": [each for each in told if not each.confirmed_at],
    }
    with keys_at_hand({row.key_id, *(each.key_id for each in told)}):
        return render(request, "actions/action.html", context, status=422 if form.errors else 200)


@get_or_post
@signed_in
def edit(request: SignedInRequest, action_id: UUID) -> HttpResponse:
    """Change my action: its words, date, first step, sign, confidence, ally."""
    row = _visible(request, action_id)
    _must_own(request, row)
    initial = {
        "text": row.text(),
        "first_step": row.first_step(),
        "sign": row.sign(),
        "due_on": row.due_on,
        "confidence": row.confidence,
        "ally": row.ally_id,
    }
    form = ActionForm(request.POST or None, initial=initial, allies=allying.possible(row))
    if request.method == "POST" and form.is_valid():
        deciding.change(row, decision=form.decision(), at=timezone.now())
        messages.success(request, "Saved.")
        return redirect("actions:action", row.id)
    context = {"form": form, "action": row}
    return render(request, "actions/edit.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def confirm(request: SignedInRequest, action_id: UUID) -> HttpResponse:
    """Confirm or throw away what a note-taker wrote for me."""
    row = _visible(request, action_id)
    _must_own(request, row)
    if request.POST.get("discard"):
        if deciding.discard(row):
            messages.success(request, "Thrown away.")
        else:
            messages.info(request, "It is your action already. Let it go, if it is over.")
    else:
        deciding.confirm(row, at=timezone.now())
        messages.success(request, "It is your action now.")
    return redirect("actions:mine")


@require_POST
@signed_in
def confirm_progress(request: SignedInRequest, action_id: UUID, progress_id: UUID) -> HttpResponse:
    """Confirm what a note-taker wrote about my action."""
    row = _visible(request, action_id)
    _must_own(request, row)
    told = get_object_or_404(row.progress.all(), pk=progress_id)
    progressing.confirm(told, at=timezone.now())
    return redirect("actions:action", row.id)


@require_POST
@signed_in
def ally(request: SignedInRequest, action_id: UUID) -> HttpResponse:
    """Say yes or no to being somebody's ally."""
    answer = request.POST.get("answer", "")
    if not allying.answer(request.user, action_id, yes=answer == "yes", at=timezone.now()):
        raise Http404
    messages.success(request, "Thank you for answering.")
    return redirect("actions:mine")


def _visible(request: SignedInRequest, pk: UUID) -> Action:
    return get_object_or_404(Action.objects.visible_to(request.user).select_related("owner"), pk=pk)


def _must_own(request: SignedInRequest, row: Action) -> None:
    if row.owner_id != request.user.id:
        raise PermissionDenied("Only its owner can change an action.")
