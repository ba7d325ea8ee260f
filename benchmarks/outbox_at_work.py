"""One sender: says `ready`, begins when it is told to, and ends when nothing is due.

`fill N` writes N letters instead, and one of them as a file for the bare loop; `bare N` is that loop:
smtplib, one connection, the same bytes N times.
"""

from __future__ import annotations

import os
import smtplib
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LETTER = Path(os.environ["SETWISE_DATA"]) / "letter"
PORT = int(os.environ.get("BENCH_PORT", "0"))


def fill(count: int) -> None:
    """Letters as the application posts them: their words sealed, each for its reader."""
    from setwise.project.cli.starting import migrate, set_up

    set_up()
    migrate()
    from django.utils import timezone

    from setwise.outbox import composing, posting
    from setwise.outbox.models import Letter
    from setwise.people.models import Person

    if not Person.objects.exists():
        for n in range(20):
            Person.objects.create_user(f"reader{n}@setwise.example", f"Reader {n}")
    people, run = list(Person.objects.all()), Letter.objects.count()
    words = {"code": "ABCD-EFGH", "minutes": 15}
    for start in range(0, count, 50):
        posting.post_all(
            [
                posting.Item(f"{run}:{n}", people[n % len(people)], "people/email/code", words)
                for n in range(start, min(start + 50, count))
            ]
        )
    waiting = Letter.objects.due(at=timezone.now())
    assert waiting.count() == count
    LETTER.write_bytes(composing.message(waiting[0]).as_bytes().replace(b"\n", b"\r\n"))


@contextmanager
def measured() -> Iterator[None]:
    """Wait for the word to begin; print what processor time it took, in seconds."""
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.process_time()
    yield
    print(time.process_time() - began, flush=True)


def bare(count: int) -> None:
    letter = LETTER.read_bytes()
    with measured(), smtplib.SMTP("127.0.0.1", PORT) as server:
        for _ in range(count):
            server.sendmail("setwise@localhost", ["reader@setwise.example"], letter)


def work() -> None:
    """As a worker's looks do, one after the other."""
    from setwise.project.cli.starting import set_up

    set_up()
    from django.utils import timezone

    from setwise.outbox import sending
    from setwise.outbox.models import Letter

    Letter.objects.exists()
    with measured():
        while Letter.objects.due(at=timezone.now()).exists():
            sending.send_due(at=timezone.now())


if __name__ == "__main__":
    what, number = sys.argv[1], int(sys.argv[2])
    if what == "work":
        work()
    else:
        {"fill": fill, "bare": bare}[what](number)
