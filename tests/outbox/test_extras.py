"""What may go with a letter: where to answer, a way out of reminders, an invitation."""

from __future__ import annotations

import email
import email.policy
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.utils import timezone

from setwise.outbox import composing, posting, sending
from setwise.outbox.delivering import Delivery
from setwise.outbox.models import Letter
from setwise.outbox.troubles import KINDS
from setwise.people.models import Person
from tests.outbox.test_sending import Postman, write

pytestmark = pytest.mark.django_db
TOKEN = "mfrggzdfmztwq2lk" * 3
REPLY = f"replies+{TOKEN}@learning.hospital.example"
OUT = f"https://sets.learning.hospital.example/reminders/{TOKEN}/stop/?from=a-mail-program"
ICS = "BEGIN:VCALENDAR\r\nSUMMARY:Frühling\r\nEND:VCALENDAR\r\n".encode()


def posted(**extras: Any) -> Letter:
    person = Person.objects.create_user("amara@setwise.example", "Amara")
    context = {"code": "ABC-DEF", "minutes": 15}
    posting.post(key="one", to=person, template="people/email/code", context=context, **extras)
    return Letter.objects.get()


def received(postman: Postman) -> EmailMessage:
    """The message as the server was given it, read back from its bytes."""
    assert sending.send_due(at=timezone.now()) == 1
    (raw,) = postman.raw
    read = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    return read


def test_an_answer_goes_to_its_own_address_and_reminders_are_left_at_one_press(
    postman: Postman,
) -> None:
    letter = posted(reply_to=REPLY, unsubscribe=OUT)
    clear = f"{letter.name} {letter.subject} {letter.template} {letter.last_answer}"
    assert TOKEN not in clear and TOKEN.encode() not in bytes(letter.body_sealed or b"")
    read = received(postman)
    assert (read["Reply-To"], read["List-Unsubscribe"]) == (REPLY, f"<{OUT}>")
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (
        f"\nList-Unsubscribe: <{OUT}>\r\n".encode() in postman.raw[0]
    )  # in one piece, and not in code
    text, html = (read.get_body((kind,)) for kind in ("plain", "html"))
    assert text and html
    assert text.get_content().splitlines()[-2:] == [
        "Stop e-mails of this kind, or choose which reminders you get:",
        OUT,
    ]
    assert (
        f'<a href="{OUT}">Stop e-mails of this kind, or choose which reminders you get</a>'
        in html.get_content()
    )


def test_a_letter_without_extras_has_none_of_their_headings(postman: Postman) -> None:
    posted()
    read = received(postman)
    assert [name for name in read if name.startswith(("List-", "Reply-"))] == []
    assert read.get_content_type() == "multipart/alternative"
    assert "reminders" not in read.as_string()


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_an_invitation_is_read_in_place_and_lies_beside_as_a_file(
    postman: Postman, method: str
) -> None:
    posted(calendar=posting.CalendarPart(method, ICS))
    read = received(postman)
    assert [part.get_content_type() for part in read.walk()] == [
        *("multipart/mixed", "multipart/alternative"),
        *("text/plain", "text/html", "text/calendar", "application/ics"),
    ]
    inner, file = list(read.walk())[4:]
    assert dict(inner["Content-Type"].params) == {"method": method, "charset": "utf-8"}
    assert inner.get_payload(decode=True) == file.get_payload(decode=True) == ICS
    assert (inner.get_filename(), file.get_filename()) == (None, "invite.ics")
    assert file.get_content_disposition() == "attachment"


def test_an_address_without_an_account_gets_them_too(postman: Postman) -> None:
    posting.post_to_address(
        key="one",
        email="guest@setwise.example",
        template="people/email/unknown",
        context={},
        reply_to=REPLY,
        calendar=posting.CalendarPart("REQUEST", ICS),
    )
    read = received(postman)
    assert (read["Reply-To"], read.get_content_type()) == (REPLY, "multipart/mixed")


@pytest.mark.parametrize(
    ("sender", "origin", "domain"),
    [
        ("Setwise <mail@a.example>", "https://sets.b.example", "a.example"),
        ("setwise@localhost", "https://sets.b.example:8443", "sets.b.example"),
        ("Setwise <mail@München.example>", "http://localhost:8000", "xn--mnchen-3ya.example"),
        ("setwise@localhost", "http://localhost:8000", "setwise.invalid"),
        ("setwise@localhost", "http://[::1]:8000", "setwise.invalid"),
        ("setwise@a..b", "http://localhost", "setwise.invalid"),
    ],
)
def test_a_message_id_is_of_our_own_domain(
    settings: Any, sender: str, origin: str, domain: str
) -> None:
    settings.SETWISE_MAIL_FROM, settings.SETWISE_ORIGIN = sender, origin
    letter = posted()
    assert composing.message(letter)["Message-ID"] == f"<{letter.id}@{domain}>"


def test_what_is_in_hand_as_it_becomes_pointless_is_not_tried_again(postman: Postman) -> None:
    write("reminder:1:ada")
    at = timezone.now()

    def refuse(_: EmailMessage) -> Delivery:  # while the server makes up its mind
        assert posting.withdraw(key_prefix="reminder:1:") == 0
        return Delivery(KINDS["greylisted"], "450 Later", at)

    sending._send(in_hand(at), refuse)
    assert Letter.objects.get().state == "waiting"
    assert sending.send_due(at=at + timedelta(hours=1)) == 0
    assert (Letter.objects.get().state, Letter.objects.get().body_sealed) == ("expired", None)


def in_hand(at: datetime) -> Letter:
    letter = Letter.objects.get()
    assert sending._claim(letter, at)
    return letter


def test_what_became_pointless_is_withdrawn_and_purged(postman: Postman) -> None:
    for key in ("reminder:1:ada", "reminder:1:bo", "reminder:10:ada", "reminder_1:cy"):
        write(key)
    Letter.objects.filter(name="reminder:1:bo").update(state="claimed", due_at=timezone.now())
    assert posting.withdraw(key_prefix="reminder:1:") == 1
    ended = Letter.objects.get(state="expired")
    assert (ended.name, ended.body_sealed) == ("reminder:1:ada", None)
    assert ended.last_answer == "What it was about had changed."
    assert posting.withdraw(key_prefix="reminder:1:") == 0
    write("reminder:1:ada")  # once ended it is not posted again
    assert sending.send_due(at=timezone.now()) == 2
    with pytest.raises(ValueError):
        posting.withdraw(key_prefix="")
