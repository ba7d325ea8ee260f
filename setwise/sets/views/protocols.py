from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from setwise.people.requests import SignedInRequest
from setwise.protocols.agenda import plan
from setwise.protocols.shipped import FIRST, shipped
from setwise.sets import following
from setwise.sets.agreeing import current_settings
from setwise.sets.following import Way
from setwise.sets.models import Variant
from setwise.sets.seats import Seat, seated


@require_safe
@seated
def index(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Every way of meeting there is for this set: its own, put away or not, and the shipped."""
    learning_set = seat.learning_set
    at_hand = dict(learning_set.own_protocols)
    rows = Variant.objects.visible_to(request.user).filter(learning_set=learning_set)
    newest = {row.line: row for row in rows.order_by("number")}
    lines_at_hand = {row.line for row in rows if row.key in at_hand}
    context = {
        "learning_set": learning_set,
        "accent": learning_set.accent,
        "own": [row for row in rows if row.key in at_hand],
        "away": [row for line, row in newest.items() if line not in lines_at_hand],
        "shipped": shipped(),
        "follows": current_settings(learning_set).protocol,
    }
    return render(request, "sets/protocols.html", context)


@require_safe
@seated
def show(request: SignedInRequest, seat: Seat, way: str) -> HttpResponse:
    """One way of meeting: its minutes, for one issue and for two, and what is asked of whom."""
    found = way_or_404(seat, way)
    protocol = found.protocol
    agendas = [
        (issues, plan(protocol, minutes=protocol.minutes, issues=issues))
        for issues in range(1, max(protocol.issues, 1) + 1)
    ]
    keys = {each for each, _ in seat.learning_set.own_protocols}
    context = {
        "learning_set": seat.learning_set,
        "accent": seat.learning_set.accent,
        "way": found,
        "protocol": protocol,
        "agendas": agendas,
        "at_hand": found.key in keys,
        "chosen": current_settings(seat.learning_set).protocol == found.key,
        "first": found.key == FIRST,
    }
    return render(request, "sets/protocol.html", context)


@require_safe
@seated
def file(request: SignedInRequest, seat: Seat, way: str) -> HttpResponse:
    """The protocol as a file, which `bin/setwise protocol check` reads."""
    found = way_or_404(seat, way)
    name = found.key if found.variant is None else f"our-protocol-{found.variant.number}"
    return HttpResponse(
        found.text,
        content_type="application/toml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.toml"'},
    )


def way_or_404(seat: Seat, key: str) -> Way:
    found = following.way(seat.learning_set, key)
    if found is None:
        raise Http404
    return found
