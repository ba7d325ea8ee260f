"""The worker goes on whatever goes wrong, and tells of it by its kind alone."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import OperationalError, connection

from setwise.outbox import sending
from setwise.project import worker as background
from setwise.project.worker import Worker
from setwise.sets import emptying

pytestmark = pytest.mark.django_db
WORDS = "Meet each of them separately by Thursday"


@pytest.mark.long
@pytest.mark.parametrize("error", [RuntimeError(WORDS), ValueError(WORDS), OperationalError(WORDS)])
def test_the_worker_goes_on(caplog: pytest.LogCaptureFixture, error: Exception) -> None:
    def refuse(*args: Any) -> Any:
        raise error

    worker = Worker()
    stop = threading.Timer(1.5, worker._stopped.set)
    stop.start()
    with connection.execute_wrapper(refuse):
        worker.run()
    stop.join()
    assert len(caplog.messages) >= 2
    assert type(error).__name__ in caplog.messages[0]
    assert "Thursday" not in caplog.text


def test_what_cannot_be_emptied_holds_up_no_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: Any) -> int:
        raise RuntimeError(WORDS)

    monkeypatch.setattr(emptying, "empty_all_due", fail)
    monkeypatch.setattr(sending, "send_due", lambda **_: 3)
    assert background.work_once() == 3


def test_however_busy_the_mail_what_is_due_by_the_day_is_looked_at_each_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worker, now, looked = Worker(), [0.0], list[float]()

    def look(**_: Any) -> int:
        looked.append(now[0])
        return 0

    def send(**_: Any) -> int:
        now[0] += 25
        if now[0] > 160:
            worker.end_soon()
        return 50

    monkeypatch.setattr(background, "monotonic", lambda: now[0])
    monkeypatch.setattr(background, "BY_THE_DAY", (look,))
    monkeypatch.setattr(sending, "send_due", send)
    worker.run()
    assert looked == [0, 75, 150]
