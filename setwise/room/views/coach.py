from __future__ import annotations

import logging
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from setwise.people.requests import SignedInRequest, signed_in
from setwise.room import coaching_here, entering
from setwise.room.entering import Entry

logger = logging.getLogger(__name__)


@never_cache
@require_POST
@sensitive_post_parameters()
@signed_in
def coach(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """A hint about the `text` being written, as a piece of HTML for its author; 204 for none.

    403 with its sentence to whoever has not entered, and where the coach is switched off; 429 to
    whoever asks oftener than anybody types. It changes nothing and keeps nothing.
    """
    entry = entering.enter(request.user, meeting_id)
    try:
        coaching_here.must_be_on(entry)
    except PermissionDenied as denied:
        return JsonResponse({"error": str(denied)}, status=403)
    if coaching_here.in_a_hurry(entry):
        return HttpResponse(status=429, headers={"Retry-After": "5"})
    shown = _shown(entry, request.POST.get("text", ""))
    return HttpResponse(shown) if shown else HttpResponse(status=204)


def _shown(entry: Entry, text: str) -> str:
    try:
        hint = coaching_here.hint(entry, text)
        return render_to_string("room/hint.html", {"hint": hint}) if hint else ""
    except Exception as problem:  # noqa: BLE001 whatever it is, it would carry the words it met
        logger.error("The question coach failed: %s", type(problem).__name__)
        return ""
