"""Repeating a POST is safe: the same number and words again are the same fact once."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings

from setwise.people.models import Person
from setwise.prepared import add
from setwise.room.models import Deed


class SameNumberOtherWords(Exception):
    """The number was used for something else: a page went back in time. Nothing was done."""


def digest(body: Iterable[tuple[str, str]]) -> bytes:
    """A keyed digest of what was sent, which tells nothing of the words without the server's key."""
    text = "\x1f".join(f"{name}\x1e{value}" for name, value in sorted(body))
    return hmac.new(
        settings.SECRET_KEY.encode(), text.encode("utf-8", "replace"), hashlib.sha256
    ).digest()


def once(
    *,
    person: Person,
    number: UUID,
    route: str,
    body: Iterable[tuple[str, str]],
    at: datetime,
    do: Callable[[], None],
) -> bool:
    """Do it and remember that, in the caller's transaction; False where it was done before.

    The room's lock, taken before, keeps two of the same number apart. Only successes are kept.
    """
    mark = digest(body)
    if not add(Deed(person=person, number=number, route=route, digest=mark, at=at)):
        earlier = Deed.objects.get(person=person, number=number)
        if earlier.route != route or bytes(earlier.digest) != mark:
            raise SameNumberOtherWords
        return False
    do()
    return True
