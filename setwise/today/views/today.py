from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from setwise.actions.models import Action
from setwise.people.requests import SignedInRequest, signed_in
from setwise.room import left_open
from setwise.sets.offering_guides import offered_to
from setwise.today import dates, history, things
from setwise.today.situations import situations
from setwise.vault.sealing import keys_at_hand

NEW = timedelta(days=30)  # so long somebody is told of the practice room


@require_safe
@signed_in
def today(request: SignedInRequest) -> HttpResponse:
    """The next thing to do in each set, then what is coming, then my open actions."""
    person, at = request.user, timezone.now()
    local_day = at.astimezone(person.tzinfo).date()
    here = situations(person, at=at, today=local_day)
    rows = [(now.learning_set, things.next_thing(now)) for now in here]
    coming = dates.coming(person, at=at).select_related("learning_set")
    own = Action.objects.visible_to(person).filter(owner=person).open()
    actions = list(own.order_by("due_on", "decided_at")[:10])
    context = {
        "rows": rows,
        "nothing": not any(thing for _, thing in rows),
        "coming": dates.with_chairs(coming[:6], at=at),
        "left_open": left_open.told(person, at=at),
        "actions": actions,
        "closed": history.kept_for(person).exclude(closed_at=None).order_by("-closed_at"),
        "local_day": local_day,
        "newcomer": at - person.joined_at < NEW,
        "offers": offered_to(person, at=at),
    }
    with keys_at_hand(row.key_id for row in actions):
        return render(request, "today/today.html", context)
