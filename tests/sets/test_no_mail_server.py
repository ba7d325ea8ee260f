"""Where no mail server is set, whoever invites is told where the letters are."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sets.gathering import Gathered
from tests.sets.visiting import signed_in, told

pytestmark = pytest.mark.django_db
SMTP = "smtp://127.0.0.1:25"


@pytest.mark.parametrize(
    ("smtp", "demo", "kept"), [("", False, True), ("", True, False), (SMTP, False, False)]
)
def test_an_invitation_that_nobody_sends_is_not_called_on_its_way(
    three: Gathered, settings: Any, smtp: str, demo: bool, kept: bool
) -> None:
    settings.SETWISE_SMTP_URL, settings.SETWISE_DEMO = smtp, demo
    url = f"/sets/{three.learning_set.id}/people/"
    (said,) = told(signed_in(three.people[0]), url, emails="anna@elsewhere.example")
    assert ("bin/setwise mail read" in said) is kept
    assert ("on its way" in said) is not kept
