from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.outbox.test_sending import Postman
from tests.serving import free_port


@pytest.fixture
def postman(settings: Any) -> Iterator[Postman]:
    """A mail server that keeps what it accepts, and answers as it is told to."""
    handler, port = Postman(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.SETWISE_SMTP_URL = f"smtp://127.0.0.1:{port}"
    yield handler
    controller.stop()
