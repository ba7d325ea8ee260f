"""Private notes about process: their author's alone, naming nobody, sealed, and gone in time."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setwise.people.models import Person
from setwise.project import worker
from setwise.project.demo.filling import seat_of
from setwise.project.demo.playing import Play
from setwise.room import chairing, noting
from setwise.room.models import ProcessNote
from setwise.room.refusing import Refusal
from setwise.vault import keys
from tests.cast import Cast

pytestmark = pytest.mark.once

WORDS = "We hurried past the silence after the second question."


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(company: Cast, role: str) -> str:
    url = reverse("room:facilitating", args=[company.learning_set.pk])
    answer = browser(company.people[role]).get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def keep(company: Cast, **words: str) -> tuple[int, str]:
    url = reverse("room:process-notes", args=[company.learning_set.pk])
    answer = browser(company.people["facilitator"]).post(url, words, follow=True)
    return answer.status_code, answer.content.decode()


def test_a_note_is_its_authors_alone_and_says_when_it_goes(company: Cast) -> None:
    status, html = keep(company, text=WORDS)
    assert status == 200 and WORDS in html
    gone = timezone.now() + noting.LIFE
    assert f"It is erased on {gone:%-d %B %Y}" in html
    for role in ("presenter", "member", "late joiner"):
        assert WORDS not in page(company, role)
    seat = company.seat("facilitator")
    assert not noting.erase(company.seat("member"), noting.own(seat, at=timezone.now())[0].pk)
    assert [note.text for note in noting.own(seat, at=timezone.now())] == [WORDS]


def test_no_dump_tells_it(company: Cast) -> None:
    keep(company, text=WORDS)
    dump = StringIO()
    call_command("dumpdata", "room", stdout=dump)
    assert "room.processnote" in dump.getvalue()
    assert WORDS not in dump.getvalue()
    sealed = ProcessNote.objects.values_list("text_sealed", flat=True).get()
    assert WORDS.encode() not in bytes(sealed)


def test_its_day_over_it_is_not_shown_and_the_worker_erases_it(company: Cast) -> None:
    keep(company, text=WORDS)
    later = timezone.now() + noting.LIFE + timedelta(minutes=1)
    assert noting.own(company.seat("facilitator"), at=later) == []
    assert ProcessNote.objects.count() == 1
    assert noting.erase_expired in worker.BY_THE_DAY
    ProcessNote.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert WORDS not in page(company, "facilitator")
    worker.work_seldom()
    assert ProcessNote.objects.count() == 0


@pytest.mark.parametrize("named", ["Tomasz was silent.", "What TOMASZ said", "Zieliński’s turn"])
def test_a_name_is_asked_about_once_and_kept_if_it_is_meant(company: Cast, named: str) -> None:
    status, html = keep(company, text=named)
    assert status == 422
    assert "what happened between people" in html and named.split()[-1] in html
    assert ProcessNote.objects.count() == 0
    seat, at = company.seat("facilitator"), timezone.now()
    with pytest.raises(Refusal) as refusal:
        noting.write(seat, text=named, meant="", at=at)
    mark = refusal.value.fresh["meant"]
    assert "Tomasz" not in str(refusal.value) + mark
    with pytest.raises(Refusal):  # another name since: asked again
        noting.write(seat, text=f"{named} And Amara too.", meant=mark, at=at)
    assert noting.write(seat, text=named, meant=mark, at=at).text == named


def test_the_same_note_sent_twice_is_one(company: Cast) -> None:
    seat, at = company.seat("facilitator"), timezone.now()
    first, again = (noting.write(seat, text=WORDS, meant="", at=at) for _ in range(2))
    assert first.pk == again.pk
    assert noting.write(seat, text=f"{WORDS} Twice.", meant="", at=at).pk != first.pk
    assert len(noting.own(seat, at=at)) == 2


def test_an_ordinary_word_is_no_name(company: Cast) -> None:
    row = company.membership("member").person
    Person.objects.filter(pk=row.pk).update(name="Hope Will")
    seat = company.seat("facilitator")
    assert noting.mark_of("There is hope, and we will go on.", seat.learning_set) == ""
    assert noting.mark_of("Hope spoke.", seat.learning_set)
    Person.objects.filter(pk=row.pk).update(name="ليلى حداد")
    assert noting.mark_of("تكلمت ليلى كثيرا", seat.learning_set)


def test_whoever_leads_writes_them_in_the_room_and_nobody_else(open_play: Play) -> None:
    def send(key: str, words: str) -> int:
        url = reverse("room:note-process", args=[open_play.meeting.pk])
        data = {"text": words, "meant": "", "deed": str(uuid4())}
        client = browser(open_play.people[key])
        return client.post(url, data, headers={"X-Setwise-Room": "1"}).status_code

    assert send("ruth", WORDS) == 204
    assert send("niamh", WORDS) == 403
    chairing.hand_over(
        open_play.entry("ruth"), to=open_play.people["niamh"].id, at=open_play.tick()
    )
    assert send("niamh", "As chair I spoke too much.") == 204
    niamh = seat_of(open_play.people["niamh"], open_play.filled.learning_set)
    assert noting.may_note(niamh)
    texts = [note.text for note in noting.own(niamh, at=timezone.now())]
    assert texts == ["As chair I spoke too much."]
    tomasz = seat_of(open_play.people["tomasz"], open_play.filled.learning_set)
    with pytest.raises(PermissionDenied):
        noting.write(tomasz, text=WORDS, meant="", at=open_play.at)


def test_nothing_is_left_to_read_without_a_seat_or_the_sets_key(company: Cast) -> None:
    keep(company, text=WORDS)
    ruth = company.seat("facilitator")
    keys.destroy(company.learning_set.key_id)
    assert noting.own(ruth, at=timezone.now()) == []
    assert WORDS not in page(company, "facilitator")
