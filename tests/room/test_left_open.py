"""A room that nobody closed closes itself the morning after, and loses nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from setwise.meetings.models import Meeting
from setwise.outbox.models import Letter
from setwise.people.models import Person
from setwise.project.demo.playing import Play
from setwise.protocols import commands as c
from setwise.protocols.engine import Reason, Refused
from setwise.room import (
    asking,
    chairing,
    checking_in,
    closing,
    confirming,
    left_open,
    moving,
    opening,
)
from setwise.room.models import Draft, Question, Room, Round
from setwise.room.refusing import Refusal
from tests.cast import Cast
from tests.room.looking import to_clarify
from tests.room.test_note_taking import say

pytestmark = pytest.mark.long

DAY = timedelta(days=1)
START = datetime(2026, 1, 1, tzinfo=UTC)
ZONES = ("Europe/London", "America/St_Johns", "Asia/Kathmandu", "Pacific/Kiritimati", "UTC")


def only() -> Room:
    return Room.objects.select_related("meeting").get()


def due(room: Room) -> datetime:
    assert room.closes_at
    return room.closes_at


def close_itself() -> Room:
    assert left_open.close_due(at=due(only())) == 1
    return only()


def page(company: Cast, role: str) -> str:
    client = Client()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(company.people[role], backend=backend)
    return client.get(f"/rooms/{company.meeting.pk}/").content.decode()


def home(person: Person) -> str:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get("/").content.decode()


@given(
    after=st.integers(0, 2 * 366 * 24 * 60).map(lambda n: START + timedelta(minutes=n)),
    zone=st.sampled_from(ZONES),
)
def test_the_next_morning_is_six_where_the_meeting_is(after: datetime, zone: str) -> None:
    found = left_open.next_morning(after, zone)
    assert found.astimezone(ZoneInfo(zone)).strftime("%H:%M") == "06:00"
    assert timedelta(hours=3) <= found.astimezone(UTC) - after <= timedelta(hours=28)


@pytest.mark.parametrize(
    ("ends", "closes"),
    [
        ("2027-02-09 16:00", "2027-02-10 06:00"),
        ("2027-02-10 01:30", "2027-02-10 06:00"),  # past midnight: the same night's morning
        ("2027-02-10 03:00", "2027-02-10 06:00"),
        ("2027-02-10 03:01", "2027-02-11 06:00"),  # they are hardly out of the room
        ("2027-02-10 05:59", "2027-02-11 06:00"),
    ],
)
def test_nobody_is_shown_out(ends: str, closes: str) -> None:
    found = left_open.next_morning(datetime.fromisoformat(f"{ends}+00:00"), "UTC")
    assert found == datetime.fromisoformat(f"{closes}+00:00")


def test_it_closes_as_if_somebody_had_pressed(open_play: Play, company: Cast) -> None:
    row = to_clarify(open_play)
    say(open_play, "niamh", row, "statement", "Written down for her")
    ruth, member = open_play.entry("ruth"), open_play.people["tomasz"]
    asking.ask(ruth, row, text="Since when?", for_=member.pk, at=open_play.tick())
    assert left_open.close_due(at=due(only()) - timedelta(seconds=1)) == 0
    room = close_itself()
    assert (room.closed_at, room.closed_itself, room.course.closed_at) == (
        due(room),
        True,
        due(room),
    )
    row.refresh_from_db()
    assert row.ended_at == room.closed_at
    assert row.words("statement") == "Hers"
    own = Letter.objects.filter(template="room/email/actions")
    assert own.count() == len(open_play.present)
    # what was written down for somebody is still theirs to confirm
    for kind, pk in (("part", Draft.objects.get().pk), ("question", Question.objects.get().pk)):
        owner = row.presenter if kind == "part" else member
        confirming.confirm(owner, room, kind=kind, pk=pk, at=due(room) + DAY)
    row.refresh_from_db()
    assert row.words("statement") == "Written down for her"
    with pytest.raises(Refused) as refused:
        moving.move(open_play.entry("ruth"), c.Next(room.course.moves), at=due(room))
    assert refused.value.reason is Reason.CLOSED


def test_it_closes_once_and_not_what_was_closed(open_play: Play) -> None:
    open_play.to("progress")
    close_itself()
    letters = set(Letter.objects.values_list("pk", flat=True))
    version = only().version
    assert left_open.close_due(at=due(only()) + DAY) == 0
    assert not left_open.close_left_open(only().pk, at=due(only()) + DAY)
    closing.close(open_play.entry("ruth"), at=due(only()) + DAY)  # a press that came too late
    assert set(Letter.objects.values_list("pk", flat=True)) == letters
    assert only().version == version


def test_a_room_closed_by_hand_does_not_close_itself(open_play: Play, company: Cast) -> None:
    closing.close(open_play.entry("ruth"), at=open_play.tick())
    assert left_open.close_due(at=due(only()) + DAY) == 0
    assert not only().closed_itself
    assert "closed itself" not in page(company, "facilitator")


def test_whoever_opens_the_page_is_told(open_play: Play, company: Cast) -> None:
    open_play.to("progress")
    room = close_itself()
    for role in ("facilitator", "presenter", "apologies", "late joiner"):
        person = company.people[role]
        there = due(room).astimezone(person.tzinfo)
        said = f"so it closed itself on {there.day} {there:%B} at {there:%H:%M}. Nothing that was"
        assert said in page(company, role), role


def test_today_tells_whoever_led_it_for_three_days(
    open_play: Play, company: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_play.to("progress")
    entry, member = open_play.entry("ruth"), company.people["member"]
    moved = open_play.tick()
    chairing.hand_over(entry, to=member.pk, at=moved)
    room = close_itself()
    monkeypatch.setattr(timezone, "now", lambda: due(room) + 2 * DAY)
    for role, told in {"facilitator": True, "member": True, "presenter": False}.items():
        assert ("so it closed itself" in home(company.people[role])) is told, role
    monkeypatch.setattr(timezone, "now", lambda: due(room) + 3 * DAY)
    assert "so it closed itself" not in home(company.people["facilitator"])


def test_a_clock_nobody_touched_writes_to_nobody_and_can_still_be_written_down(
    open_play: Play, company: Cast
) -> None:
    room = close_itself()
    assert room.closed_itself
    assert not Letter.objects.filter(template="room/email/actions").exists()
    assert "you can still write it down" in page(company, "facilitator")
    assert "you can still write it down" not in page(company, "presenter")
    later = due(room) + timedelta(hours=2)
    opening.turn_to_recording(open_play.entry("ruth"), at=later)
    room = only()
    assert (room.recording, room.closed_at, room.closed_itself) == (True, None, False)
    assert room.course.closed_at is None
    assert due(room) - later > 3 * DAY  # it is written down in the evenings
    assert close_itself().closed_itself
    own = Letter.objects.filter(template="room/email/actions")
    assert own.count() == len(open_play.present)
    with pytest.raises(Refusal):
        opening.turn_to_recording(open_play.entry("ruth"), at=due(only()) + DAY)


def test_what_was_closed_by_hand_is_not_opened_again(open_play: Play) -> None:
    closing.close(open_play.entry("ruth"), at=open_play.tick())
    with pytest.raises(Refusal):
        opening.turn_to_recording(open_play.entry("ruth"), at=open_play.tick())
    assert only().closed_at


def test_a_meeting_that_was_moved_keeps_its_room(open_play: Play) -> None:
    week = timedelta(days=7)
    first, meeting = due(only()), only().meeting
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=meeting.starts_at + week, ends_at=meeting.ends_at + week
    )
    assert left_open.close_due(at=first) == 0
    assert only().closed_at is None
    assert abs(due(only()) - first - week) <= timedelta(hours=1)


def test_a_meeting_that_was_made_longer_is_not_shown_out(open_play: Play) -> None:
    room, late = only(), timedelta(hours=7)
    moving.move(open_play.entry("ruth"), c.Today(minutes=480), at=open_play.tick())
    Room.objects.filter(pk=room.pk).update(closes_at=room.opened_at + late)
    assert left_open.close_due(at=room.opened_at + late) == 0
    assert due(only()) >= room.opened_at + timedelta(hours=11)


def test_the_trouble_of_one_room_is_told_by_its_kind_and_holds_up_no_other(
    open_play: Play, company: Cast, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    open_play.to("progress")
    first = only()
    other = Meeting.objects.exclude(pk=company.meeting.pk).filter(room=None)[0]
    second = opening.open_room(company.seat("facilitator"), other, at=other.starts_at)
    Room.objects.filter(pk=second.pk).update(closes_at=due(first) + timedelta(seconds=1))
    finish = closing.finish

    def refuse(room: Room, *, at: datetime) -> None:
        if room.pk == first.pk:
            raise RuntimeError("Words of somebody")
        finish(room, at=at)

    monkeypatch.setattr(closing, "finish", refuse)
    at = due(first) + timedelta(seconds=1)
    assert left_open.close_due(at=at) == 1
    first.refresh_from_db()
    assert (first.closed_at, first.closed_itself) == (None, False)
    assert due(first) == at + timedelta(hours=1)
    assert "RuntimeError" in caplog.text
    assert "Words" not in caplog.text
    monkeypatch.undo()
    assert left_open.close_due(at=due(first)) == 1


def test_whoever_looks_at_it_is_at_its_end(open_play: Play) -> None:
    checking_in.mark_left(
        open_play.entry("ruth"), who=open_play.people["yusuf"].pk, at=open_play.at
    )
    open_play.to("progress")
    before = only().version
    assert close_itself().version > before  # so its streams send it
    assert Round.objects.filter(ended_at=None).exclude(started_at=None).count() == 0
