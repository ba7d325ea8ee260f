"""What nobody foresaw in sending a letter: told by its kind, tried again, and no other letter waits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from setwise.outbox import reading, sending
from setwise.outbox.models import Letter
from setwise.vault import keys
from tests.outbox.test_sending import Postman, write

pytestmark = pytest.mark.django_db


def states() -> list[tuple[str, str]]:
    return list(Letter.objects.order_by("name").values_list("state", "last_answer"))


def test_a_key_file_that_is_gone_holds_a_letter_back_until_it_is_there_again(
    settings: Any, tmp_path: Path, postman: Postman, caplog: pytest.LogCaptureFixture
) -> None:
    write()
    right, settings.SETWISE_KEY_FILE = settings.SETWISE_KEY_FILE, tmp_path / "none.key"
    keys._unwrapped.cache_clear()
    assert sending.send_due(at=timezone.now()) == 0
    assert states() == [("waiting", "Not sent: KeyTrouble")]
    assert caplog.messages == ["A letter could not be sent: KeyTrouble"]
    settings.SETWISE_KEY_FILE = right
    assert sending.send_due(at=Letter.objects.get().due_at) == 1
    assert len(postman.accepted) == 1


def test_a_letter_that_cannot_be_opened_holds_up_no_other(
    postman: Postman, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("a", "b"):
        write(key=name, address=f"{name}@setwise.example")
    Letter.objects.filter(name="a").update(body_sealed=b"\x01" + b"ABC-DEF" * 9)
    assert sending.send_due(at=timezone.now()) == 1
    assert states() == [("waiting", "Not sent: Tampered"), ("sent", "accepted")]
    assert caplog.messages == ["A letter could not be sent: Tampered"]


@pytest.mark.parametrize(
    "url", ["smtp://a..b:25", "smtp://{}:{}@127.0.0.1:25".format("%C3%A9" * 3, "%E6%BC%A2")]
)
def test_a_host_that_is_none_is_a_passing_failure(settings: Any, url: str) -> None:
    settings.SETWISE_SMTP_URL = url
    write()
    assert sending.send_due(at=timezone.now()) == 0
    ((state, answer),) = states()
    assert (state, answer.startswith("No answer: ")) == ("waiting", True)


def test_a_folder_that_cannot_be_written_is_a_passing_failure(
    settings: Any, tmp_path: Path
) -> None:
    settings.SETWISE_DATA = tmp_path
    (tmp_path / "mail").write_text("no folder")
    write()
    assert sending.send_due(at=timezone.now()) == 0
    assert states() == [("waiting", "Not sent: FileExistsError")]
    (tmp_path / "mail").unlink()
    assert sending.send_due(at=Letter.objects.get().due_at) == 1
    assert len(reading.letters()) == 1
