"""Letters that came back from somebody's address."""

from __future__ import annotations

from datetime import datetime

from setwise.people.models import Person


def mark(address: str, *, for_good: bool, at: datetime) -> None:
    """Note that a letter to this address came back, if somebody here has it.

    Its owner is told on their next visit. `for_good` stops reminders until they say that it is right;
    signing in goes on. A mailbox that is full today takes nothing back from one that does not exist.
    """
    people = Person.objects.filter(email=address.lower())
    if not for_good:
        people = people.exclude(returned_address=address.lower(), returned_for_good=True)
    people.update(returned_address=address.lower(), returned_at=at, returned_for_good=for_good)


def is_right(person: Person) -> None:
    """The owner says that their address is right: it is as if nothing had come back."""
    Person.objects.filter(pk=person.pk).update(
        returned_address="", returned_at=None, returned_for_good=False
    )
