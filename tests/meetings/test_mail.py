"""When and where, as each reader's own clock will show it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from setwise.meetings import scheduling
from setwise.people.models import Person
from tests.cast import Cast
from tests.meetings.planning import AT, plan
from tests.sets.mailbox import Mail, mail

pytestmark = pytest.mark.once

LABELS = ("When:", "At the place:", "Where:", "By video:")
LONDON, KATHMANDU, ST_JOHNS = "member", "late joiner", "apologies"


def facts(letter: Mail) -> list[str]:
    return [line for line in letter.text.splitlines() if line.startswith(LABELS)]


def moment(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def fix(company: Cast, start: datetime, zone: str = "Europe/London") -> dict[str, Mail]:
    """The letters to a reader in each of three zones."""
    Person.objects.filter(pk=company.people[ST_JOHNS].pk).update(zone="America/St_Johns")
    scheduling.fix(company.seat("facilitator"), plan=plan(starts_at=start, zone=zone), at=AT)
    readers = (LONDON, KATHMANDU, ST_JOHNS)
    return {role: mail(about="fixed", to=company.people[role].email)[-1] for role in readers}


def test_each_letter_has_the_time_in_its_readers_zone_and_at_the_place(company: Cast) -> None:
    letters = fix(company, moment(2027, 2, 9, 14))
    place = ["Where: Seminar room 2", "By video: https://meet.example/our-set"]
    at_place = "At the place: Tuesday 9 February 2027, 14:00 (London time)"
    assert {role: facts(letter) for role, letter in letters.items()} == {
        LONDON: ["When: Tuesday 9 February 2027, 14:00 (London time), 90 minutes", *place],
        KATHMANDU: [
            "When: Tuesday 9 February 2027, 19:45 (Kathmandu time), 90 minutes",
            *(at_place, *place),
        ],
        ST_JOHNS: [
            "When: Tuesday 9 February 2027, 10:30 (St Johns time), 90 minutes",
            *(at_place, *place),
        ],
    }


def test_the_subject_and_the_html_say_the_readers_time_too(company: Cast) -> None:
    letter = fix(company, moment(2027, 2, 9, 14))[KATHMANDU]
    there = "Tuesday 9 February 2027, 19:45 (Kathmandu time)"
    assert letter.subject == f"{company.learning_set.name}: we meet on {there}"
    assert f"When: {there}, 90 minutes" in letter.html
    assert "At the place: Tuesday 9 February 2027, 14:00 (London time)" in letter.html


@pytest.mark.parametrize(
    ("start", "london", "kathmandu", "st_johns"),
    [
        (moment(2027, 3, 9, 14), "14:00", "19:45", "10:30"),
        # the clocks of Newfoundland go forward on 14 March, those of Britain on the 28th
        (moment(2027, 3, 16, 14), "14:00", "19:45", "11:30"),
        (moment(2027, 3, 30, 13), "14:00", "18:45", "10:30"),
        # and back on 31 October and 7 November
        (moment(2027, 11, 2, 14), "14:00", "19:45", "11:30"),
        (moment(2027, 11, 9, 14), "14:00", "19:45", "10:30"),
    ],
)
def test_each_zone_changes_its_clocks_on_its_own_day(
    company: Cast, start: datetime, london: str, kathmandu: str, st_johns: str
) -> None:
    letters = fix(company, start)
    shown = [facts(letter)[0].partition(" (")[0].rpartition(" ")[2] for letter in letters.values()]
    assert shown == [london, kathmandu, st_johns]


def test_it_may_be_another_day_for_the_reader(company: Cast) -> None:
    letters = fix(company, moment(2027, 2, 9, 20))
    assert facts(letters[KATHMANDU])[:2] == [
        "When: Wednesday 10 February 2027, 01:45 (Kathmandu time), 90 minutes",
        "At the place: Tuesday 9 February 2027, 20:00 (London time)",
    ]


def test_whoever_lives_at_the_place_reads_one_time(company: Cast) -> None:
    letters = fix(company, moment(2027, 2, 9, 17, 30), zone="America/St_Johns")
    assert [line for line in facts(letters[ST_JOHNS]) if line.startswith(LABELS[:2])] == [
        "When: Tuesday 9 February 2027, 14:00 (St Johns time), 90 minutes"
    ]
    assert facts(letters[LONDON])[:2] == [
        "When: Tuesday 9 February 2027, 17:30 (London time), 90 minutes",
        "At the place: Tuesday 9 February 2027, 14:00 (St Johns time)",
    ]


def test_a_reader_whose_zone_was_forgotten_reads_utc(company: Cast) -> None:
    Person.objects.filter(pk=company.people[LONDON].pk).update(zone="Mars/Base")
    letters = fix(company, moment(2027, 7, 6, 13))
    assert facts(letters[LONDON])[:2] == [
        "When: Tuesday 6 July 2027, 13:00 (UTC time), 90 minutes",
        "At the place: Tuesday 6 July 2027, 14:00 (London time)",
    ]


def test_a_letter_says_how_it_stands_after_a_move_and_what_was_cancelled(company: Cast) -> None:
    seat, to = company.seat("facilitator"), company.people[KATHMANDU].email
    meeting = scheduling.fix(seat, plan=plan(), at=AT)
    later = plan(starts_at=moment(2027, 3, 30, 13), place="", link="", minutes=60)
    scheduling.move(seat, meeting, plan=later, at=AT)
    meeting.refresh_from_db()
    scheduling.cancel(seat, meeting, at=AT)
    (moved,), (cancelled,) = mail(about="moved", to=to), mail(about="cancelled", to=to)
    assert (
        facts(moved)
        == facts(cancelled)
        == [
            "When: Tuesday 30 March 2027, 18:45 (Kathmandu time), 60 minutes",
            "At the place: Tuesday 30 March 2027, 14:00 (London time)",
        ]
    )
    assert "has changed the meeting:" in moved.prose
    assert "has cancelled the meeting below." in cancelled.prose
    assert "http://localhost:8000/meetings/answer/" in moved.text
    assert f"http://localhost:8000/sets/{meeting.learning_set_id}/" in cancelled.text


def test_words_in_a_letter_are_written_as_they_were_typed(company: Cast) -> None:
    odd = plan(place="Room <2> & “hall”", title="Ann's & Bo's")
    scheduling.fix(company.seat("facilitator"), plan=odd, at=AT)
    letter = mail(to=company.people[LONDON].email)[0]
    assert "Where: Room <2> & “hall”" in letter.text and "Ann's & Bo's" in letter.text
    assert "Room &lt;2&gt; &amp; “hall”" in letter.html
