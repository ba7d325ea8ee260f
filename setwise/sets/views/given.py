from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from setwise.people.requests import SignedInRequest, signed_in
from setwise.sets import handing_over
from setwise.sets.models import LearningSet
from setwise.sets.seating import NotPossible


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def given(request: SignedInRequest, handover_id: UUID) -> HttpResponse:
    """Undoing a handing over with which one left the set: the only page of it they still open.

    It shows the set's name, to whom and until when; nothing else of the set.
    """
    row = handing_over.given_away(request.user, handover_id, at=timezone.now())
    if LearningSet.objects.visible_to(request.user).filter(pk=row.learning_set_id).exists():
        return redirect("sets:people", row.learning_set_id)
    if request.method == "POST":
        try:
            handing_over.take_back(request.user, row, at=timezone.now())
        except NotPossible as refusal:
            messages.warning(request, str(refusal))
            return redirect("today:today")
        messages.success(request, f"Undone. You facilitate {row.learning_set.name} again.")
        return redirect("sets:people", row.learning_set_id)
    until = row.at + handing_over.UNDO_FOR
    return render(request, "sets/given.html", {"row": row, "until": until})
