"""A real CalDAV server takes the invitations and the subscription, and finds each at its own hour."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from setwise.meetings import calendar
from setwise.meetings.models import Meeting
from tests.meetings.inviting import ADDRESS, READER, asked, event, meeting
from tests.meetings.planning import AT
from tests.serving import PATIENCE, free_port

pytestmark = [pytest.mark.server, pytest.mark.long]
QUERY = """<?xml version="1.0"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<D:prop><C:calendar-data/></D:prop><C:filter><C:comp-filter name="VCALENDAR">
<C:comp-filter name="VEVENT"><C:time-range start="{:%Y%m%dT%H%M%SZ}" end="{:%Y%m%dT%H%M%SZ}"/>
</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"""
LOGIN = {"Authorization": "Basic cmVhZGVyOng="}  # reader:x, whom the server takes at their word
QUARTER = timedelta(minutes=15)


class Store:
    """A calendar on the server, as somebody's program uses it."""

    def __init__(self, address: str) -> None:
        self.address = address

    def send(self, method: str, name: str, body: bytes = b"", kind: str = "text/calendar") -> str:
        request = urllib.request.Request(
            f"{self.address}/{name}",
            data=body,
            method=method,
            headers={"Content-Type": f"{kind}; charset=utf-8", "Depth": "1"} | LOGIN,
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return str(answer.read(), "utf-8")

    def keep(self, row: Meeting) -> None:
        """What a program keeps of an invitation: all of it but the METHOD (RFC 4791, 4.1)."""
        kept = asked(row).replace(b"METHOD:REQUEST\r\n", b"")
        self.send("PUT", f"{row.id}.ics", kept)

    def between(self, start: datetime, end: datetime) -> str:
        return self.send("REPORT", "", QUERY.format(start, end).encode(), "application/xml")

    def has(self, row: Meeting, start: datetime, end: datetime) -> bool:
        return calendar.uid(row) in self.between(start, end)

    def holds_at_its_hour(self, row: Meeting) -> bool:
        """Whether it is found in its first and last quarter of an hour, and in none beside them."""
        start, end = row.starts_at, row.ends_at
        return [
            self.has(row, begin, begin + QUARTER)
            for begin in (start - QUARTER, start, end - QUARTER, end)
        ] == [False, True, True, False]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, port = tmp_path_factory.mktemp("radicale"), free_port()
    program = [sys.executable, "-m", "radicale", "-C", "", "--auth-type", "none"]
    options = ["--storage-filesystem-folder", str(folder), "--hosts", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        [*program, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address, patience = f"http://127.0.0.1:{port}", time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"{address}/.web/", timeout=1).close()
            break
        except OSError as error:
            if isinstance(error, urllib.error.HTTPError):
                break
            assert process.poll() is None and time.monotonic() < patience
            time.sleep(0.05)
    yield address
    process.terminate()
    process.wait(timeout=PATIENCE)


@pytest.fixture
def store(server: str, tmp_path: Path) -> Store:
    found = Store(f"{server}/reader/{tmp_path.name}")
    found.send("MKCALENDAR", "")
    return found


def around_the_changes() -> list[Meeting]:
    """Meetings in three zones around each change of a clock, and one late at night."""
    moments = [
        *(datetime(2027, 3, day, 14, tzinfo=UTC) for day in (13, 14, 27, 28)),
        *(datetime(2027, 10, day, 22, 30, tzinfo=UTC) for day in (30, 31)),
        datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
        datetime(2027, 11, 7, 14, tzinfo=UTC),
    ]
    zones = ("Europe/London", "Asia/Kathmandu", "America/St_Johns")
    return [meeting(zone=zone, starts_at=moment) for zone in zones for moment in moments]


def test_each_invitation_is_found_at_its_own_hour(store: Store) -> None:
    for row in around_the_changes():
        store.keep(row)
        assert store.holds_at_its_hour(row), (row.zone, row.starts_at)


def test_a_moved_meeting_is_the_same_one_elsewhere(store: Store) -> None:
    row = meeting()
    store.keep(row)
    was = row.starts_at, row.ends_at
    row.zone, row.place, row.sequence = "America/St_Johns", "The Rooms", 1
    row.set_time(row.starts_at + timedelta(days=40), 60)
    store.keep(row)
    assert not store.has(row, *was) and store.holds_at_its_hour(row)
    found = event(store.send("GET", f"{row.id}.ics").encode())
    assert (found.sequence.value, found.location.value) == ("1", "The Rooms")
    part = calendar.cancel(row, READER, answer="", reply_to=ADDRESS, at=AT)
    store.send("PUT", f"{row.id}.ics", part.ics.replace(b"METHOD:CANCEL\r\n", b""))
    assert event(store.send("GET", f"{row.id}.ics").encode()).status.value == "CANCELLED"


def test_a_whole_subscription_is_taken_and_read_back(server: str, tmp_path: Path) -> None:
    rows = around_the_changes()
    store = Store(f"{server}/reader/all-{tmp_path.name}")
    whole = calendar.published(rows).replace(b"METHOD:PUBLISH\r\n", b"")
    store.send("PUT", "", whole)
    for row in rows:
        assert store.holds_at_its_hour(row), (row.zone, row.starts_at)
