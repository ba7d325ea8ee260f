"""A person at the pages, without a browser."""

from __future__ import annotations

import html
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from setwise.people.models import Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LONDON = ZoneInfo("Europe/London")


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def page(client: Client, url: str) -> str:
    """The page as its reader sees it: quotation marks are not entities."""
    answer = client.get(url)
    assert answer.status_code == 200, answer
    return html.unescape(answer.content.decode())


def told(client: Client, url: str, **words: Any) -> list[str]:
    """What the page that follows a form says happened."""
    answer = client.post(url, words, follow=True)
    assert answer.status_code == 200, answer
    return [str(message) for message in answer.context["messages"]]


def beside(answer: Any, field: str) -> str:
    """The sentence beside a field of a form that was refused."""
    assert answer.status_code == 422
    words = html.unescape(answer.content.decode())
    _, found, after = words.partition(f'id="id_{field}-error">')
    assert found, f"Nothing stands beside {field}."
    return after.partition("</p>")[0]


def day(moment: datetime) -> str:
    """The day that pages show to readers in London, the zone of whoever chose none."""
    return f"{moment.astimezone(LONDON):%-d %B %Y}"


def queries(client: Client, url: str) -> int:
    """How many queries the page takes, once the session was noted as seen."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
