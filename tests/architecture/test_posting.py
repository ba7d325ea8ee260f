"""Every act of the room × every member of the cast → status, while the meeting is live.

Outsiders get 404, insiders without the right 403, and neither leaves a trace.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from setwise.actions.models import Action
from setwise.meetings.models import Meeting
from setwise.protocols import commands
from setwise.room import asking, bidding, checking_in, moving, opening
from setwise.room.models import Question, Room, Round
from tests.architecture.test_routes import IN_SET, NOBODY, routes
from tests.cast import ROLES, Cast, cast

pytestmark = pytest.mark.long

Post = tuple[str, dict[str, str], dict[str, int]]
HERE = ("facilitator", "presenter", "member")  # checked in


def may(*roles: str, answer: int = 204, **others: int) -> dict[str, int]:
    """These roles may; of the rest, whoever is in the set is forbidden, and nobody else is told."""
    table = {role: answer if role in roles else 403 if role in IN_SET else 404 for role in ROLES}
    return table | {name.replace("_", " "): status for name, status in others.items()}


CHAIR, PRESENTER, EVERYONE = may("facilitator"), may("presenter"), may(*HERE)
FIRST: tuple[Post, ...] = (
    # a late joiner answers the ground rules before they enter
    ("room:knock", {}, may(*HERE, "apologies", late_joiner=422)),
    ("room:check-in", {}, CHAIR),
    ("room:depart", {"person": "{member}"}, may("facilitator", "member")),
    ("room:chair", {"to": "{presenter}"}, CHAIR),
    ("room:chair", {"to": "{member}"}, CHAIR),  # nobody takes what its holder, in sight, holds
    ("room:today", {"issues": "1"}, CHAIR),
    ("room:recording", {}, CHAIR),
    ("room:note-process", {"text": "We were slow to begin."}, CHAIR),
    ("room:offer-guide", {"to": "{member}", "guide": "listening"}, CHAIR),
    ("room:close", {}, CHAIR),
    ("room:rules", {}, may("facilitator", answer=422)),  # nothing is proposed
)
ROUND: tuple[Post, ...] = (
    ("room:position", {"go": "next"}, CHAIR),
    ("room:clock", {"do": "more"}, CHAIR),
    ("room:clock", {"do": "pause"}, may("facilitator", "presenter")),
    ("room:clock", {"ask": ""}, CHAIR),
    ("room:clock", {"do": "share"}, may("facilitator", answer=409)),  # nothing is over
    ("room:clock", {"do": "shorten-break"}, may("facilitator", answer=409)),
    ("room:clock", {"do": "give-back"}, may("facilitator", answer=409)),
    ("room:clock", {"do": "stay"}, CHAIR),
    ("room:clock", {"do": "stay-no-longer"}, may("facilitator", answer=409)),
    ("room:clock", {"do": "sharing"}, may("facilitator", "presenter")),
    ("room:position", {"go": "end-round"}, may("facilitator", "presenter")),
    ("room:choose", {"shares": "{member}"}, CHAIR),
    ("room:position", {"go": "early"}, may("facilitator", answer=409)),  # a round has begun
    ("room:say", {"statement": "Other words"}, EVERYONE),  # the case lets anyone write notes
    ("room:manner", {"options": "on"}, PRESENTER),
    ("room:manner", {"silent": "on"}, may("facilitator", "presenter")),
    ("room:ask", {"text": "What else?"}, EVERYONE),
    ("room:coach", {"text": "What else?"}, EVERYONE),
    ("room:hand", {"text": "Too late"}, may("facilitator", "member", presenter=422)),
    ("room:hands", {"raise": "1"}, EVERYONE),
    ("room:hands", {"lower": "{member}"}, EVERYONE),  # the member lowers their own
    ("room:note", {"do": "withdraw"}, may("member")),  # whose it is
    ("room:note", {"do": "open"}, PRESENTER),
    # a draft that the facilitator wrote down for the member: nobody else knows of it
    ("room:draft", {"do": "confirm"}, NOBODY | dict.fromkeys(HERE, 204) | {"facilitator": 403}),
    ("room:draft", {"do": "drop"}, NOBODY | dict.fromkeys(HERE, 204)),
    ("room:let-see", {"person": "{member}"}, PRESENTER),
)
STAGES: dict[tuple[str, str | None, int | None], tuple[Post, ...]] = {
    ("check-in", None, None): FIRST,
    # an action that is not shown is its owner's alone: nobody else is told that it exists
    ("progress", None, None): (("room:progress", {"state": "done"}, NOBODY | {"owner": 204}),),
    ("bidding", None, None): (
        ("room:bid", {"issue": "Mine"}, may("presenter", "member")),  # the facilitator is none
        ("room:choose", {"presenter": "{member}"}, CHAIR),
        ("room:choose", {"longest": "1"}, may("facilitator", answer=422)),  # all waited equally
        ("room:choose", {"shares": "{member}"}, may("facilitator", answer=422)),  # nobody presents
        ("room:position", {"go": "deeper"}, CHAIR),
        ("room:position", {"go": "early"}, CHAIR),
    ),
    ("round", "explore", 1): ROUND,
    ("round", "options", 1): (("room:offer", {"text": "This"}, PRESENTER),),  # nobody is invited
    ("round", "decide", 1): (
        ("room:decide", {"text": "Ring them."}, PRESENTER),
        ("room:manner", {"decide_by": "2027-03-01"}, PRESENTER),
    ),
    ("round", "write", 1): (
        ("room:problem", {"text": "Nobody wants the night shift."}, EVERYONE),
        ("room:problem", {"do": "open"}, CHAIR),
    ),
    ("review", None, None): (("room:review", {"change": "Slower"}, EVERYONE),),
    ("check-out", None, None): (("room:check-out", {"learning": "To wait"}, EVERYONE),),
}


def live(step: str, stage: str | None, number: int | None) -> Cast:
    """The case's meeting at one of its stops, one question of the member's noted if in a round."""
    company = cast()
    play = company.play
    opening.open_room(company.seat("facilitator"), company.meeting, at=play.at)
    for role in HERE:
        checking_in.admit(play.entry("ruth"), who=[company.people[role].pk], at=play.tick())
    if step not in ("check-in", "progress", "bidding"):
        play.to("bidding")
        if stage == "write":  # a stage that the case's own protocol has not
            today = commands.Today(protocol="question-only")
            moving.move(play.entry("ruth"), today, at=play.tick())
        presenter = company.people["presenter"].pk
        row = bidding.choose(play.entry("ruth"), presenter=presenter, at=play.tick())
        play.to("round", "explore" if stage == "write" else "clarify", 1)
        asking.ask(play.entry("tomasz"), row, text="Who knows?", for_=None, at=play.tick())
        member = company.people["member"].pk
        asking.ask(play.entry("ruth"), row, text="Since when?", for_=member, at=play.tick())
    play.to(step, stage, number)
    company.people["owner"] = company.keys["bronwen"]
    checking_in.admit(play.entry("ruth"), who=[company.people["owner"].pk], at=play.tick())
    return company


def send(company: Cast, role: str, name: str, words: dict[str, str]) -> tuple[int, str]:
    """What this person's page gets for it; the database is as it was afterwards."""
    room = Room.objects.get()
    values: dict[str, Any] = {
        "meeting_id": company.meeting.pk,
        "expected": room.course.moves,
        "name": next(iter(words), ""),
    }
    if row := Round.objects.filter(room=room).first():
        drafts = Question.objects.filter(confirmed_at=None)
        values |= {"round_id": row.pk, "note_id": getattr(Question.objects.first(), "pk", None)}
        values |= {"kind": "question", "row_id": getattr(drafts.first(), "pk", None)}
    if name == "room:progress":
        values["action_id"] = Action.objects.get(owner=company.people["owner"]).pk
    needed = routes(get_resolver().url_patterns)[name]
    url = reverse(name, kwargs={each: values[each] for each in needed})
    filled = {
        key: str(company.people[value[1:-1]].pk) if value.startswith("{") else value
        for key, value in words.items()
    }
    client = Client()
    client.force_login(
        company.people[role], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    mark = transaction.savepoint()
    answer = client.post(url, filled, headers={"X-Setwise-Room": "1"})
    version = Room.objects.get().version
    transaction.savepoint_rollback(mark)
    assert version == room.version or answer.status_code == 204, (role, name, words)
    said = json.loads(answer.content)["error"] if answer.status_code in (403, 409, 422) else ""
    return answer.status_code, said


@pytest.mark.django_db
@pytest.mark.parametrize("stop", STAGES)
def test_each_act_answers_this_person_as_the_table_says(
    stop: tuple[str, str | None, int | None],
) -> None:
    company = live(*stop)
    for name, words, table in STAGES[stop]:
        answers = {role: send(company, role, name, words) for role in table}
        assert {role: status for role, (status, _) in answers.items()} == table, (name, words)
        assert all(said for status, said in answers.values() if status in (403, 422)), name


def test_every_act_of_the_room_is_in_the_table() -> None:
    known = {name for name in routes(get_resolver().url_patterns) if name.startswith("room:")}
    pages = {"room:room", "room:stream", "room:record", "room:records"}
    pages |= {"room:record-print", "room:take", "room:take-all"}
    pages |= {"room:screen", "room:screen-stream", "room:facilitating"}
    elsewhere = {
        "room:open",
        "room:process-notes",
        "room:erase-note",
        "room:readers",
        "room:mark",
        "room:record-draft",
        "room:record-edit",
        "room:record-redact",
        "room:record-delete",
        "room:let-go",
    }  # before the meeting, and after it
    listed = {name for posts in STAGES.values() for name, _, _ in posts}
    assert known == listed | pages | elsewhere


@pytest.mark.django_db
def test_the_door_opens_for_the_set_alone() -> None:
    company = cast()
    url = reverse("room:open", args=[company.meeting.pk])
    for role in ROLES:
        client = Client()
        client.force_login(
            company.people[role], backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        mark = transaction.savepoint()
        status = client.post(url).status_code
        opened = Room.objects.filter(meeting=company.meeting).exists()
        transaction.savepoint_rollback(mark)
        assert status == (302 if role in IN_SET else 404), role
        assert opened == (role in IN_SET and role != "late joiner"), role
    assert Meeting.objects.filter(room=None).count() == 2
