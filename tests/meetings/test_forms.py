"""A date and a time as people say it, and what is said where they cannot be."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from setwise.meetings.forms import MeetingForm
from tests.meetings.planning import AT, PLAN

pytestmark = pytest.mark.pure
BODY = {
    "date": "2027-02-09",
    "time": "14:00",
    "zone": "Europe/London",
    "minutes": "90",
    "place": "Seminar room 2",
    "link": "https://meet.example/our-set",
    "title": "Third meeting",
}
GAP = "The clocks go forward then, so this time does not exist."
PAST = "That day is over. Choose one still to come."
FAR = "That is more than three years away. Is the year right?"


def form(**changed: str) -> MeetingForm:
    return MeetingForm(BODY | changed, at=AT)


def starts_at(**changed: str) -> datetime:
    filled = form(**changed)
    assert filled.is_valid(), filled.errors
    return filled.plan().starts_at


def test_what_is_typed_is_the_plan() -> None:
    filled = form()
    assert filled.is_valid()
    assert filled.plan() == PLAN


@pytest.mark.parametrize(
    ("date", "zone", "utc"),
    [
        ("2027-02-09", "Asia/Kathmandu", (2027, 2, 9, 8, 15)),
        ("2027-02-09", "America/St_Johns", (2027, 2, 9, 17, 30)),
        ("2027-07-06", "America/St_Johns", (2027, 7, 6, 16, 30)),
        ("2027-07-06", "Europe/London", (2027, 7, 6, 13, 0)),
        ("2027-02-09", "Pacific/Kiritimati", (2027, 2, 9, 0, 0)),
    ],
)
def test_the_time_is_that_of_the_place(date: str, zone: str, utc: tuple[int, ...]) -> None:
    assert starts_at(date=date, zone=zone) == datetime(*utc, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"date": ""}, "date", "Choose a date."),
        ({"date": "2027-02-30"}, "date", "Write a date such as 2027-02-09."),
        ({"date": "next Tuesday"}, "date", "Write a date such as 2027-02-09."),
        ({"date": "2027-02-09\0"}, "date", "Write a date such as 2027-02-09."),
        ({"date": "2027-01-10"}, "date", PAST),
        ({"date": "1066-10-14"}, "date", PAST),
        ({"date": "2030-02-09"}, "date", FAR),
        ({"date": "9999-12-30"}, "date", FAR),
        ({"time": ""}, "time", "Choose a time."),
        ({"time": "25:00"}, "time", "Write a time such as 14:00."),
        ({"time": "after lunch"}, "time", "Write a time such as 14:00."),
        ({"zone": ""}, "zone", "This field is required."),
        ({"zone": "Mars/Base"}, "zone", "Choose a time zone from the list."),
        ({"zone": "../../etc/passwd"}, "zone", "Choose a time zone from the list."),
        ({"minutes": "29"}, "minutes", "Half an hour is the shortest that works."),
        ({"minutes": "481"}, "minutes", "Eight hours is the longest."),
        ({"minutes": "9" * 30}, "minutes", "Eight hours is the longest."),
        ({"minutes": "an hour"}, "minutes", "Enter a whole number."),
        ({"minutes": "9" * 5000}, "minutes", "Enter a whole number."),
        ({"place": "a\0b"}, "place", "Null characters are not allowed."),
        ({"place": "", "link": ""}, "place", "Say where: a place, a link, or both."),
    ],
)
def test_each_mistake_is_named_beside_its_field_alone(
    changed: dict[str, str], field: str, reason: str
) -> None:
    assert dict(form(**changed).errors) == {field: [reason]}


@pytest.mark.parametrize("link", ["our room", "http://[", "javascript:alert(1)", "https://"])
def test_a_link_that_leads_nowhere_is_refused(link: str) -> None:
    expected = "Write a whole address, such as https://meet.example/our-set."
    assert dict(form(link=link).errors) == {"link": [expected]}
    assert dict(form(link=link, place="").errors) == {"link": [expected]}


@pytest.mark.parametrize(("place", "link"), [("Seminar room 2", ""), ("", "meet.example/a")])
def test_a_place_or_a_link_is_enough(place: str, link: str) -> None:
    filled = form(place=place, link=link)
    assert filled.is_valid()
    assert filled.plan().link == (f"https://{link}" if link else "")


@pytest.mark.parametrize(
    ("date", "zone", "before", "gone", "after"),
    [
        ("2027-03-28", "Europe/London", "00:59", ("01:00", "01:30", "01:59"), "02:00"),
        ("2027-03-14", "America/St_Johns", "01:59", ("02:00", "02:30", "02:59"), "03:00"),
        ("2027-10-03", "Australia/Lord_Howe", "01:59", ("02:00", "02:15", "02:29"), "02:30"),
    ],
)
def test_a_time_that_the_clocks_skip_is_said_not_to_exist(
    date: str, zone: str, before: str, gone: tuple[str, ...], after: str
) -> None:
    for time in gone:
        assert dict(form(date=date, zone=zone, time=time).errors) == {"time": [GAP]}
    first, last = (starts_at(date=date, zone=zone, time=time) for time in (before, after))
    assert (last - first).total_seconds() == 60


def test_a_time_that_comes_twice_is_the_first_of_the_two() -> None:
    twice = {"date": "2027-10-31", "time": "01:30"}
    assert starts_at(**twice) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_a_meeting_that_began_within_a_day_can_still_be_written_down() -> None:
    assert starts_at(date="2027-01-11", time="09:00") == datetime(2027, 1, 11, 9, tzinfo=UTC)
    assert dict(form(date="2027-01-11", time="08:59").errors) == {"date": [PAST]}
