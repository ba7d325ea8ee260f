from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from setwise.actions.models import Action
from setwise.people.requests import SignedInRequest
from setwise.room import records
from setwise.sets.agreeing import rules_in_force
from setwise.sets.models import Membership
from setwise.sets.seats import Seat, seated
from setwise.today import dates, things
from setwise.vault.sealing import keys_at_hand


@require_safe
@seated
def set_home(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """One set: what is next, when we meet, who we are, what we agreed, what is mine from it."""
    person, learning_set, at = request.user, seat.learning_set, timezone.now()
    local_day = at.astimezone(person.tzinfo).date()
    situations = things.situations(person, at=at, today=local_day)
    now = next((row for row in situations if row.learning_set == learning_set), None)
    people = Membership.objects.visible_to(person).seated().filter(learning_set=learning_set)
    own = Action.objects.visible_to(person).filter(owner=person, learning_set=learning_set).open()
    actions = list(own.order_by("due_on", "decided_at"))
    context = {
        "seat": seat,
        "learning_set": learning_set,
        "accent": learning_set.accent,
        "thing": things.next_thing(now) if now else None,
        "coming": dates.coming(person, at=at).filter(learning_set=learning_set)[:5],
        "past": dates.held(person, at=at).filter(learning_set=learning_set)[:12],
        "people": people.select_related("person").order_by("person__name"),
        "rules": rules_in_force(learning_set),
        "actions": actions,
        "rounds": records.readable_rounds(person, learning_set),
        "local_day": local_day,
    }
    with keys_at_hand(row.key_id for row in actions):
        return render(request, "today/set_home.html", context)
