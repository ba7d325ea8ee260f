"""Posting: one letter a key, sealed for its reader, with nothing confidential outside its body."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.utils import timezone

from setwise.actions.models import Action
from setwise.meetings import scheduling
from setwise.outbox.models import Letter, PostKey
from setwise.outbox.posting import post, post_to_address
from setwise.people.models import Person
from setwise.sets import amending, inviting
from setwise.vault import keys, sealing
from tests.actions.company import gather, somebody
from tests.cast import cast
from tests.today.arranging import propose, seat


def body(letter: Letter) -> str:
    return sealing.unseal(
        bytes(letter.body_sealed or b""),
        key_id=letter.key_id,
        context="letter.body",
        row_id=letter.id,
    )


def write(person: Person, code: str, *, key: str = "a-letter") -> None:
    words = {"code": code, "minutes": 15}
    post(key=key, to=person, template="people/email/code", context=words)


@pytest.mark.django_db
def test_the_same_key_again_posts_nothing_and_changes_nothing() -> None:
    ada, bo = somebody("ada"), somebody("bo")
    write(ada, "AAAA-1111")
    write(bo, "BBBB-2222")
    letter = Letter.objects.get()
    assert (letter.to_email, "AAAA-1111" in body(letter)) == (ada.email, True)
    write(bo, "BBBB-2222", key="another")
    assert Letter.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_post_one_key_at_once_post_one_letter() -> None:
    ada, written = somebody("ada"), threading.Event()
    wrong = list[Exception]()

    def press() -> None:
        """The second: it finds no letter yet, since the first has not committed."""
        try:
            written.wait(timeout=20)
            write(ada, "BBBB-2222")
        except Exception as error:  # noqa: BLE001 - whatever it is, the test tells it
            wrong.append(error)
        finally:
            connection.close()

    second = threading.Thread(target=press)
    second.start()
    with transaction.atomic():
        write(ada, "AAAA-1111")
        written.set()
        second.join(timeout=0.3)
        assert second.is_alive()  # it waits for the first
    second.join()
    assert wrong == []
    assert "AAAA-1111" in body(Letter.objects.get())


@pytest.mark.django_db
def test_a_letter_is_sealed_for_its_reader() -> None:
    ada = somebody("ada")
    write(ada, "AAAA-1111")
    letter = Letter.objects.get()
    assert letter.key_id == ada.key_id
    assert "AAAA-1111" in body(letter)
    assert b"AAAA-1111" not in bytes(letter.body_sealed or b"")
    keys.destroy(ada.key_id)
    with pytest.raises(sealing.KeyGone):
        body(letter)


@pytest.mark.django_db
def test_letters_to_addresses_without_an_account_share_a_key_of_their_own() -> None:
    for number in range(2):
        post_to_address(
            key=str(number),
            email=f"guest{number}@setwise.example",
            template="people/email/unknown",
            context={},
        )
    assert {letter.key_id for letter in Letter.objects.all()} == {PostKey.objects.get().key_id}


@pytest.mark.django_db
def test_a_subject_is_one_line_whatever_a_set_is_called() -> None:
    learning_set = gather("ada", "bo", name="Friday\r\nBcc: all@setwise.example <b>&")
    inviting.invite(
        seat("ada", learning_set),
        emails=["guest@setwise.example"],
        as_facilitator=False,
        at=timezone.now(),
    )
    assert Letter.objects.get().subject == (
        "Ada invites you to Friday Bcc: all@setwise.example <b>&"
    )


@pytest.mark.django_db
def test_a_meeting_is_told_in_the_readers_own_time() -> None:
    learning_set = gather("ada", "bo", "cy", "di")
    Person.objects.filter(email="ada@setwise.example").update(zone="Asia/Kathmandu")
    Person.objects.filter(email="bo@setwise.example").update(zone="America/St_Johns")
    starts_at = datetime(2027, 2, 10, 3, 15, tzinfo=UTC)
    plan = scheduling.Plan(starts_at, "Europe/London", 120, place="Room 2")
    scheduling.fix(seat("di", learning_set), plan=plan, at=timezone.now())
    letters = Letter.objects.exclude(to_email="di@setwise.example").order_by("to_email")
    assert [letter.subject.partition(" we meet on ")[2] for letter in letters] == [
        "Wednesday 10 February 2027, 09:00 (Kathmandu time)",
        "Tuesday 9 February 2027, 23:45 (St Johns time)",
        "Wednesday 10 February 2027, 03:15 (London time)",
    ]


@pytest.mark.django_db
def test_nothing_outside_a_letters_body_tells_what_was_said() -> None:
    company = cast(held=True)
    learning_set = company.learning_set
    words = [action.text() for action in Action.objects.all()]
    for given in company.case["rounds"]:
        words += [given["statement"], *(each["text"] for each in given["questions"])]
    rules = propose(learning_set, by="amara")
    amending.withdraw(seat("amara", learning_set), rules)
    amending.propose(
        seat("amara", learning_set),
        amending.draft(seat("amara", learning_set), at=timezone.now()),
        at=timezone.now(),
    )
    letters = list(Letter.objects.all())
    name = learning_set.name
    assert {letter.subject for letter in letters} == {
        f"{name}: your own actions",
        f"{name}: ground rules to agree",
    }
    assert any(text in body(letter) for letter in letters for text in words)
    clear = [
        f"{letter.name} {letter.to_email} {letter.template} {letter.subject} {letter.last_answer}"
        for letter in letters
    ]
    assert [text for text in words if any(text in line for line in clear)] == []
