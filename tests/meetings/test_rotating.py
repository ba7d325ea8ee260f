"""Where nobody facilitates: who chairs, who arranges, and one press for anyone willing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from setwise.meetings import replying, rotating, scheduling, volunteering
from setwise.meetings.models import Meeting
from setwise.room import opening
from setwise.sets import handing_over, inviting, seating
from tests.sets.gathering import Gathered, gather, newcomer
from tests.sets.mailbox import mail
from tests.sets.visiting import page, signed_in, told

AT = timezone.now()


@pytest.fixture
def four(db: None) -> Gathered:
    """Anwen, Bo, Chidi and Delyth, of whom nobody facilitates."""
    return gather(4)


def fixed(gathered: Gathered, days: int, *, by: int = 0, quietly: bool = True) -> Meeting:
    plan = scheduling.Plan(AT + timedelta(days=days), "Europe/London", 120, place="Here")
    return scheduling.fix(
        gathered.seat(by), plan=plan, at=AT + timedelta(minutes=days), quietly=quietly
    )


def held(gathered: Gathered, days_ago: int, chair: int) -> None:
    Meeting.objects.filter(pk=fixed(gathered, -days_ago).pk).update(chair=gathered.people[chair])


def names(*meetings: Meeting, at: datetime = AT) -> list[str]:
    turns = rotating.chairs(meetings, at=at)
    return [turns[each.id].person.name if each.id in turns else "" for each in meetings]


def test_whoever_never_chaired_stands_first_then_whoever_did_longest_ago(four: Gathered) -> None:
    held(four, 90, 0)
    held(four, 60, 1)
    held(four, 30, 2)
    first, second, third = (fixed(four, days) for days in (10, 20, 30))
    assert names(first, second, third) == ["Delyth", "Anwen", "Bo"]
    assert names(third) == ["Bo"]  # also asked for alone
    turns = rotating.chairs([first, second], at=AT)
    assert turns[first.id].last is None
    assert turns[second.id].last == AT - timedelta(days=90)


def test_of_those_who_never_did_whoever_joined_first_stands_first(four: Gathered) -> None:
    assert names(fixed(four, 10)) == ["Anwen"]


def test_apologies_pass_the_turn_on_and_leaving_does(four: Gathered) -> None:
    meeting = fixed(four, 10)
    replying.reply(four.seat(0), meeting, answer="apologies", at=AT)
    assert names(meeting) == ["Bo"]
    seating.leave(four.seat(1), at=AT)
    assert names(meeting) == ["Chidi"]


def test_a_facilitator_leads_and_where_they_send_apologies_somebody_chairs(db: None) -> None:
    led = gather(3, starter="facilitator")
    meeting = fixed(led, 10)
    assert names(meeting) == [""]
    replying.reply(led.seat(0), meeting, answer="apologies", at=AT)
    assert names(meeting) == ["Bo"]
    with pytest.raises(PermissionDenied):
        volunteering.volunteer(led.seat(0), meeting, at=AT)


def test_a_member_who_facilitates_needs_no_chair_beside_them(db: None) -> None:
    led = gather(3, starter="both")
    meeting = fixed(led, 10)
    with pytest.raises(volunteering.Led):
        volunteering.volunteer(led.seat(1), meeting, at=AT)
    handing_over.give_facilitation(led.seat(0), to=None, at=AT)
    assert names(meeting) == ["Anwen"]


def test_anyone_willing_chairs_by_one_press_and_whoever_is_relieved_is_told(
    four: Gathered,
) -> None:
    meeting = fixed(four, 10)
    url = reverse("meetings:meeting", args=[meeting.pk])
    bo = signed_in(four.people[1])
    assert "Anwen chairs this meeting by turns" in page(bo, url).replace("</strong>", "").replace(
        "<strong>", ""
    )
    assert told(bo, f"{url}chair/") == ["Thank you: you chair this meeting."]
    assert "You chair this meeting" in page(bo, url) and "I will chair" not in page(bo, url)
    (letter,) = mail()
    assert (letter.to, "Bo chairs" in letter.subject) == (four.people[0].email, True)
    told(bo, f"{url}chair/")
    assert len(mail()) == 1  # once is enough
    assert names(fixed(four, 20)) == ["Anwen"]


def test_whoever_offered_and_cannot_come_after_all_is_passed_over(four: Gathered) -> None:
    meeting = fixed(four, 10)
    volunteering.volunteer(four.seat(2), meeting, at=AT)
    assert names(meeting) == ["Chidi"]
    replying.reply(four.seat(2), meeting, answer="apologies", at=AT)
    assert names(meeting) == ["Anwen"]


def test_a_meeting_that_is_over_or_whose_room_is_open_is_not_swapped(four: Gathered) -> None:
    gone, open_ = fixed(four, -1), fixed(four, 0)
    with pytest.raises(scheduling.NotChangeable):
        volunteering.volunteer(four.seat(1), gone, at=AT)
    opening.open_room(four.seat(3), open_, at=AT)
    with pytest.raises(volunteering.RoomOpen):
        volunteering.volunteer(four.seat(1), open_, at=AT)
    open_.refresh_from_db()
    assert open_.chair == four.people[0]  # whose turn it was stands, whoever opened


def test_the_letter_says_who_chairs(four: Gathered) -> None:
    fixed(four, 10, by=1, quietly=False)
    letters = {letter.to: letter.prose for letter in mail()}
    assert "To chair: you, by turns." in letters[four.people[0].email]
    assert "To chair: Anwen, by turns." in letters[four.people[2].email]
    assert all("To chair" in letter.html for letter in mail())


def test_today_says_who_chairs_and_whose_turn_it_is_to_arrange(four: Gathered) -> None:
    anwen, bo = signed_in(four.people[0]), signed_in(four.people[1])
    assert "It is your turn to arrange one." in page(anwen, "/")
    assert "It is Anwen’s turn to arrange one, and anyone may." in page(bo, "/")
    fixed(four, 10, by=0)
    assert "You chair." in page(anwen, "/")
    assert "Anwen chairs." in page(bo, "/")


def test_the_convenor_goes_round_by_who_arranged_longest_ago(four: Gathered) -> None:
    for number, days in ((0, -40), (1, -30), (3, -20)):
        fixed(four, days, by=number)
    pk = four.learning_set.pk
    assert rotating.convenors([pk], at=AT)[pk].person == four.people[2]
    fixed(four, -10, by=2)
    assert rotating.convenors([pk], at=AT)[pk].person == four.people[0]


def test_a_set_with_a_facilitator_has_no_convenor_by_turns(db: None) -> None:
    led = gather(3, starter="facilitator")
    assert rotating.convenors([led.learning_set.pk], at=AT) == {}
    (asked,) = inviting.invite(led.seat(0), emails=["a@b.example"], as_facilitator=False, at=AT)
    inviting.accept(asked, newcomer("Eve"), at=AT)
    assert "turn to arrange" not in page(signed_in(led.people[1]), "/")


def test_many_meetings_take_as_many_queries_as_one(four: Gathered) -> None:
    meetings = [fixed(four, days) for days in range(5, 9)]

    def counted(*some: Meeting) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(rotating.chairs(some, at=AT)) == len(some)
        return len(captured)

    assert counted(meetings[0]) == counted(*meetings) == 4
