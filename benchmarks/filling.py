"""Rooms in the middle of a round, with questions noted; prints what the load needs of each.

Takes the number of the first one and of the first one no more.
"""

from __future__ import annotations

import copy
import json
import sys
from typing import Any

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from setwise.people.models import Person  # noqa: E402
from setwise.people.signing_in import BACKEND  # noqa: E402
from setwise.project.cli.starting import migrate  # noqa: E402
from setwise.project.demo.case import DEFAULT, Case, read  # noqa: E402
from setwise.project.demo.filling import fill, seat_of  # noqa: E402
from setwise.project.demo.playing import Play  # noqa: E402
from setwise.room import checking_in, opening  # noqa: E402
from setwise.room.models import Round  # noqa: E402


def session_of(person: Person) -> str:
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(person.pk), BACKEND
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return str(store.session_key)


@transaction.atomic
def one_room(case: Case, number: int) -> dict[str, Any]:
    """One case's room, at *clarify* of its first round."""
    own = copy.deepcopy(dict(case))
    for each in own["people"]:
        each["email"] = f"{number}-{each['email']}"
    filled = fill(own, now=timezone.now())
    play = Play(filled)
    chair = filled.people[play.chair]
    opening.open_room(seat_of(chair, filled.learning_set), filled.meeting, at=play.at)
    for key in play.present:
        checking_in.knock(play.entry(key), at=play.tick())
    checking_in.admit(play.entry(play.chair), who=None, at=play.tick())
    play.to("bidding")
    play.bids()
    play.to("round", "clarify", 1)
    row = Round.objects.get(room__meeting=filled.meeting, number=1)
    play.questions(row, own["rounds"][0], "clarify")
    return {
        "meeting": str(filled.meeting.pk),
        "chair": session_of(chair),
        "sessions": [session_of(filled.people[key]) for key in play.present[:6]],
    }


if __name__ == "__main__":
    migrate()
    a_case = read(DEFAULT)
    numbers = range(int(sys.argv[1]), int(sys.argv[2]))
    print(json.dumps([one_room(a_case, number) for number in numbers]))
