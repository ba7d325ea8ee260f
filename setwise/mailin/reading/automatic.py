"""What no person wrote: RFC 3834, and the forms that mail programs had before and beside it."""

from __future__ import annotations

import re
from email.message import Message

from setwise.mailin.reading import headings

# any of these at all
MARKS = (
    *("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply", "X-Mail-Autoreply"),
    *("X-Autoreply-From", "X-AutoReply-To", "X-FC-MachineGenerated", "X-Cron-Env"),
    *("List-Id", "List-Unsubscribe", "Feedback-ID", "X-Loop"),
)
PRECEDENCE = {"bulk", "junk", "list", "auto_reply", "auto-reply"}
SUPPRESSED = {"all", "oof", "autoreply"}
REPORTS = {"multipart/report", "message/disposition-notification", "message/feedback-report"}
# how the subject of an absence begins, in the programs' own words; a person's begins with Re:
SUBJECT = re.compile(
    r"\s*(automatic reply|auto(matic)?[- ]?(reply|response)|autoreply|out of (the )?office"
    r"|abwesenheitsnotiz|automatische antwort|abwesend"
    r"|odpowiedź automatyczna|automatyczna odpowiedź|poza biurem"
    r"|رد تلقائي|réponse automatique|respuesta automática|risposta automatica"
    r"|automatisch antwoord|automatická odpověď|autosvar)\b",
    re.IGNORECASE,
)
POSTMASTER = re.compile(r"^(mailer-daemon|postmaster)@", re.IGNORECASE)


def is_automatic(message: Message) -> bool:
    """Whether a program sent it by itself: an absence, a receipt, a list, a server's notice."""
    submitted = headings.text(message, "Auto-Submitted").split(";")[0].strip().lower()
    if submitted and submitted != "no":
        return True
    if any(message.get(name) is not None for name in MARKS):
        return True
    if headings.text(message, "Precedence").strip().lower() in PRECEDENCE:
        return True
    suppressed = headings.text(message, "X-Auto-Response-Suppress").lower()
    if SUPPRESSED & {each.strip() for each in suppressed.split(",")}:
        return True
    if any(part.get_content_type() in REPORTS for part in headings.own_parts(message)):
        return True
    if headings.text(message, "Return-Path").strip() == "<>":
        return True
    if POSTMASTER.match(headings.sender(message)):
        return True
    return bool(SUBJECT.match(headings.readable(message, "Subject")))
