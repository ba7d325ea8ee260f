from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from setwise.outbox import transport
from setwise.people.requests import SignedInRequest
from setwise.sets import graduating, handing_over, inviting, limiting, seating
from setwise.sets.forms import InviteForm
from setwise.sets.models import FEWEST, MOST, Handover, Invitation, Membership
from setwise.sets.seats import Seat, seated

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
FULL = "Eight members is the most a set can have, open invitations counted. Nobody was invited."

NO_MAIL_SERVER = (
    "no mail server is set here. Whoever runs this Setwise finds the letters with: "
    "bin/setwise mail read"
)


@get_or_post
@seated
def people(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Who is in the set, who is invited, and inviting more."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = inviting.invite(
                seat,
                emails=form.cleaned_data["emails"],
                as_facilitator=form.cleaned_data["as_facilitator"],
                at=timezone.now(),
            )
        except inviting.SetFull:
            form.add_error("emails", FULL)
        except limiting.TooMany as refusal:
            form.add_error("emails", str(refusal))
        else:
            messages.success(request, _said(len(sent)))
            return redirect("sets:people", seat.learning_set.id)
    return _page(request, seat, form)


def _said(sent: int) -> str:
    if not sent:
        return "They are all here or invited already."
    if transport.keeps_letters() and not settings.SETWISE_DEMO:
        written = "One invitation is written" if sent == 1 else f"{sent} invitations are written"
        return f"{written}, but {NO_MAIL_SERVER}"
    return "One invitation is on its way." if sent == 1 else f"{sent} invitations are on their way."


def _page(request: SignedInRequest, seat: Seat, form: InviteForm) -> HttpResponse:
    learning_set, at = seat.learning_set, timezone.now()
    rows = list(
        Membership.objects.visible_to(request.user)
        .filter(learning_set=learning_set)
        .select_related("person")
        .order_by("person__name")
    )
    members = sum(row.is_member for row in rows)
    handover = handing_over.last(learning_set)
    holder = next((row for row in rows if row.facilitates), None)
    context = {
        "form": form,
        "seat": seat,
        "learning_set": learning_set,
        "accent": learning_set.accent,
        "rows": rows,
        "facilitator": holder,
        "may_give": learning_set.goes_on and (holder is None or holder.person == request.user),
        "too_few": members < FEWEST,
        "many": members > MOST,
        "members": members,
        "handover": handover,
        "graduation": graduating.standing(learning_set, at=at),
        "may_undo": handover is not None and handing_over.may_undo(seat, handover),
        "ended": seating.ended(learning_set),
        "invitations": Invitation.objects.visible_to(request.user)
        .filter(learning_set=learning_set, withdrawn_at=None)
        .exclude(answer="yes")
        .order_by("email"),
        "at": at,
    }
    return render(request, "sets/people.html", context, status=422 if form.errors else 200)


@require_POST
@seated
def again(request: SignedInRequest, seat: Seat, invitation_id: UUID) -> HttpResponse:
    """Send an invitation again; the old link dies."""
    row = _invitation(request, seat, invitation_id)
    return _change(
        request,
        seat,
        lambda: inviting.send_again(seat, row, at=timezone.now()),
        "Sent again. The earlier link opens nothing any more.",
    )


@require_POST
@seated
def withdraw(request: SignedInRequest, seat: Seat, invitation_id: UUID) -> HttpResponse:
    """Withdraw an invitation."""
    row = _invitation(request, seat, invitation_id)
    return _change(
        request,
        seat,
        lambda: inviting.withdraw(row, at=timezone.now()),
        "The invitation is withdrawn.",
    )


def _invitation(request: SignedInRequest, seat: Seat, pk: UUID) -> Invitation:
    visible = Invitation.objects.visible_to(request.user).filter(learning_set=seat.learning_set)
    return get_object_or_404(visible, pk=pk)


@require_POST
@seated
def facilitator(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Give the facilitator's seat to somebody, or leave it empty; or undo the last time."""
    chosen, undone = request.POST.get("to", ""), request.POST.get("undo", "")
    if undone:
        row = _handover(request, seat, undone)
        return _change(
            request, seat, lambda: handing_over.undo(seat, row, at=timezone.now()), "Undone."
        )
    to = _membership(request, seat, chosen) if chosen else None
    said = f"{to.person} facilitates now." if to else "The facilitator’s seat is empty now."
    return _change(
        request,
        seat,
        lambda: handing_over.give_facilitation(seat, to=to, at=timezone.now()),
        said,
        gave=True,
    )


@require_POST
@seated
def suspend(request: SignedInRequest, seat: Seat, membership_id: UUID) -> HttpResponse:
    row = _membership(request, seat, str(membership_id))
    if request.POST.get("restore"):
        step, said = seating.restore, f"{row.person} may enter again."
    else:
        step, said = seating.suspend, f"{row.person} cannot enter for now."
    return _change(request, seat, lambda: step(seat, row, at=timezone.now()), said)


@get_or_post
@seated
def end(request: SignedInRequest, seat: Seat, membership_id: UUID) -> HttpResponse:
    """End a membership, after talking with the person."""
    row = _membership(request, seat, str(membership_id))
    if request.method != "POST":
        seat.must(row.person_id != request.user.id, seating.OWN)
        context = {
            "row": row,
            "learning_set": seat.learning_set,
            "accent": seat.learning_set.accent,
        }
        return render(request, "sets/end.html", context)
    talked = bool(request.POST.get("talked"))
    return _change(
        request,
        seat,
        lambda: seating.end(seat, row, talked=talked, at=timezone.now()),
        f"{row.person} is no longer in the set.",
    )


@get_or_post
@seated
def leave(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Leave the set, after a page that says what one keeps."""
    if request.method != "POST":
        context = {"learning_set": seat.learning_set, "accent": seat.learning_set.accent}
        return render(request, "sets/leave.html", context)
    seating.leave(seat, at=timezone.now())
    messages.success(request, f"You have left {seat.learning_set.name}.")
    return redirect("today:today")


def _membership(request: SignedInRequest, seat: Seat, pk: str) -> Membership:
    visible = Membership.objects.visible_to(request.user).filter(learning_set=seat.learning_set)
    return get_object_or_404(visible.select_related("person", "learning_set"), pk=_uuid(pk))


def _handover(request: SignedInRequest, seat: Seat, pk: str) -> Handover:
    visible = Handover.objects.visible_to(request.user).filter(learning_set=seat.learning_set)
    return get_object_or_404(visible, pk=_uuid(pk))


def _uuid(text: str) -> UUID | None:
    """The id that was posted; None, which no row has, where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _change(
    request: SignedInRequest,
    seat: Seat,
    step: Callable[[], object],
    said: str,
    *,
    gave: bool = False,
) -> HttpResponse:
    """Take a step and say what came of it; whoever `gave` the seat and left with it may undo that."""
    try:
        step()
    except (seating.NotPossible, limiting.TooMany) as refusal:
        messages.warning(request, str(refusal))
    except inviting.NotOpen:
        messages.info(request, "That invitation was answered in the meantime.")
    else:
        messages.success(request, said)
    still_in = Membership.objects.visible_to(request.user).filter(
        learning_set=seat.learning_set, person=request.user
    )
    if not still_in.exists():
        given = handing_over.last(seat.learning_set) if gave else None
        return redirect("sets:given", given.pk) if given else redirect("today:today")
    return redirect("sets:people", seat.learning_set.id)
