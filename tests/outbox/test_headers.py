"""A set's name, or an address, is no header: nothing in it adds one, or stops other letters."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.utils import timezone

from setwise.outbox import composing, sending, transport
from setwise.outbox.models import Letter
from tests.outbox.test_sending import write

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CODE = "=?utf-8?q?a=0D=0AContent-Type:_text/html=0D=0A=0D=0APHISH?="


def test_a_subject_in_code_is_shown_as_it_is_written() -> None:
    write()
    Letter.objects.update(subject=f"{CODE}: your meeting")
    message = composing.message(Letter.objects.get())
    read = message_from_bytes(message.as_bytes(), policy=policy.default)
    assert read.get_content_type() == "multipart/alternative"
    shown = " ".join(str(read["Subject"]).split())
    assert shown == f"{CODE}: your meeting".replace("=?", "= ?")
    assert "PHISH" not in read.as_string().split("\n\n", 1)[1]


def test_an_address_in_code_fails_alone() -> None:
    write()
    Letter.objects.update(to_email="=?utf-8?q?=0a?=@b.example", due_at=timezone.now())
    assert sending.send_due(at=timezone.now()) == 0
    assert Letter.objects.get().state == "failed"
    assert transport.folder()


def test_a_lease_is_counted_from_its_claim() -> None:
    write()
    sending._claim(Letter.objects.get(), timezone.now() - timedelta(minutes=20))
    lease = Letter.objects.get().lease_until
    assert lease
    assert lease > timezone.now() + timedelta(minutes=9)
