"""Invitations as files, read back by `vobject`, which is not ours."""

from __future__ import annotations

import re
import zoneinfo
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from setwise.meetings import calendar
from tests.meetings.inviting import ADDRESS, ORIGIN, READER, asked, event, meeting, read
from tests.meetings.planning import AT

pytestmark = pytest.mark.pure


def test_an_invitation_says_what_a_calendar_needs() -> None:
    row = meeting(sequence=3)
    file = read(asked(row))
    found = file.vevent
    assert (file.method.value, file.version.value) == ("REQUEST", "2.0")
    assert found.uid.value == f"{row.id}@setwise.invalid"
    assert (found.sequence.value, found.status.value) == ("3", "CONFIRMED")
    assert found.summary.value == "The Ridge set: Third meeting"
    assert found.location.value == "Seminar room 2"
    assert found.url.value == f"{ORIGIN}/rooms/{row.id}/"
    assert found.description.value.splitlines() == [
        "Join by video: https://meet.example/our-set",
        f"The room: {ORIGIN}/rooms/{row.id}/",
        f"Yes or apologies: {ORIGIN}/meetings/{row.id}/",
    ]
    assert found.dtstamp.value == AT
    assert found.valarm.action.value == "DISPLAY"
    assert found.valarm.trigger.value == timedelta(minutes=-30)
    assert found.valarm.description.value == found.summary.value


@pytest.mark.parametrize(
    ("answer", "partstat"),
    [("", "NEEDS-ACTION"), ("yes", "ACCEPTED"), ("apologies", "DECLINED")],
)
def test_only_its_reader_is_asked_and_shown_what_they_said(answer: str, partstat: str) -> None:
    found = event(asked(meeting(), answer=answer))
    (attendee,) = found.attendee_list
    assert attendee.value == "mailto:tomasz@setwise.example"
    assert attendee.params == {
        "CN": ["Tomasz Nowak"],
        "CUTYPE": ["INDIVIDUAL"],
        "PARTSTAT": [partstat],
        "ROLE": ["REQ-PARTICIPANT"],
        "RSVP": ["TRUE"],
    }
    assert found.organizer.value == f"mailto:{ADDRESS}"
    assert found.organizer.params == {"CN": ["The Ridge set"]}


def test_where_no_answer_would_be_read_none_is_asked_for(settings: Any) -> None:
    settings.SETWISE_MAIL_FROM = "Setwise <post@setwise.example>"
    found = event(asked(meeting(), reply_to=""))
    assert found.organizer.value == "mailto:post@setwise.example"
    assert found.attendee.params["RSVP"] == ["FALSE"]


def test_a_cancellation_names_the_same_meeting_and_rings_no_bell() -> None:
    row = meeting(sequence=1)
    part = calendar.cancel(row, READER, answer="yes", reply_to=ADDRESS, at=AT)
    found = event(part.ics)
    assert (part.method, read(part.ics).method.value) == ("CANCEL", "CANCEL")
    assert found.uid.value == event(asked(row)).uid.value
    assert (found.status.value, found.sequence.value) == ("CANCELLED", "1")
    assert found.attendee.value == "mailto:tomasz@setwise.example"
    assert "valarm" not in found.contents


def test_the_meetings_name_does_not_move_with_the_server(settings: Any) -> None:
    row = meeting()
    before = event(asked(row)).uid.value
    settings.SETWISE_ORIGIN, settings.SETWISE_MAIL_FROM = "https://new.example", "new@new.example"
    assert event(asked(row)).uid.value == before


@pytest.mark.parametrize(
    ("place", "link", "where"),
    [
        ("Seminar room 2", "", "Seminar room 2"),
        ("", "https://meet.example/our-set", "https://meet.example/our-set"),
        ("Café Zürich; 1st floor, “left”", "https://x.example/", "Café Zürich; 1st floor, “left”"),
    ],
)
def test_where_is_the_place_or_else_the_link(place: str, link: str, where: str) -> None:
    found = event(asked(meeting(place=place, link=link)))
    assert found.location.value == where
    assert (f"Join by video: {link}" in found.description.value) == bool(link)


MOMENTS = [
    # a week around both changes of the clocks in London and in Newfoundland
    *(datetime(2027, 3, day, 14, tzinfo=UTC) for day in (9, 14, 15, 27, 28, 29)),
    *(datetime(2027, 10, day, 23, 30, tzinfo=UTC) for day in (24, 29, 30, 31)),
    *(datetime(2027, 3, 28, 0, minute, tzinfo=UTC) for minute in (30, 59)),
    *(datetime(2027, 10, 31, hour, 30, tzinfo=UTC) for hour in (0, 1, 2)),  # 01:30 twice
    datetime(2027, 11, 7, 3, 30, tzinfo=UTC),
    datetime(2027, 6, 1, 22, 30, tzinfo=UTC),  # 23:30 in London, over midnight
]


@pytest.mark.parametrize("zone", ["Europe/London", "Asia/Kathmandu", "America/St_Johns", "UTC"])
def test_every_time_is_the_meetings_own_by_the_file_alone(zone: str) -> None:
    for moment in MOMENTS:
        ics = asked(meeting(zone=zone, starts_at=moment))
        # under a name for which no reader has rules of its own
        file = read(ics.replace(zone.encode(), f"{zone}/Here".encode()))
        ends = [file.vevent.dtstart.value, file.vevent.dtend.value]
        if "vtimezone" in file.contents:
            ends = [end.replace(tzinfo=file.vtimezone.tzinfo) for end in ends]
        found = [end.astimezone(UTC) for end in ends]
        assert found == [moment, moment + timedelta(minutes=90)], (zone, moment)


def test_a_late_meeting_is_written_at_the_places_own_time() -> None:
    ics = asked(meeting(starts_at=datetime(2027, 6, 1, 22, 30, tzinfo=UTC))).decode()
    assert "DTSTART;TZID=Europe/London:20270601T233000\r\n" in ics
    assert "DTEND;TZID=Europe/London:20270602T010000\r\n" in ics


def test_an_hour_that_a_clock_shows_twice_is_told_in_utc() -> None:
    for hour in (0, 1):
        ics = asked(meeting(starts_at=datetime(2027, 10, 31, hour, 30, tzinfo=UTC))).decode()
        assert f"DTSTART:20271031T0{hour}3000Z\r\n" in ics and "VTIMEZONE" not in ics
    before = asked(meeting(starts_at=datetime(2027, 10, 30, 22, tzinfo=UTC))).decode()
    assert "DTSTART;TZID=Europe/London:20271030T230000\r\n" in before


def test_a_moved_place_has_the_rules_of_the_new_one() -> None:
    row = meeting()
    row.zone, row.place, row.sequence = "America/St_Johns", "The Rooms", 1
    ics = asked(row).decode()
    assert re.findall(r"TZID[:=]([A-Za-z_/]+)", ics) == ["America/St_Johns"] * 3
    assert "DTSTART;TZID=America/St_Johns:20270209T103000\r\n" in ics
    assert event(ics.encode()).dtstart.value.astimezone(UTC) == row.starts_at


def test_a_zone_that_the_machine_forgot_is_told_in_utc() -> None:
    assert "DTSTART:20270209T140000Z\r\n" in asked(meeting(zone="Mars/Base")).decode()


def test_a_meeting_by_video_is_one_moment_for_readers_in_three_zones() -> None:
    row = meeting(place="", zone="Europe/London")
    start = event(asked(row)).dtstart.value
    seen = {
        zone: f"{start.astimezone(zoneinfo.ZoneInfo(zone)):%H:%M}"
        for zone in ("Asia/Kathmandu", "Europe/London", "America/St_Johns")
    }
    assert seen == {
        "Asia/Kathmandu": "19:45",
        "Europe/London": "14:00",
        "America/St_Johns": "10:30",
    }


def test_a_published_meeting_names_nobody_and_asks_nothing() -> None:
    rows = [meeting(), meeting(zone="Asia/Kathmandu", starts_at=AT + timedelta(days=400))]
    ics = calendar.published(rows, apologies={rows[1].id})
    file = read(ics)
    assert (file.method.value, file.contents["x-wr-calname"][0].value) == ("PUBLISH", "Setwise")
    assert {zone.tzid.value for zone in file.vtimezone_list} == {"Europe/London", "Asia/Kathmandu"}
    assert all("attendee" not in each.contents for each in file.vevent_list)
    assert [each.transp.value for each in file.vevent_list] == ["OPAQUE", "TRANSPARENT"]
    assert ["valarm" in each.contents for each in file.vevent_list] == [True, False]
    assert [each.dtstart.value.astimezone(UTC) for each in file.vevent_list] == [
        row.starts_at for row in rows
    ]
    assert ics == calendar.published(rows, apologies={rows[1].id})


def test_an_empty_calendar_is_one_still() -> None:
    assert read(calendar.published([])).method.value == "PUBLISH"
