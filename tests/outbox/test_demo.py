"""In a demo's page of mail each link leads to its reader's own host; nowhere else does it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from setwise.outbox import demo, reading, sending
from setwise.outbox.posting import post_to_address
from setwise.outbox.reading import FolderLetter

pytestmark = pytest.mark.once

ORIGIN = "http://localhost:8123"


@pytest.fixture(autouse=True)
def _demo(settings: Any, tmp_path: Path) -> None:
    settings.SETWISE_DATA, settings.SETWISE_DEMO = tmp_path, True
    settings.SETWISE_ORIGIN = ORIGIN


def text(to: str, words: str) -> str:
    return demo.at_its_readers(FolderLetter(to, "About", timezone.now(), words)).text


@pytest.mark.parametrize(
    ("to", "host"),
    [
        ("amara@setwise.example", "amara.localhost:8123"),
        ("Anna.Ö+2@elsewhere.example", "anna-2.localhost:8123"),
        ("łł@elsewhere.example", "somebody.localhost:8123"),
    ],
)
def test_a_link_leads_to_its_readers_host(to: str, host: str) -> None:
    earlier = "http://localhost:8000"  # the port of a day before
    assert text(to, f"Read:\n{earlier}/sets/1/\n{ORIGIN}") == (
        f"Read:\nhttp://{host}/sets/1/\nhttp://{host}"
    )


def test_what_is_no_link_of_ours_stays() -> None:
    others = "https://meet.example/a http://localhost.elsewhere.example/ http://localhoster/"
    assert text("amara@setwise.example", others) == others


def test_an_origin_of_another_name_stays(settings: Any) -> None:
    settings.SETWISE_ORIGIN = "https://sets.example.org"
    words = "https://sets.example.org/sets/1/"
    assert text("amara@setwise.example", words) == words


@pytest.mark.django_db
def test_the_page_shows_links_to_press_and_the_folder_keeps_what_was_sent(client: Client) -> None:
    post_to_address(
        key="a", email="amara@setwise.example", template="people/email/unknown", context={}
    )
    sending.send_due(at=timezone.now())
    page = client.get("/demo/mail/").content.decode()
    assert '<a href="http://amara.localhost:8123/accounts/login/"' in page
    assert f"{ORIGIN}/accounts/login/" in reading.letters()[0].text
