from __future__ import annotations

import uuid

from django.db import models
from django.utils.crypto import salted_hmac

KINDS = (
    ("poll", "Passed to a convenor"),
    ("progress", "Kept as progress on an action"),
    ("calendar", "Yes or apologies, from a calendar"),
    ("bounce", "Letters that came back, or are late"),
    ("automatic", "Absences, receipts and other automatic mail"),
    ("empty", "Nothing written in it, or only attachments"),
    ("unasked", "Words where only a calendar’s answer is read"),
    ("late", "Answers to something that is over"),
    ("unknown", "To no address of ours that lives"),
    ("loop", "Letters of our own that came round again"),
    ("many", "More than one person may send in an hour"),
    ("huge", "Too large"),
    ("malformed", "No message that anything could read"),
    ("trouble", "Could not be taken in"),
)


def digest(*parts: bytes | str) -> bytes:
    """Keyed by the server's secret: whoever has a copy of the database can guess nothing by it."""
    given = b"\0".join(each.encode() if isinstance(each, str) else each for each in parts)
    return salted_hmac("setwise.mailin", given, algorithm="sha256").digest()


class Arrival(models.Model):
    """That a message came in, and of which kind it was. None of its words, and nobody's name.

    `digest` is keyed and of its Message-ID, so that each message is handled once; it tells nothing.
    `handled_at` is empty while it could not be taken in and is tried again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.BinaryField(max_length=32, unique=True)
    writer = models.BinaryField(max_length=32, null=True, blank=True)  # keyed too; for a day
    kind = models.CharField(max_length=9, choices=KINDS, default="trouble")
    came_at = models.DateTimeField(db_index=True)
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["writer", "came_at"], name="arrival_by_writer"),)

    def __str__(self) -> str:
        return f"arrival {self.id}"
