"""Every change in a room: an ordinary POST with a client-made number, carried out once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.http.request import HttpHeaders
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from setwise.people.requests import SignedInRequest, signed_in
from setwise.protocols.engine import Reason, Refused
from setwise.room import deeds, entering
from setwise.room.composing import RefusedForm
from setwise.room.entering import Entry
from setwise.room.refusing import Late, Refusal
from setwise.room.views import page

P = ParamSpec("P")
BY_SCRIPT = HttpHeaders.to_wsgi_name("X-Setwise-Room")  # from the room's own script
CHANGED = (
    "What was sent from here before has arrived, so this was not taken in its place. It is still "
    "here: send it again if it is meant as well."
)


def act(
    handler: Callable[Concatenate[Entry, QueryDict, datetime, P], None],
) -> Callable[Concatenate[HttpRequest, UUID, P], HttpResponseBase]:
    """Make a view of a handler of an open room; when it is closed it is refused."""

    def while_open(
        entry: Entry, data: QueryDict, at: datetime, /, *args: P.args, **kwargs: P.kwargs
    ) -> None:
        if entry.room.closed_at:
            raise Refused(Reason.CLOSED)
        handler(entry, data, at, *args, **kwargs)

    return act_always(while_open)


def act_always(
    handler: Callable[Concatenate[Entry, QueryDict, datetime, P], None],
) -> Callable[Concatenate[HttpRequest, UUID, P], HttpResponseBase]:
    """Make a view of a handler, of a closed room too: lock the room, gate, do it once, answer.

    204 to the room's own script, 302 to a plain form. Refused: 403 to whoever has not the right,
    409 where the room has moved on, 422 for the words; each with its sentence, what was typed kept.
    """

    @wraps(handler)
    def view(
        request: SignedInRequest, meeting_id: UUID, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        at = timezone.now()
        body = [(k, v) for k, vs in request.POST.lists() for v in vs]
        body = [(k, str(v)) for k, v in body if k not in ("csrfmiddlewaretoken", "deed")]
        try:
            with transaction.atomic():
                entry = entering.locked(request.user, meeting_id)
                deeds.once(
                    person=request.user,
                    number=_number(request.POST.get("deed", "")),
                    route=request.path,
                    body=body,
                    at=at,
                    do=lambda: handler(entry, request.POST, at, *args, **kwargs),
                )
        except Refusal as refusal:
            return _refuse(request, meeting_id, refusal, refusal.status)
        except PermissionDenied as denied:
            return _refuse(request, meeting_id, Refusal("", str(denied)), 403)
        except Refused as refused:
            status = 403 if refused.reason is Reason.NOT_YOURS else 409
            kind = Late if refused.reason is Reason.CLOSED else Refusal
            return _refuse(request, meeting_id, kind("", refused.reason.value), status)
        except deeds.SameNumberOtherWords:
            return _refuse(request, meeting_id, Refusal("", CHANGED), 409)
        if BY_SCRIPT in request.META:
            return HttpResponse(status=204)
        return redirect("room:room", meeting_id)

    gated = require_POST(signed_in(view))  # type: ignore[arg-type]
    return cast("Callable[Concatenate[HttpRequest, UUID, P], HttpResponseBase]", gated)


def _refuse(
    request: SignedInRequest, meeting_id: UUID, refusal: Refusal, status: int
) -> HttpResponse:
    if BY_SCRIPT in request.META:
        said: dict[str, object] = {"error": refusal.sentence, "field": refusal.field}
        said |= {"fresh": dict(refusal.fresh), "over": isinstance(refusal, Late)}
        return JsonResponse(said, status=status)
    refused = RefusedForm(request.path, refusal, request.POST.dict())
    return page.show(request, meeting_id, refused=refused, status=status)


def _number(text: str) -> UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()
