"""Rooms at different moments of a meeting, with somebody at the door; prints who they are."""

from __future__ import annotations

import copy
import json
import sys
from datetime import timedelta
from typing import Any

from benchmarks.filling import session_of  # sets Django up

from django.db import transaction  # isort: skip
from django.utils import timezone  # isort: skip

from setwise.people.models import Person  # isort: skip
from setwise.project.cli.starting import migrate  # isort: skip
from setwise.project.demo.case import DEFAULT, Case, read  # isort: skip
from setwise.project.demo.filling import fill  # isort: skip
from setwise.project.demo.playing import Play  # isort: skip
from setwise.room import checking_in  # isort: skip
from setwise.sets.models import Membership  # isort: skip

GOER, WAITER = "gil", "wanda"
AGO = timedelta(minutes=40)
PROTOCOLS = ("classic", "question-only")
MOMENTS = (
    ("progress", None, None),
    ("bidding", None, None),
    ("round", "clarify", 1),
    ("round", "decide", 1),
    ("review", None, None),
)


def one_room(case: Case, number: int, clients: int) -> dict[str, Any]:
    """A room at one of five moments, so that each is under way when the server is killed."""
    own = copy.deepcopy(dict(case))
    for key in (GOER, WAITER):
        own["people"].append({"key": key, "name": key.title(), "email": f"{key}@setwise.example"})
    for each in own["people"]:
        each["email"] = f"{number}-{each['email']}"
    own["meeting"]["present"] = [*own["meeting"]["present"], GOER]
    own["rules"] |= {"record_readers": "present", "protocol": PROTOCOLS[number % 6 == 5]}
    filled = fill(own, now=timezone.now() - AGO)
    play = Play(filled)
    play.open()
    moment = MOMENTS[number % len(MOMENTS)]
    if moment[0] in ("round", "review"):
        play.bids()
    if play.has(*moment):
        play.to(*moment)
    checking_in.knock(play.entry(WAITER), at=play.tick())
    return described(play, number, clients)


def described(play: Play, number: int, clients: int) -> dict[str, Any]:
    """Who they are: those who write, whoever goes, and those for whom no word is."""
    writing = [play.chair, *(key for key in play.present if key not in (play.chair, GOER))][
        :clients
    ]
    stranger = Person.objects.create_user(f"{number}-stranger@setwise.example", "Stranger")
    roles = dict.fromkeys(writing, "writes") | {GOER: "goes", WAITER: "outside"}
    roles |= dict.fromkeys(play.case["meeting"]["apologies"], "outside")
    people = [
        {
            "id": str(play.people[key].pk),
            "session": session_of(play.people[key]),
            "role": role,
            "facilitates": key == play.chair,
            "membership": str(
                Membership.objects.get(
                    person=play.people[key], learning_set=play.filled.learning_set
                ).pk
            ),
        }
        for key, role in roles.items()
    ]
    outsider = {"id": str(stranger.pk), "session": session_of(stranger), "role": "outside"}
    return {
        "meeting": str(play.meeting.pk),
        "set": str(play.filled.learning_set.pk),
        "moves": play.entry(play.chair).room.course.moves,
        "people": [*people, outsider],
    }


if __name__ == "__main__":
    rooms, clients = map(int, sys.argv[1:])
    migrate()
    a_case = read(DEFAULT)
    with transaction.atomic():
        print(json.dumps([one_room(a_case, number, clients) for number in range(rooms)]))
