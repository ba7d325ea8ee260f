from __future__ import annotations

from copy import copy

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from setwise.people.requests import SignedInRequest, signed_in
from setwise.sets import countries
from setwise.sets.forms import AboutForm, StartForm
from setwise.sets.models import Membership
from setwise.sets.seats import Seat, seated
from setwise.sets.starting import start_set

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@signed_in
def start(request: SignedInRequest) -> HttpResponse:
    """Start a set."""
    zone = request.user.zone
    initial = {"country": countries.default_for(zone)}
    form = StartForm(request.POST or None, initial=initial, zones=[zone])
    if request.method == "POST" and form.is_valid():
        learning_set = start_set(request.user, **form.cleaned_data, at=timezone.now())
        messages.success(request, "Your set is there. Now invite people to it.")
        return redirect("sets:people", learning_set.id)
    return render(request, "sets/start.html", {"form": form}, status=422 if form.errors else 200)


@get_or_post
@seated
def about(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Change the set's name, purpose, colour and public holidays."""
    seat.must_go_on()
    # a copy: a refused name is not yet the one in the page's header
    form = AboutForm(request.POST or None, instance=copy(seat.learning_set), zones=_zones(seat))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("today:set", seat.learning_set.id)
    context = {"form": form, "learning_set": seat.learning_set}
    return render(request, "sets/about.html", context, status=422 if form.errors else 200)


def _zones(seat: Seat) -> list[str]:
    seats = Membership.objects.visible_to(seat.person).seated()
    here = seats.filter(learning_set=seat.learning_set)
    return list(here.values_list("person__zone", flat=True))
