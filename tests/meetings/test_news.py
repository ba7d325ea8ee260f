"""What a letter about a meeting says is new, and to whom."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from setwise.meetings import scheduling
from setwise.meetings.models import Meeting
from tests.cast import Cast
from tests.meetings.planning import AT, PLAN, plan
from tests.sets.mailbox import Mail, mail

LATER = datetime(2027, 3, 30, 13, tzinfo=UTC)
OLD, NEW = "Tuesday 9 February 2027, 19:45 (Kathmandu time)", "Tuesday 30 March 2027, 18:45"


def moved(company: Cast, meeting: Meeting, **changed: Any) -> Mail:
    scheduling.move(company.seat("facilitator"), meeting, plan=plan(**changed), at=AT)
    return mail(about="moved", to=company.people["late joiner"].email)[-1]


def changes(letter: Mail) -> list[str]:
    words = letter.text.partition("changed the meeting:")[2].partition("This is how")[0]
    return [" ".join(each.split()) for each in words.split("* ")[1:]]


def test_a_new_time_is_in_the_subject_and_the_old_one_beside_it(
    company: Cast, meeting: Meeting
) -> None:
    letter = moved(company, meeting, starts_at=LATER, minutes=60)
    set_name = company.learning_set.name
    assert letter.subject == f"{set_name}: we now meet on {NEW} (Kathmandu time)"
    assert changes(letter) == [
        f"Time: {OLD} → {NEW} (Kathmandu time)",
        "Length: 90 minutes → 60 minutes",
    ]
    assert "Ruth Abercrombie has changed the meeting:" in letter.text
    assert "everyone is asked again" in letter.text
    assert "<li>Length: 90 minutes → <strong>60 minutes</strong></li>" in letter.html


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"place": "Room <2>"}, "Place: Seminar room 2 → Room <2>"),
        ({"place": ""}, "Place: Seminar room 2 → none"),
        ({"link": ""}, f"Link: {PLAN.link} → none"),
        ({"zone": "Europe/Dublin"}, "Time zone of the place: London time → Dublin time"),
        ({"title": ""}, "Title: Third meeting → none"),
    ],
)
def test_what_moves_no_time_says_that_answers_stand(
    company: Cast, meeting: Meeting, changed: dict[str, str], said: str
) -> None:
    letter = moved(company, meeting, **changed)
    assert letter.subject == f"{company.learning_set.name}: new details for {OLD}"
    assert changes(letter) == [said]
    assert "Answers given before still stand." in letter.text


def test_a_cancelled_meeting_is_named_by_its_date_in_the_subject(
    company: Cast, meeting: Meeting
) -> None:
    scheduling.cancel(company.seat("facilitator"), meeting, at=AT)
    letter = mail(about="cancelled", to=company.people["late joiner"].email)[0]
    assert letter.subject == f"{company.learning_set.name}: cancelled, {OLD}"


def test_whoever_did_it_is_told_so_for_their_calendar(company: Cast) -> None:
    seat = company.seat("facilitator")
    meeting = scheduling.fix(seat, plan=PLAN, at=AT)
    scheduling.cancel(seat, scheduling.move(seat, meeting, plan=plan(place="B"), at=AT), at=AT)
    assert len(mail()) == 3 * 8
    said = [
        letter.prose.partition(".")[0].partition(":")[0] for letter in mail(to=seat.person.email)
    ]
    assert said == [
        "You have fixed a meeting",
        "You have changed the meeting",
        "You have cancelled the meeting below",
    ]
    assert [letter.method for letter in mail(to=seat.person.email)] == [
        "REQUEST",
        "REQUEST",
        "CANCEL",
    ]
