"""An invitation as its message is delivered, and what a calendar makes of it, back to the meeting."""

from __future__ import annotations

import email
from datetime import timedelta
from email import policy
from email.message import EmailMessage

import pytest
import vobject
from django.utils import timezone

from setwise.mailin import receiving
from setwise.meetings import calendar, scheduling
from setwise.meetings.models import Meeting
from setwise.outbox import composing
from setwise.outbox.models import Letter
from tests.cast import Cast
from tests.meetings.planning import plan
from tests.meetings.test_calendar_reply import SAMPLES, UID

NOW = timezone.now()


@pytest.fixture
def fixed(company: Cast) -> Meeting:
    plan_ = plan(starts_at=NOW + timedelta(days=30), title="Ünïted “third”; meeting")
    return scheduling.fix(company.seat("facilitator"), plan=plan_, at=NOW)


def delivered(to: str, template: str = "fixed") -> EmailMessage:
    """The message as it reaches a mail program."""
    letter = Letter.objects.get(to_email=to, template=f"meetings/email/{template}")
    sent = composing.message(letter).as_bytes(policy=policy.SMTP)
    return email.message_from_bytes(sent, policy=policy.default)


def test_a_message_holds_the_invitation_as_mail_programs_look_for_it(
    company: Cast, fixed: Meeting
) -> None:
    message = delivered(company.people["member"].email)
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        *("multipart/alternative", "text/plain", "text/html", "text/calendar"),
        "application/ics",
    ]
    part = next(each for each in message.walk() if each.get_content_type() == "text/calendar")
    assert (part.get_param("method"), part.get_param("charset")) == ("REQUEST", "utf-8")
    ics, file = part.get_payload(decode=True), next(message.iter_attachments())
    assert isinstance(ics, bytes) and ics == file.get_payload(decode=True)
    assert file.get_filename() == "invite.ics"
    assert ics.count(b"\n") == ics.count(b"\r\n") and max(map(len, ics.split(b"\r\n"))) <= 75
    event = vobject.readOne(ics.decode()).vevent
    assert event.summary.value == f"{company.learning_set.name}: {fixed.title}"
    assert event.organizer.value == f"mailto:{message['Reply-To']}"
    assert message["Subject"].startswith(f"{company.learning_set.name}: we meet on")


@pytest.mark.parametrize(
    ("sample", "kept"),
    [("gmail-accepted", ["yes"]), ("exchange-declined", ["apologies"]), ("outlook-tentative", [])],
)
def test_what_its_calendar_answers_is_recorded(
    company: Cast, fixed: Meeting, sample: str, kept: list[str]
) -> None:
    person = company.people["member"]
    invitation = delivered(person.email)
    answer = EmailMessage()
    answer["From"], answer["To"] = "alias@elsewhere.example", str(invitation["Reply-To"])
    answer["Subject"], answer["Message-ID"] = "Accepted", f"<{sample}@elsewhere.example>"
    answer.set_content("Tomasz has answered this invitation.")
    ics = (SAMPLES / f"{sample}.ics").read_bytes()
    ics = ics.replace(UID.encode(), calendar.uid(fixed).encode())
    params = {"method": "REPLY", "charset": "utf-8"}
    answer.add_alternative(ics, maintype="text", subtype="calendar", params=params)
    taken = receiving.take(answer.as_bytes(), at=timezone.now())
    assert taken.ours
    replies = fixed.replies.filter(person=person)
    assert list(replies.values_list("answer", flat=True)) == kept


def test_a_cancellation_is_delivered_as_one(company: Cast, fixed: Meeting) -> None:
    scheduling.cancel(company.seat("facilitator"), fixed, at=NOW)
    message = delivered(company.people["member"].email, "cancelled")
    part = next(each for each in message.walk() if each.get_content_type() == "text/calendar")
    assert part.get_param("method") == "CANCEL"
    assert b"METHOD:CANCEL" in part.get_payload(decode=True)
