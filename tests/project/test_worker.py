"""The worker goes on whatever goes wrong, and tells of it by its kind alone."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import OperationalError, connection

from setwise.project.worker import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.long]
WORDS = "Meet each of them separately by Thursday"


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
