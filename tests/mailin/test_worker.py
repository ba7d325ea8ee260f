"""The worker of its own takes mail in at the port that it was given."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.mailin.samples import TOKEN, sample
from tests.mailin.test_lmtp import called
from tests.serving import command, environment, free_port

GIVEN = """
from django.utils import timezone
from setwise.actions.models import Action
from setwise.people import linking
action = Action.objects.exclude(confirmed_at=None).first()
print("TOKEN", linking.keep(
    "reply-action", person=action.owner, about=action.pk, at=timezone.now(), dies_at=None
))
"""
TOLD = """
from setwise.actions.models import Progress
from setwise.mailin.models import Arrival
print("TOLD", [row.happened()[:6] for row in Progress.objects.order_by("-at")[:1]])
print("CAME", list(Arrival.objects.order_by("kind").values_list("kind", flat=True)))
"""


@pytest.mark.server
def test_the_worker_takes_in_what_a_mail_server_hands_over(tmp_path: Path, served_played: object) -> None:
    ...
