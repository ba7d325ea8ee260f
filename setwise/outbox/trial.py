"""A letter that an operator sends to see whether mail leaves here. It is in no table."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from setwise.outbox import composing, transport
from setwise.outbox.delivering import Delivery

WORDS = """\
This is a trial letter from {origin}. Mail leaves there.

Nothing is asked of you.

--
Setwise, a home for action learning sets.
"""


def send(address: str) -> Delivery:
    """Hand a letter to the mail server as every letter is handed over, once. Set a server first."""
    letter = EmailMessage(policy=composing.POLICY)
    letter["Subject"] = "A trial letter from Setwise"
    letter["From"] = settings.SETWISE_MAIL_FROM
    letter["To"] = address
    letter["Date"] = format_datetime(timezone.now())
    letter["Message-ID"] = f"<{uuid4()}@{composing.domain()}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(WORDS.format(origin=settings.SETWISE_ORIGIN), cte="quoted-printable")
    return transport.deliver(letter)
