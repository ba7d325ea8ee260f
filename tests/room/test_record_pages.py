"""The pages of a record: what stands in it, for whom, and how many queries it takes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setwise.room import presenting
from setwise.room.models import Question, Round
from setwise.sets import seating
from tests.cast import Cast

pytestmark = pytest.mark.once

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def page(person: Any, row: Round) -> str:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client.get(reverse("room:record", args=[row.pk])).content.decode()


def test_whoever_leaves_keeps_their_round_without_the_others_names(held: Cast) -> None:
    amara, row = held.keys["amara"], Round.objects.get(number=1)
    assert "Niamh O’Sullivan" in page(amara, row)
    seating.leave(held.seat("presenter"), at=held.play.tick())
    kept = page(amara, row)
    assert held.case["rounds"][0]["questions"][0]["text"] in kept
    assert [name for name in ("Niamh", "Tomasz", "Yusuf", "Ruth") if name in kept] == []
    client = Client()
    client.force_login(amara, backend=BACKEND)
    assert reverse("room:record", args=[row.pk]) in client.get("/records/").content.decode()


def test_the_presenter_takes_a_draft_afterwards(held: Cast) -> None:
    amara, row = held.keys["amara"], Round.objects.get(number=1)
    presenting.draft(held.keys["niamh"], row, name="feedback", words="Heard so.", at=held.play.at)
    client = Client()
    client.force_login(amara, backend=BACKEND)
    assert "Heard so." in page(amara, row)
    draft = row.drafts.get()
    client.post(reverse("room:record-draft", args=[row.pk, "part", draft.pk]), {"do": "confirm"})
    row.refresh_from_db()
    assert row.words("feedback") == "Heard so."


def test_a_record_takes_as_many_queries_with_fifty_questions_as_with_ten(held: Cast) -> None:
    amara, row = held.keys["amara"], Round.objects.get(number=1)
    counts = []
    for _ in range(2):
        client = Client()
        client.force_login(amara, backend=BACKEND)
        client.get("/records/")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("room:record", args=[row.pk]))
        counts.append(len(queries))
        for number in range(40):
            note = Question(
                round=row,
                author=held.keys["niamh"],
                key_id=row.key_id,
                stage="explore",
                at=held.play.at,
                opened_at=held.play.at,
                confirmed_at=held.play.at,
            )
            note.seal("text", f"Question {number}?")
            note.save()
    assert counts[0] == counts[1]


@pytest.mark.parametrize("role", ["member", "late joiner", "stranger"])
def test_my_rounds_are_my_own(held: Cast, role: str) -> None:
    client = Client()
    client.force_login(held.people[role], backend=BACKEND)
    shown = client.get("/records/").content.decode()
    assert held.case["rounds"][0]["statement"] not in shown
