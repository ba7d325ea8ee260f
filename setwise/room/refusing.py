from __future__ import annotations

from collections.abc import Mapping


class Refusal(Exception):
    """What was sent cannot be taken: a sentence for beside `field`. It quotes nothing typed.

    `fresh` are hidden fields of the form as they should stand now, so that sending it again is
    meant. `status` is that of the answer: 409 where the room is not where the sender thought.
    """

    status = 422

    def __init__(
        self, field: str, sentence: str, *, fresh: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(sentence)
        self.field, self.sentence, self.fresh = field, sentence, fresh or {}


class Waits(Refusal):
    """It cannot be taken just now, in a pause or a break; it can when the meeting goes on."""

    status = 409


class Late(Refusal):
    """The part of the meeting it was written for is over: its author decides what becomes of it."""

    status = 409


def worded(field: str, words: str, *, most: int = 5000, needed: str = "") -> str:
    """The words without blank ends; refused where they are missing (`needed`) or too long."""
    words = words.replace("\r\n", "\n").replace("\x00", "").strip()
    if needed and not words:
        raise Refusal(field, needed)
    if len(words) > most:
        raise Refusal(field, f"Keep it below {most} characters; these are {len(words)}.")
    return words
