from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from setwise.actions.models import Action
from setwise.meetings.models import Poll
from setwise.people.models import Person
from setwise.people.requests import SignedInRequest
from setwise.room import records, waiting
from setwise.sets import practising, seating
from setwise.sets.agreeing import rules_in_force
from setwise.sets.models import LearningSet, Membership
from setwise.sets.seats import Seat, seated
from setwise.today import dates, things
from setwise.today.situations import situations
from setwise.vault.sealing import keys_at_hand

LATELY = timedelta(days=30)  # so long a set's home says whose membership was ended, and by whom


@require_safe
@seated
def set_home(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """One set: what is next, when we meet, who we are, what we agreed, what is mine from it."""
    person, learning_set, at = request.user, seat.learning_set, timezone.now()
    local_day = at.astimezone(person.tzinfo).date()
    here = situations(person, at=at, today=local_day)
    now = next((row for row in here if row.learning_set == learning_set), None)
    own = Action.objects.visible_to(person).filter(owner=person, learning_set=learning_set).open()
    actions = list(own.order_by("due_on", "decided_at"))
    context = {
        "seat": seat,
        "learning_set": learning_set,
        "accent": learning_set.accent,
        "thing": things.next_thing(now) if now else None,
        "rules": rules_in_force(learning_set),
        "actions": actions,
        "rounds": records.readable_rounds(person, learning_set),
        "practised": practising.practised(learning_set, get_language() or ""),
        "local_day": local_day,
    }
    context |= _people(person, learning_set, at) | _meetings(person, learning_set, at)
    with keys_at_hand(row.key_id for row in actions):
        return render(request, "today/set_home.html", context)


def _people(person: Person, learning_set: LearningSet, at: datetime) -> dict[str, Any]:
    people = Membership.objects.visible_to(person).seated().filter(learning_set=learning_set)
    people = people.select_related("person").order_by("person__name")
    presented = waiting.last_presented(learning_set.id)
    return {
        "people": [(row, presented.get(row.person_id)) for row in people],
        "ended": seating.ended(learning_set).filter(left_at__gt=at - LATELY),
    }


def _meetings(person: Person, learning_set: LearningSet, at: datetime) -> dict[str, Any]:
    coming = dates.coming(person, at=at).filter(learning_set=learning_set)
    polls = Poll.objects.visible_to(person).unsettled().filter(learning_set=learning_set)
    poll = polls.order_by("-opened_at").first()
    return {
        "poll": poll,
        "polled": poll is not None and poll.takes_answers(at=at),
        "coming": dates.with_chairs(coming[:5], at=at),
        "past": dates.held(person, at=at).filter(learning_set=learning_set)[:12],
    }
