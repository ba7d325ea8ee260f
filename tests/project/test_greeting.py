"""What the start says to whoever runs Setwise: where letters are while no mail server is set."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from setwise.people.models import Person
from setwise.project.cli import running

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SMTP = "smtp://127.0.0.1:25"


@pytest.mark.parametrize("smtp", ["", SMTP])
@pytest.mark.parametrize("somebody", [False, True])
def test_the_start_says_where_letters_are(
    settings: Any, capsys: pytest.CaptureFixture[str], smtp: str, somebody: bool
) -> None:
    settings.SETWISE_SMTP_URL = smtp
    if somebody:
        Person.objects.create_user("ada@setwise.example", "Ada")
    running._greet("http://localhost:8000", folder=None)
    said = capsys.readouterr().out
    assert (running.NO_MAIL_SERVER in said) is (smtp == "")
    assert ("/begin/" in said) is not somebody


def test_it_says_how_to_read_them_in_a_folder_of_ones_own(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.SETWISE_SMTP_URL = ""
    running._greet("http://localhost:8000", folder=Path("/srv/our sets"))
    assert "SETWISE_DATA='/srv/our sets' bin/setwise mail read" in capsys.readouterr().out
