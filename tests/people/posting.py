"""Reading letters as their reader does: sent by the outbox, out of the mail folder."""

from __future__ import annotations

import re

from django.test import Client
from django.utils import timezone

from setwise.outbox import reading, sending
from setwise.outbox.reading import FolderLetter

LOGIN, CONFIRM = "/accounts/login/", "/accounts/login/code/confirm/"
CODE = re.compile(r"^ +([A-Z0-9]{4}-[A-Z0-9]{4})$", re.MULTILINE)


def letters(address: str) -> list[FolderLetter]:
    """What the address got so far, newest first."""
    sending.send_due(at=timezone.now())
    return reading.letters(to=address)


def code_for(address: str) -> str:
    """The code in the newest letter to the address."""
    found = CODE.search(letters(address)[0].text)
    assert found
    return found[1]


def ask(client: Client, address: str, *, next_page: str = "") -> None:
    """Ask for a code, as far as the page that takes it."""
    body = {"email": address} | ({"next": next_page} if next_page else {})
    answer = client.post(LOGIN, body, follow=True)
    assert answer.request["PATH_INFO"] == CONFIRM, answer.content.decode()


def is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200
