"""What arrives, and how: a person's program answers one letter of ours."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from setwise.mailin import receiving
from setwise.mailin.models import Arrival
from setwise.people import linking
from setwise.people.models import Person
from tests.mailin.samples import sample

WORDS = "I rang both of them, and asked."


def token(purpose: str, person: Person, about: UUID, *, at: datetime) -> str:
    """The token of this person's address for answers about one thing."""
    return linking.keep(purpose, person=person, about=about, at=at, dies_at=None)


def plain(token: str, words: str = WORDS, *, sender: str = "x@y.example", number: int = 0) -> bytes:
    """A message of a few words. `number` makes it another one."""
    return (
        f"From: {sender}\r\nTo: setwise+{token}@sets.example\r\nMessage-ID: <{number}@y.example>\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n"
    ).encode()


def arrive(raw: bytes, *, at: datetime) -> str:
    """What the message became."""
    return receiving.take(raw, at=at).kind


def arrive_as(name: str, *, at: datetime, **swaps: str) -> str:
    """What a sample became."""
    return arrive(sample(name, **swaps), at=at)


def counted() -> dict[str, int]:
    """How many of each kind came in."""
    kinds = list(Arrival.objects.values_list("kind", flat=True))
    return {kind: kinds.count(kind) for kind in set(kinds)}
