"""What makes each e-mail of ours go out, played on the case after its meeting was held."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from allauth.account.adapter import get_adapter

from tests.cast import Cast

NOW = datetime(2027, 1, 12, 9, tzinfo=UTC)  # a Tuesday, in winter time
DAY = timedelta(days=1)
ADDRESS = "amara@setwise.example"


@dataclass(frozen=True, slots=True)
class Scene:
    """An e-mail: its template, when it is sent, to whom, and what makes it go out.

    `reader` is the case's key of whose copy is shown; "" for whoever got one.
    """

    template: str
    when: str
    whom: str
    play: Callable[[Cast], object]
    reader: str = "amara"


def signing(prefix: str) -> Callable[[Cast], object]:
    """allauth's letter of this name."""
    words = {"code": "ABCD-EFGH"} if prefix == "login_code" else {}
    return lambda company: get_adapter().send_mail(f"account/email/{prefix}", ADDRESS, words)


def day(number: int, hour: int = 14) -> datetime:
    """At that hour in London, so many days on."""
    return (NOW + number * DAY).replace(hour=hour, minute=0)


def date_of(number: int) -> date:
    return day(number).date()
