from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from setwise.people.requests import SignedInRequest, signed_in
from setwise.today import history


@require_safe
@signed_in
def meetings(request: SignedInRequest, set_id: UUID) -> HttpResponse:
    """Our meetings: who met and when, who presented, how many actions were reviewed."""
    learning_set, held = history.of(request.user, set_id, at=timezone.now())
    context = {"learning_set": learning_set, "accent": learning_set.accent, "held": held}
    return render(request, "today/meetings.html", context)
