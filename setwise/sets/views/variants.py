"""Writing a protocol of a set's own: each press of the form comes back with all that was typed."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from setwise.people.requests import SignedInRequest
from setwise.protocols import checking, shipped, writing
from setwise.protocols.shape import Fault, ProtocolError
from setwise.sets import arranging, varying
from setwise.sets.amending import WrittenMeanwhile
from setwise.sets.following import Way
from setwise.sets.models import Variant
from setwise.sets.seats import Seat, seated
from setwise.sets.sheet import Sheet
from setwise.sets.views.protocols import way_or_404

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
MEANWHILE = (
    "Somebody else wrote a newer version while you did, so nothing was saved. What you typed is "
    "still here. Look at theirs; to keep yours too, save it as another way of meeting."
)
SPEAKERS = (
    ("each", "Each in turn"),
    ("everyone", "Everyone"),
    ("controls", "Whoever holds the controls"),
    ("nobody", "Nobody: a time without words"),
)
IN_ROUND = (
    ("presenter", "The presenter"),
    ("questioners", "The others ask the presenter"),
    ("others", "The others, while the presenter is silent"),
    *SPEAKERS,
)


@get_or_post
@seated
def vary(request: SignedInRequest, seat: Seat, way: str) -> HttpResponse:
    """Make a way of meeting of the set's own from one that there is."""
    return _write(request, seat, way_or_404(seat, way), after=None)


@get_or_post
@seated
def revise(request: SignedInRequest, seat: Seat, way: str) -> HttpResponse:
    """Write the next version of one of the set's own."""
    base = way_or_404(seat, way)
    if base.variant is None:
        raise Http404
    return _write(request, seat, base, after=base.variant)


def _write(
    request: SignedInRequest, seat: Seat, base: Way, *, after: Variant | None
) -> HttpResponse:
    seat.must_go_on()
    title = base.protocol.title if base.variant else f"{base.protocol.title}, our way"
    source = base.protocol.source
    if base.variant is None:
        source = f"Our own, from {base.protocol.title}. {source}"
    if request.method != "POST":
        return _page(
            request, seat, base, Sheet.of(base.protocol, title=title, source=source), after
        )
    sheet = Sheet.sent(request.POST.getlist("row"), request.POST.dict(), source=source)
    if base.protocol.advice:  # what permits advice says so, whatever becomes of it
        sheet = replace(sheet, head={**sheet.head, "advice": "1"})
    if request.POST.get("do"):
        return _page(request, seat, base, _arranged(request, sheet), after)
    return _save(request, seat, base, sheet, after)


def _save(
    request: SignedInRequest, seat: Seat, base: Way, sheet: Sheet, after: Variant | None
) -> HttpResponse:
    protocol, faults = checking.read(sheet.data(), key="own")
    try:
        if faults:
            raise ProtocolError(*faults)
        row = varying.keep(seat, text=writing.write(protocol), after=after, at=timezone.now())
    except ProtocolError as error:
        return _page(request, seat, base, sheet.refused(error.faults), after, status=422)
    except WrittenMeanwhile:
        sheet = sheet.refused([Fault((), MEANWHILE)])
        return _page(request, seat, base, sheet, after, status=409)
    messages.success(request, "Kept. Your set can choose it from now on.")
    return redirect("sets:protocol", seat.learning_set.id, row.key)


def _arranged(request: SignedInRequest, sheet: Sheet) -> Sheet:
    what, _, name = request.POST["do"].partition(" ")
    ways = {"earlier": arranging.earlier, "later": arranging.later, "without": arranging.without}
    if what in ways:
        return ways[what](sheet, name)
    if what == "add":
        return arranging.with_part(
            sheet, request.POST.get("part", ""), request.POST.get("after", "")
        )
    return sheet


def _page(
    request: SignedInRequest,
    seat: Seat,
    base: Way,
    sheet: Sheet,
    after: Variant | None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "learning_set": seat.learning_set,
        "accent": seat.learning_set.accent,
        "base": base,
        "after": after,
        "sheet": sheet,
        "speakers": SPEAKERS,
        "in_round": IN_ROUND,
        "library": [(name, title) for name, (title, _) in arranging.library().items()],
        "issues": (("0", "None"), ("1", "One"), ("2", "Two")),
    }
    return render(request, "sets/protocol_write.html", context, status=status)


@get_or_post
@seated
def from_file(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Keep a protocol that was written elsewhere, as `bin/setwise protocol check` takes it."""
    seat.must_go_on()
    text, status = "", 200
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        sent = request.FILES.get("file")
        text = request.POST.get("text", "")
        if sent and sent.size:  # of a file that is too long enough to be told so
            text = sent.read(4 * shipped.MOST_TEXT + 1).decode("utf-8", "replace")
        text = text.replace("\r\n", "\n")
        try:
            row = varying.keep(seat, text=text, at=timezone.now())
        except ProtocolError as error:
            faults, status = error.faults, 422
        else:
            messages.success(request, "Kept. Your set can choose it from now on.")
            return redirect("sets:protocol", seat.learning_set.id, row.key)
    context = {
        "learning_set": seat.learning_set,
        "accent": seat.learning_set.accent,
        "text": text,
        "faults": faults,
    }
    return render(request, "sets/protocol_from_file.html", context, status=status)


@require_POST
@seated
def at_hand(request: SignedInRequest, seat: Seat, way: str) -> HttpResponse:
    """Put one of the set's own away, or take it out again."""
    variant = way_or_404(seat, way).variant
    if variant is None:
        raise Http404
    try:
        if request.POST.get("out"):
            varying.take_out(seat, variant)
        else:
            varying.put_away(seat, variant)
            messages.success(request, "Put away. What follows it goes on doing so.")
    except ProtocolError as error:
        messages.warning(request, str(error))
    return redirect("sets:protocols", seat.learning_set.id)
