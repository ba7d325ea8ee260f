"""The message that a mail server is given, made of a letter's row and its sealed body."""

from __future__ import annotations

import base64
import json
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import Policy, default
from email.utils import format_datetime, parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from setwise.outbox.models import Letter
from setwise.vault import sealing

CODED = "=?"  # how RFC 2047 begins a word in code


class Whole(UnstructuredHeader, BaseHeader):
    """A heading on one line however long: folded, its address would be put into code."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_headings = HeaderRegistry()
_headings.map_to_type("list-unsubscribe", Whole)
POLICY = default.clone(header_factory=_headings)


def message(letter: Letter) -> EmailMessage:
    """The finished message. Raises sealing.KeyGone where its reader was erased."""
    sealed = bytes(letter.body_sealed) if letter.body_sealed is not None else None
    body = json.loads(
        sealing.unseal(sealed, key_id=letter.key_id, context="letter.body", row_id=letter.id)
    )
    made = EmailMessage(policy=POLICY)
    # what looks like a header's own code would be decoded, line ends and all
    made["Subject"] = letter.subject.replace(CODED, "= ?")
    made["From"] = settings.SETWISE_MAIL_FROM
    made["To"] = letter.to_email
    made["Date"] = format_datetime(letter.posted_at)
    made["Message-ID"] = message_id(letter)
    made["Auto-Submitted"] = "auto-generated"
    if reply_to := body.get("reply_to"):
        made["Reply-To"] = Address(addr_spec=reply_to)
    if unsubscribe := body.get("unsubscribe"):  # RFC 8058: one press in the mail program
        made["List-Unsubscribe"] = f"<{unsubscribe}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(body["text"], cte="quoted-printable")
    made.add_alternative(body["html"], subtype="html", cte="quoted-printable")
    if calendar := body.get("calendar"):
        _add(calendar, made)
    return made


def message_id(letter: Letter) -> str:
    """The same for every attempt, so that a letter that comes twice is known for one."""
    return f"<{letter.id}@{domain()}>"


def domain() -> str:
    """Where our mail says it comes from: the sender's domain, or the site's; never a bare machine."""
    sender = parseaddr(settings.SETWISE_MAIL_FROM)[1].rpartition("@")[2]
    site = urlsplit(settings.SETWISE_ORIGIN).hostname or ""
    for name in (sender, site):
        try:
            spelled = name.encode("idna").decode("ascii")
        except UnicodeError:
            continue
        if "." in spelled and ":" not in spelled:
            return spelled
    return "setwise.invalid"


def _add(calendar: dict[str, Any], made: EmailMessage) -> None:
    """The invitation twice: for programs that read it in place, and as a file for the others."""
    ics = base64.b64decode(calendar["ics"])
    params = {"method": calendar["method"], "charset": "utf-8"}
    made.add_alternative(ics, maintype="text", subtype="calendar", params=params)
    made.add_attachment(ics, maintype="application", subtype="ics", filename="invite.ics")
