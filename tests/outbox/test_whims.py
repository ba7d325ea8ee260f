"""Whatever a mail server does: each letter is accepted once, but for the one known case."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psutil
import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.utils import timezone

import tests.environment
from setwise.outbox import sending
from setwise.outbox.models import Letter
from tests.outbox.test_sending import write
from tests.outbox.whimsical import Whimsical
from tests.serving import environment, free_port

SECOND = timedelta(seconds=1)
PATIENCE = 60.0  # seconds


@pytest.fixture
def whimsical(settings: Any) -> Iterator[Whimsical]:
    handler = Whimsical()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.SETWISE_SMTP_URL = f"smtp://127.0.0.1:{controller.port}"
    yield handler
    controller.stop()


def write_all(*names: str) -> None:
    for name in names:
        write(name, f"{name}@setwise.example")


def states() -> dict[str, str]:
    return dict(Letter.objects.values_list("name", "state"))


@pytest.mark.django_db
def test_through_every_whim_each_letter_is_accepted_once(whimsical: Whimsical) -> None:
    names = ("die1", "a", "wait", "b", "no", "die2", "c", "drop", "d")
    write_all(*names)
    # die2 goes at once over a new connection: the old one was not given it
    assert sending.send_due(at=timezone.now()) == 5
    rows = {letter.name: letter for letter in Letter.objects.all()}
    assert {name: rows[name].trouble for name in names if rows[name].trouble} == {
        "wait": "greylisted",
        "no": "recipient",
        "drop": "unsure",
        "die1": "broke-off",
    }
    assert sending.send_due(at=max(letter.due_at for letter in rows.values())) == 3
    assert states() == {name: "failed" if name == "no" else "sent" for name in names}
    ids = [f"<{rows[name].id}@setwise.invalid>" for name in names if name != "no"]
    assert sorted(whimsical.accepted) == sorted(ids)
    assert dict(Letter.objects.filter(doubts__gt=0).values_list("name", "doubts")) == {"drop": 1}


@pytest.mark.django_db
def test_a_batch_goes_over_one_connection(whimsical: Whimsical) -> None:
    write_all("a", "no", "b", "wait", "c")
    assert sending.send_due(at=timezone.now()) == 3
    assert len(whimsical.connections) == 1


@pytest.mark.django_db
def test_a_connection_that_the_server_ended_is_made_anew_without_a_letter_waiting(
    whimsical: Whimsical, settings: Any
) -> None:
    """As servers do that take so many letters on one connection."""
    write_all("a", "b", "c")
    once = {"MAIL": 1}
    brief = Controller(whimsical, hostname="127.0.0.1", port=free_port(), command_call_limit=once)
    brief.start()
    settings.SETWISE_SMTP_URL = f"smtp://127.0.0.1:{brief.port}"
    try:
        assert sending.send_due(at=timezone.now()) == 3
    finally:
        brief.stop()
    assert (len(whimsical.connections), len(set(whimsical.accepted))) == (3, 3)
    assert set(Letter.objects.values_list("attempts", flat=True)) == {1}


def database(data: Path) -> dict[str, str]:
    """The settings with which a process of its own works on the test's database."""
    name = str(connection.settings_dict["NAME"])
    key = {"SETWISE_KEY_FILE": str(tests.environment.folder / "setwise.key")}
    if connection.vendor == "sqlite":
        (data / "setwise.sqlite3").symlink_to(name)
        return key
    url = urlsplit(os.environ["SETWISE_DATABASE_URL"])._replace(path=f"/{quote(name)}")
    return key | {"SETWISE_DATABASE_URL": url.geturl()}


def until(met: Callable[[], bool]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < give_up, states()
        time.sleep(0.05)


@pytest.mark.server
@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_is_killed_with_a_letter_in_hand(
    whimsical: Whimsical, settings: Any, data_folder: Path
) -> None:
    others = [f"{whim}{n}" for n in range(6) for whim in ("a", "wait", "die", "b")]
    write_all("no", "held", *others)
    whimsical.holds = "held@setwise.example"
    mail = {"SETWISE_SMTP_URL": settings.SETWISE_SMTP_URL}
    env = environment(data_folder) | database(data_folder) | mail
    command = [sys.executable, "-m", "setwise.project.cli", "worker"]
    workers = [subprocess.Popen(command, env=env, cwd=tempfile.gettempdir()) for _ in range(2)]
    try:
        assert whimsical.held.wait(PATIENCE)
        holds = {each.laddr.port: process for process in workers for each in _talks(process.pid)}
        holds[whimsical.holder].kill()
        until(lambda: not _left("wait", "die"))
        # what it had in hand stays so until its lease is over, whatever else is to be sent
        assert states()["held"] == "claimed"
        Letter.objects.filter(state="waiting").update(due_at=timezone.now())  # the pauses are over
        until(lambda: set(states().values()) == {"sent", "failed", "claimed"})
        Letter.objects.filter(state="claimed").update(lease_until=timezone.now() - SECOND)
        until(lambda: set(states().values()) == {"sent", "failed"})
    finally:
        for process in workers:
            process.kill()
            process.wait()
    letters = {f"<{each.id}@setwise.invalid>": each for each in Letter.objects.all()}
    came = Counter(whimsical.accepted)
    assert sorted(letters[key].name for key in came) == sorted(["held", *others])
    assert {letters[key].name: n for key, n in came.items() if n > 1} == {"held": 2}
    assert dict(Letter.objects.filter(doubts__gt=0).values_list("name", "doubts")) == {"held": 1}
    assert [each.name for each in letters.values() if each.state == "failed"] == ["no"]


def _talks(pid: int) -> list[Any]:
    return [each for each in psutil.Process(pid).net_connections("tcp") if each.raddr]


def _left(*whims: str) -> int:
    """How many letters the server still has a whim for."""
    waiting = Letter.objects.filter(attempts=0)
    return sum(waiting.filter(name__startswith=whim).count() for whim in whims)
