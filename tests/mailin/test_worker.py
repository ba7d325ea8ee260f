"""The real worker, as a process of its own, takes mail in at the port that it was given."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.mailin.samples import sample
from tests.mailin.test_lmtp import called, handed
from tests.serving import Server, environment, free_port

GIVEN = """
from django.utils import timezone
from setwise.actions import deciding
from setwise.people import linking
from setwise.sets.models import Membership
seat, at = Membership.objects.select_related("person", "learning_set").first(), timezone.now()
decision = deciding.Decision("Ring both.")
action = deciding.commit(
    owner=seat.person, learning_set=seat.learning_set, meeting=None, decision=decision, at=at
)
about = {"person": seat.person, "about": action.pk, "at": at, "dies_at": None}
print("TOKEN", linking.keep("reply-action", **about))
"""
TOLD = """
from setwise.actions.models import Progress
from setwise.mailin.models import Arrival
print("TOLD", [row.happened() for row in Progress.objects.all()])
print("CAME", sorted(Arrival.objects.values_list("kind", flat=True)))
"""


@pytest.mark.server
def test_a_worker_takes_in_what_a_mail_server_hands_over_and_ends_quietly(
    tmp_path: Path, loaded: Path
) -> None:
    shutil.copytree(loaded, tmp_path, dirs_exist_ok=True)
    port = free_port()
    ways = {"SETWISE_REPLY_ADDRESS": "setwise@sets.example", "SETWISE_LMTP": str(port)}
    server = Server(tmp_path, settings=ways | {"SETWISE_DEMO": "yes"})  # for asking alone
    token = server.ask(GIVEN).split("TOKEN ")[1].strip()
    worker = subprocess.Popen(
        [sys.executable, "-m", "setwise.project.cli", "worker"],
        env=environment(tmp_path) | server.settings,
        cwd=tempfile.gettempdir(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        with called(port) as mail_server:
            assert handed(mail_server, sample("outlook-mobile-en"), token) == {}
            assert handed(mail_server, sample("exchange-absence"), token) == {}
            assert handed(mail_server, sample("no-message"), token) == {}
        worker.send_signal(signal.SIGTERM)
        said, _ = worker.communicate(timeout=20)
    finally:
        worker.kill()
    assert (worker.returncode, said) == (0, b"")
    found = server.ask(TOLD)
    assert "TOLD ['Done – both of them said yes.']" in found
    assert "CAME ['automatic', 'malformed', 'progress']" in found
