"""The facilitator's playbook, the short guides for members, and offering one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from setwise.coaching import cards
from setwise.people.requests import SignedInRequest, signed_in
from setwise.sets import offering_guides
from setwise.sets.seats import Seat, seated


@require_safe
@signed_in
def playbook(request: SignedInRequest) -> HttpResponse:
    """What may go wrong in a meeting, and what one might say: for everyone, as anyone may chair."""
    return render(request, "sets/playbook.html", {"cards": cards.playbook()})


@require_safe
@signed_in
def guide(request: SignedInRequest, key: str) -> HttpResponse:
    """One short guide; whoever was offered it may put the offer away here."""
    found = cards.guides().get(key)
    if found is None:
        raise Http404
    offers = offering_guides.offered_to(request.user, at=timezone.now())
    offered = next((each for each in offers if each.guide == found), None)
    return render(request, "sets/guide.html", {"guide": found, "offer": offered})


@require_POST
@seated
def offer(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Offer somebody a guide from the page of whoever facilitates."""
    try:
        to = UUID(request.POST.get("to", ""))
    except ValueError:
        to = seat.person.id  # nobody was chosen
    guide = request.POST.get("guide", "")
    try:
        offering_guides.offer(seat, to=to, guide=guide, at=timezone.now())
    except offering_guides.NobodyHere as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, "It is offered. Only they see it; they may read it or not.")
    return redirect("room:facilitating", seat.learning_set.id)


@require_POST
@signed_in
def put_away(request: SignedInRequest, offer_id: UUID) -> HttpResponse:
    if not offering_guides.put_away(request.user, offer_id):
        raise Http404
    return redirect("today:today")
